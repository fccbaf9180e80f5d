// A contact who is being created at the moment a pause is asked for is not visible yet, and does not see the pause.
// So they are paused once they are committed. Taking a pause back reaches them in the same way. Waiting for them holds no lock: an import may take a while, and
// meanwhile mails go out and other contacts are created.

import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { sameAs } from "../../../domain/contacts/pausing.ts";
import * as pausing from "../../contacts/pausing/store.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";
import { liftPause, tellPaused } from "./pause-writing.ts";
import { lockReaders } from "./readers.ts";

const LOOK_EVERY_MS = 100;
const LONGEST_MS = 300_000;

type Whose = { teamId: string; messageId: string };

/** Queued with the pause, or with its end, and begun as soon as it is committed: it runs even if the caller stops waiting. */
export function pauseNewcomersLater(
  jobs: App["jobs"],
  { db, teamId }: Pick<By, "db" | "teamId">,
  messageId: string,
) {
  return jobs.enqueue(db, "pause-newcomers", { teamId, messageId });
}

export async function pauseNewcomers(app: App, whose: Whose, signal: AbortSignal) {
  if (!(await pauseNewcomersWithin(app, whose, LONGEST_MS, signal)))
    throw new Error("the contacts that were being created when a pause was requested do not exist yet");
}

/** Answers whether all were there by then. Not before the pause itself is committed: who comes after that has it. */
export async function pauseNewcomersWithin(app: App, whose: Whose, longestMs: number, signal?: AbortSignal) {
  const { teamId } = whose;
  const making = await app.db.inTeam(teamId, (db) => pausing.beingMade(db, teamId));
  const began = performance.now();
  const areThere = async () => {
    const still = new Set(await app.db.inTeam(teamId, (db) => pausing.beingMade(db, teamId)));
    return !making.some((one) => still.has(one));
  };
  while (making.length > 0 && !(await areThere())) {
    if (signal?.aborted || performance.now() - began > longestMs) return false;
    await pause(LOOK_EVERY_MS);
  }
  await app.db.inTeam(teamId, (db) => catchUp(app, db, whose));
  return true;
}

/** The pauses are read under the lock on the contacts: what was taken back a moment ago is not set again. */
async function catchUp(app: App, db: Db, { teamId, messageId }: Whose) {
  const now = app.now();
  const origin = { requestId: null, address: null, cause: "link" };
  const by: By = { db, now, origin, teamId, userId: null, apiKeyId: null };
  const { letter, ids: readers } = await lockReaders(by, messageId);
  if (!letter) return;
  const pauses = await store.pausesOf(db, teamId, messageId);
  const [last] = pauses;
  if (!last) return;
  await store.noteNewcomersSeen(db, teamId, messageId, last.at);
  for (const { until } of pauses.filter(({ isUndone }) => isUndone))
    await liftPause(by, { messageId, contactIds: readers, until });
  const asked = pauses.find(({ isUndone }) => !isUndone);
  if (!asked || Temporal.Instant.compare(asked.until, now) <= 0) return;
  const terms = { until: asked.until, sameAs: sameAs(asked.until), now };
  await tellPaused(by, messageId, asked.until, await pausing.pause(db, teamId, readers, terms));
}
