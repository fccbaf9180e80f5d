// A standby took over, and CADENZA_FAILOVER says that this may be trusted: the new server proves that it lacks no email that
// was sent. Emails leave only while commits reach a standby (`may_send`), so in an orderly cluster it never does. The proof finds
// a cluster that is not: each engine remembers what it let go, and the new server must know all of it.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../../app.ts";
import { isTakenOver } from "../../../domain/gate/clone-guard.ts";
import { isAnyLost, type Released } from "../../../domain/gate/released.ts";
import { readHome } from "./home.ts";
import * as store from "./store.ts";

export type EngineMemory = {
  /** How far the count was seen to stand. */
  seen: number;
  released: readonly Released[];
};

/** Whether nothing else than a standby that took over keeps emails back. */
export function isToSettle({ failover, place, placeHere, heldSince }: store.FenceRow) {
  return failover === "synchronous" && heldSince === null && isTakenOver(place, placeHere);
}

export async function settleSwitch(app: App, row: store.FenceRow, { seen, released }: EngineMemory) {
  const isLost = row.count < seen || isAnyLost(released, await knownOf(app, released));
  await app.db.inTransaction(async (db) => {
    const locked = await store.lockFence(db); // another engine may have come first, or a person
    if (!isToSettle(locked) || locked.placeHere !== row.placeHere) return;
    if (!isLost) return store.acceptSwitch(db, app.now());
    const because = ["other_database", "older_state"];
    return store.holdSending(db, because, seen, { home: null, address: null }, app.now());
  });
  if (isLost)
    app.log.error("A standby took over that lacks emails which this engine sent, so no email is sent.");
  else app.log.warn("A standby took over. It has all emails that this engine sent, so sending goes on.");
}

const EVERY_MS = 500;
const LONGEST_MS = 15_000;

/**
 * An engine that starts after the switch: it knows what its data folder remembers. One that remembers nothing leaves it to the
 * engines that are at work, and where there are none, to a person.
 */
export async function settleSwitchAtStart(app: App, engineId: string, memory: EngineMemory) {
  for (let waited = 0; waited < LONGEST_MS; waited += EVERY_MS) {
    const [row, areOthersAtWork] = await app.db.inTransaction((db) =>
      Promise.all([store.readFence(db), store.areOthersAtWork(db, engineId)]),
    );
    if (!isToSettle(row)) return;
    if (memory.seen > 0 || memory.released.length > 0) return settleSwitch(app, row, memory);
    if (!areOthersAtWork) return;
    await sleep(EVERY_MS);
  }
}

async function knownOf({ db }: App, released: readonly Released[]) {
  const known = new Set<string>();
  for (const [teamId, own] of Map.groupBy(released, (one) => one.teamId)) {
    const ids = own.flatMap(({ attemptIds }) => attemptIds);
    for (const id of await db.inTeam(teamId, (inTeam) => store.knownReleases(inTeam, teamId, ids)))
      known.add(id);
  }
  return known;
}

export function seenIn({ config }: App) {
  return readHome(config.dataDir).seen;
}
