// Looks for the emails of placement tests in the seed mailboxes, over connections of its own: how a seed is read otherwise does
// not depend on it, and one that cannot be read delays no other.

import type { App } from "../../app.ts";
import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts } from "../../features/events/set-aside/commands.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import {
  finishPlacementTests,
  recordLook,
  type SeedLook,
} from "../../features/sending/placement-tests/finding.ts";
import * as store from "../../features/sending/placement-tests/store.ts";
import { alone, batchOf, eachOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;
const LOOP = "find-placement-tests";
/** Longer than a look may take. */
const LOOKING = { minutes: 2 };

export function startFindingTests(engine: Engine) {
  const what = "looking for placement tests";
  return goRound(engine, { everyMs: EVERY_MS, what }, () => findTestsOnce(engine));
}

/** Answers how many emails it looked for. */
export async function findTestsOnce(looping: Looping) {
  const { app } = looping;
  const teams = await app.db.inTransaction((db) => store.teamsWithPlacementsDue(db, app.now()));
  return eachTeam(looping, LOOP, teams, async (teamId) => {
    const mails = await batchOf(app, teamId, takeDue);
    const seeds = [...Map.groupBy(mails, ({ seedId }) => seedId)];
    await Promise.all(
      seeds.map(([seedId, own]) =>
        alone(app, { teamId, loop: LOOP, id: own[0]?.id ?? seedId }, () =>
          lookInSeed(app, teamId, seedId, own),
        ),
      ),
    );
    return mails.length;
  });
}

async function takeDue(by: By, manner: BatchMode) {
  const { db, teamId, now } = by;
  const taken: store.MailToFind[] = [];
  const due = await store.lockToFind(db, teamId, now, LOOP);
  await inParts(by, { loop: LOOP, manner }, due, async (some) => {
    const ids = some.map(({ id }) => id);
    taken.push(...(await store.takeToFind(db, teamId, ids, now.add(LOOKING))));
  });
  return taken;
}

async function lookInSeed(app: App, teamId: string, seedId: string, mails: readonly store.MailToFind[]) {
  const look = await lookFor(app, teamId, seedId, mails);
  await eachOf(app, { teamId, loop: LOOP }, mails, async (by, some) => {
    for (const mail of some) await recordLook(by, mail, look);
    await finishPlacementTests(
      by,
      some.map(({ testId }) => testId),
    );
  });
}

async function lookFor(
  app: App,
  teamId: string,
  seedId: string,
  mails: readonly store.MailToFind[],
): Promise<SeedLook> {
  const opened = await openMailbox(app, teamId, seedId);
  if (opened.kind === "unreachable") return { kind: "failed", why: "token_unreachable" };
  if (opened.kind === "closed" || !opened.servers.imap) return { kind: "failed", why: "closed" };
  return app.mail.findPlaced(
    opened.servers.imap,
    mails.map(({ messageId }) => messageId),
  );
}
