// `cadenza imports run people.csv`: a file is brought in, and of every row that came to anything else than was meant it is
// said why.

import { openAsBlob, readFileSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { type Client, type Input, type Output, waitForJob } from "@cadenza/sdk";
import { Option } from "commander";
import { newCommand } from "./building.ts";
import { layout } from "./calling.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { findMailboxes, findSequence } from "./lookup.ts";
import { openBar } from "./progress-bar.ts";
import { type Promised, promiseOfFile, tellPromise } from "./promising.ts";
import { jsonOf, tableOf } from "./table.ts";

type Wish = Common & {
  kind: "contacts" | "accounts" | "people" | "organizations";
  source?: string;
  map?: Record<string, string | null>;
  list?: string[];
  overwrite?: "never" | "fill" | "replace";
  companies: boolean;
  sequence?: string;
  mailbox?: string[];
  rotate?: boolean;
  unverified?: boolean;
  result?: string;
  dryRun?: boolean;
  wait: boolean;
};

type Row = Output<"imports", "rows">["rows"][number];
type Found = Output<"imports", "get">["import"];

const SHOWN = 50;
const MOST_BYTES = 512 * 1024 * 1024;

export const importFile: Flow = {
  under: "imports",
  name: "run",
  add(group, session, finish, common) {
    const command = common(
      newCommand("run")
        .argument("<file>", "A CSV, or JSON with one object to a line")
        .description("Brings a file in, and says of each row what became of it.")
        .addOption(
          new Option(
            "--kind <kind>",
            "What a row becomes; people and organizations are whom prospects are found among",
          )
            .choices(["contacts", "accounts", "people", "organizations"])
            .default("contacts"),
        )
        .option("--source <word>", "Of people and organizations: who says all this")
        .option(
          "--map <column=field>",
          "Where a column goes; without a field it is left out. May be said several times",
          mapped,
        )
        .option("--list <name>", "A list for all; may be said several times", listed)
        .option(
          "--overwrite <never|fill|replace>",
          "What the file may change about who is there; fill unless said",
        )
        .option("--no-companies", "Do not make companies that nobody knows")
        .option("--sequence <id or name>", "Add them to this sequence")
        .option("--mailbox <id or address>", "Which mailbox sends; several separated by commas", several)
        .option("--rotate", "Mailboxes take turns; without --mailbox all active ones do")
        .option("--unverified", "Into the sequence also those whose address the file calls unverified")
        .option("--result <file>", "Write what became of each row into this file, as CSV")
        .option("--dry-run", "Show what would happen, and change nothing")
        .option("--no-wait", "Do not wait for the end"),
    );
    command.action(async (file: string, given: Wish) => {
      session.choose(given);
      finish(await run(session, file, given));
    });
    group.addCommand(command);
  },
};

const listed = (name: string, before: string[] = []) => [...before, name];
const several = (text: string, before: string[] = []) => [
  ...before,
  ...text.split(",").map((one) => one.trim()),
];

function mapped(text: string, before: Record<string, string | null> = {}) {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new Unusable(`--map ${text} names no column: write Column=field.`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1).trim() || null };
}

async function run(session: Session, path: string, wish: Wish) {
  refuseIdle(wish);
  const api = await session.api();
  const asked = await inputFrom(api, wish);
  const promise = wish.dryRun ? await promiseOfFile(session, path, asked, { keeps: false }) : null;
  const found = await bringIn(session, path, asked, wish, promise);
  return found ? exitFor(found) : EXIT.done;
}

export type Asked = Omit<Input<"imports", "create">, "file" | "text">;

type How = Common & Pick<Wish, "result" | "dryRun" | "wait"> & { idempotencyKey?: string };

