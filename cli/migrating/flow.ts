// `cadenza migrate`: a team moves in from Apollo, or from any server that speaks its API. It reads the source and writes at the target,
// sends nothing, and goes on where it stopped when it is started again.

import { join, resolve } from "node:path";
import { APOLLO, type Copying, moveTeam, openReport, undo } from "@cadenza/sdk/moving";
import { newCommand } from "../building.ts";
import type { Common, Session } from "../connection.ts";
import { Unusable } from "../exits.ts";
import type { Flow } from "../flows.ts";
import { openBar } from "../progress-bar.ts";
import { openLedger } from "./ledger.ts";
import { tellCopied, tellUndone } from "./telling.ts";

type Wish = Common & { from: string; folder: string; notes?: boolean; dryRun?: boolean; undo?: boolean };

export const migrate: Flow = {
  name: "migrate",
  add(program, session, finish, common) {
    const command = common(
      newCommand("migrate")
        .description(
          "Move a team from Apollo.io into this server: stages, fields, lists, schedules, companies, contacts, sequences and who is where in them, deals, tasks, calls. Reads the source only, and sends nothing. Run it again to go on. The source's key is CADENZA_FROM_KEY.",
        )
        .requiredOption("--from <apollo or address>", "The source: `apollo`, or the address of a server")
        .option("--folder <dir>", "Folder for the record of what was copied", "cadenza-migration")
        .option("--notes", "Also notes: a call of the source for each contact, company and deal")
        .option("--dry-run", "Read the source and show what would be copied; change nothing")
        .option("--undo", "Delete what the migration has created"),
    );
    command.action(async (given: Wish) => {
      session.choose(given);
      finish(await run(session, given));
    });
    program.addCommand(command);
  },
};

async function run(session: Session, wish: Wish) {
  const target = await session.api();
  const { id: ownId, team_id: team } = await target.users.apiProfile();
  const source = wish.from.toLowerCase() === "apollo" ? APOLLO : wish.from;
  const path = join(resolve(wish.folder), "copied.jsonl");
  const ledger = openLedger(wish.dryRun ? null : path, { source, target: session.url, team: team ?? "" });
  const bar = openBar();
  try {
    if (wish.undo) {
      const undone = await undo(target, ledger, bar.show);
      ledger.retire();
      return tellUndone(session, wish, undone);
    }
    const key = session.env.CADENZA_FROM_KEY;
    if (!key)
      throw new Unusable(
        "The key of the source is missing.",
        "Set CADENZA_FROM_KEY. It is sent to no other server.",
      );
    const copying: Copying = {
      source: await session.apiAt(source, key),
      target,
      ledger,
      report: openReport(),
      isDry: wish.dryRun === true,
      ownId,
      places: new Map(),
      show: bar.show,
    };
    await moveTeam(copying, { withNotes: wish.notes === true });
    return tellCopied(session, wish, copying.report, ledger);
  } finally {
    bar.end();
    ledger.close();
  }
}
