// Starting while the database is away: it starts itself, recovers, or its network does. We wait and say so.

import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { isAway, isFull, isReadOnly } from "./away.ts";
import { CannotMigrate } from "./migrate.ts";
import { whyAway, whyForGood } from "./why-away.ts";
import { NoWritableServer } from "./writable-server.ts";

/** The message says what happened and what to do: people read it. */
export class CannotReachDatabase extends Error {}

const EVERY_MS = 2_000;

/** Tried until the database answers now. What it refuses for good, as a wrong password, is said at once. */
export async function onceReached<T>(
  log: Pick<Logger, "warn" | "info">,
  work: () => Promise<T>,
  forMs: number,
): Promise<T> {
  const until = performance.now() + forMs;
  for (let tries = 1; ; tries++) {
    try {
      const done = await work();
      if (tries > 1) log.info({ tries }, "the database answers now");
      return done;
    } catch (error) {
      const cause = error instanceof CannotMigrate ? error.cause : error;
      const forGood = forGoodOf(cause);
      if (forGood) throw new CannotReachDatabase(forGood, { cause });
      // A standby may become the primary any moment.
      if ((!isAway(cause) && !isReadOnly(cause)) || isFull(cause)) throw error;
      const why = whyAway(cause);
      if (performance.now() >= until)
        throw new CannotReachDatabase(
          `The database at DATABASE_URL cannot be used: ${why} Cadenza waited ${forMs / 1000} seconds (CADENZA_DATABASE_WAIT_SECONDS).`,
          { cause: error },
        );
      log.warn({ why, tries }, "the database does not answer yet; trying again");
      await sleep(EVERY_MS);
    }
  }
}

/** Of several servers one that is down may become the primary, so all of them must refuse. */
function forGoodOf(error: unknown) {
  if (!(error instanceof NoWritableServer)) return whyForGood(error);
  const reasons = error.causes.map(whyForGood);
  return reasons.every((reason) => reason !== null) ? (reasons[0] ?? null) : null;
}
