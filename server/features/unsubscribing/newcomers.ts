// Whoever is being made under an address at the moment a pause is asked for is seen by nobody yet, and sees nobody's pause. They
// are paused when they are there. Nobody waits for them with anything locked: an import may be at it for a while, and meanwhile
// mails are to go out and others to be made.

import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { sameAs } from "../../domain/pausing.ts";
import { lockIds } from "../contacts/holding-store.ts";
import { type By, record } from "../events/store.ts";
import * as pausing from "../pausing/store.ts";
import { readersOf } from "./readers.ts";
import * as store from "./store.ts";

const LOOK_EVERY_MS = 100;
const LONGEST_MS = 300_000;

type Whose = { teamId: string; messageId: string };

/** With the pause itself, and begun as soon as it is committed: whoever asked for it may stop waiting, and then it is seen to all the same. */
export function pauseNewcomersLater(
  jobs: App["jobs"],
  { db, teamId }: Pick<By, "db" | "teamId">,
  messageId: string,
) {
  return jobs.enqueue(db, "pause-newcomers", { teamId, messageId });
}

export async function pauseNewcomers(app: App, whose: Whose, signal: AbortSignal) {
  if (!(await pauseNewcomersWithin(app, whose, LONGEST_MS, signal)))
    throw new Error("whoever was being made when a pause was asked for is not there yet");
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

async function catchUp(app: App, db: Db, { teamId, messageId }: Whose) {
  const asked = await store.lastPause(db, teamId, messageId);
  const letter = await store.findLetter(db, teamId, messageId);
  if (!asked || !letter) return;
  await store.noteNewcomersSeen(db, teamId, messageId, asked.at);
  const now = app.now();
  const until = Temporal.Instant.from(asked.detail.until);
  if (Temporal.Instant.compare(until, now) <= 0) return;
  const origin = { requestId: null, address: null, cause: "link" };
  const by: By = { db, now, origin, teamId, userId: null, apiKeyId: null };
  const readers = await lockIds(db, teamId, await readersOf(by, letter));
  const newcomers = await pausing.pause(db, teamId, readers, { until, sameAs: sameAs(until), now });
  const data = { until, source: "link", message_id: messageId };
  await record(
    by,
    ...newcomers.map((id) => ({
      type: "contact.paused" as const,
      subject: { type: "contact" as const, id },
      data,
    })),
  );
}
