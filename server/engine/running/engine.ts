// One engine among any number: who it is, that it is alive, and in whose name it writes.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import type { By } from "../../features/events/events/store.ts";
import type { ReleaseMemory } from "../../features/gate/clone-guard/releases.ts";
import type { Leave } from "../../features/gate/clone-guard/store.ts";
import * as store from "../../features/gate/engines/store.ts";
import { newId } from "../../kernel/ids.ts";

/** As it was seen a second ago at most. A caller that releases mails records that it did. */
export type Fence = Leave & {
  isOpen: boolean;
  hasSent: boolean;
  /** What was let go, where a standby may take over without a person. */
  releases?: ReleaseMemory | null;
};

export type Engine = {
  app: App;
  id: string;
  /** Ended when the process is to stop. */
  stopping: AbortSignal;
  /** Whether mail may be sent from this database; see features/fence. */
  fence: Fence;
};

/** The engine acts for no user. */
export function byEngine(app: App, db: Db, teamId: string): By {
  const origin = { requestId: null, address: null, cause: "clock" };
  return { db, now: app.now(), origin, teamId, userId: null, apiKeyId: null };
}

const BEAT_MS = 1_000;

/** Answers what ends it. An engine without a heartbeat for four seconds counts as dead. */
export async function startBeating(app: App, id: string) {
  const stopping = new AbortController();
  await app.db.inTransaction((db) => store.beat(db, id));
  const run = async () => {
    while (!stopping.signal.aborted) {
      await sleep(BEAT_MS, undefined, { signal: stopping.signal }).catch(() => {});
      await app.db
        .inTransaction((db) => store.beat(db, id))
        .catch((error) => app.log.warn({ err: error }, "the engine's heartbeat could not be recorded"));
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
    await app.db.inTransaction((db) => store.removeEngine(db, id)).catch(() => {}); // found out in four seconds
  };
}

/** Goes round until told to stop: at once again while there was something to do, otherwise after a pause. */
export async function goRound(
  { app, stopping }: Pick<Engine, "app" | "stopping">,
  { everyMs, what }: { everyMs: number; what: string },
  once: () => Promise<number>,
) {
  while (!stopping.aborted) {
    const did = await once().catch((error) => {
      app.log.warn({ err: error }, `${what} failed and is tried again`);
      return 0;
    });
    if (did === 0) await sleep(everyMs, undefined, { signal: stopping }).catch(() => {});
  }
}

export function newEngineId() {
  return newId();
}