/** Told as it ends; null where nobody waits for that. `-` is standard input. */
export async function bringIn(
  session: Session,
  path: string,
  asked: Asked,
  wish: How,
  promise: Promised | null = null,
): Promise<Found | null> {
  await refuseNowhere(wish);
  const file = path === "-" ? new Blob([readFileSync(0)]) : await opened(path);
  if (!file) throw new Unusable(`${path} cannot be read.`);
  // No server takes more; sending gigabytes to hear so would take a while.
  if (file.size > MOST_BYTES)
    throw new Unusable(`${path} is larger than 512 MB.`, "Cut it into several files.");
  const api = await session.api();
  const named = new File([file], path === "-" ? "standard-input.csv" : basename(path));
  const { idempotencyKey } = wish;
  const started = await api.imports.create(
    { file: named, ...asked },
    { dryRun: wish.dryRun === true, ...(idempotencyKey && { idempotencyKey }) },
  );
  for (const warning of started.import.warnings) session.complain(warning);
  if (wish.dryRun) {
    tell(session, wish, started.import, started.rows ?? [], promise);
    return started.import;
  }
  const { id } = started.import;
  if (!wish.wait) {
    session.say(wish.json ? jsonOf(started) : `It goes on in the background: cadenza imports get ${id}`);
    return null;
  }
  const bar = openBar();
  try {
    await waitForJob(api, started.entity_progress_job.id, {
      timeoutMs: 6 * 3_600_000,
      onProgress: ({ done, total }) => bar.show(done, total, "rows"),
    });
  } finally {
    bar.end();
  }
  const { import: found } = await api.imports.get({ id });
  const { rows } = await api.imports.rows({ id, per_page: SHOWN });
  if (wish.result) await writeFile(wish.result, await (await api.imports.rows.csv({ id })).bytes());
  tell(session, wish, found, rows);
  return found;
}

/** A folder opens as well as a file, and fails only as it is read. */
async function opened(path: string) {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? null : openAsBlob(path).catch(() => null);
}

/** What became of each row would be lost: said before anything is sent. */
async function refuseNowhere({ result, dryRun, wait }: How) {
  if (result === undefined) return;
  if (dryRun || !wait)
    throw new Unusable(
      `--result has nothing to write ${dryRun ? "in a dry run" : "where nobody waits for the end"}.`,
      dryRun ? "--json prints the rows that were tried." : "cadenza imports rows <id> --csv writes it later.",
    );
  const folder = await stat(dirname(result)).catch(() => null);
  if (!folder?.isDirectory()) throw new Unusable(`${result} cannot be written: there is no such folder.`);
}

/** Without a sequence nobody is sent from anywhere. */
function refuseIdle({ sequence, mailbox, rotate, unverified }: Wish) {
  const idle = mailbox ? "--mailbox" : rotate ? "--rotate" : unverified ? "--unverified" : null;
  if (sequence === undefined && idle) throw new Unusable(`${idle} means nothing without --sequence.`);
}

async function inputFrom(api: Client, wish: Wish): Promise<Asked> {
  const sequence = wish.sequence === undefined ? null : await findSequence(api, wish.sequence);
  const mailboxes = sequence ? await findMailboxes(api, wish.mailbox ?? [], wish.rotate === true) : [];
  return {
    kind: wish.kind,
    create_accounts: wish.companies,
    ...(wish.source && { source: wish.source }),
    ...(wish.map && { mapping: wish.map }),
    ...(wish.list && { label_names: wish.list }),
    ...(wish.overwrite && { overwrite: wish.overwrite }),
    ...(sequence && {
      add_to_sequence: {
        id: sequence.id,
        send_email_from_email_account_id: mailboxes.map(({ id }) => id),
        sequence_unverified_email: wish.unverified === true,
      },
    }),
  };
}

function tell(
  session: Session,
  wish: How,
  found: Found,
  rows: readonly Row[],
  promise: Promised | null = null,
) {
  if (wish.json) return session.say(jsonOf({ import: found, rows, ...(promise && { promise }) }));
  const lines = rows.slice(0, SHOWN).map((row) => ({
    row: row.row,
    verdict: row.verdict,
    name: row.name,
    why: [row.sentence, row.enrollment_sentence].filter(Boolean).join(" ") || null,
    sequence: row.enrollment?.replace("_", " ") ?? null,
  }));
  const columns = ["row", "verdict", "name", "why", ...(found.sequence_id ? ["sequence"] : [])];
  session.say(tableOf(lines, { columns, width: layout(wish).width }));
  if (found.total > SHOWN)
    session.say(`… and ${found.total - SHOWN} more rows; --result writes all of them.`);
  const { created, updated, unchanged, skipped, enrolled, not_enrolled } = found;
  const joined = found.sequence_id ? `; ${enrolled} joined the sequence, ${not_enrolled} did not` : "";
  const would = wish.dryRun ? "Would be: " : "";
  session.say(
    `${would}${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped${joined}.`,
  );
  for (const { count, sentence, code } of found.reasons) session.say(`  ${count}: ${sentence ?? code}`);
  if (wish.dryRun && promise) tellPromise(session, promise);
  if (found.error) session.complain(found.error);
  return undefined;
}

function exitFor({ status, created, updated, unchanged }: Found) {
  if (status === "failed" || status === "cancelled") return EXIT.notAll;
  return created + updated + unchanged === 0 ? EXIT.notAll : EXIT.done;
}
