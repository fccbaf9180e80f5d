// Starting while the database is away: it starts itself, recovers, or its network does. We wait and say so.

import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { isAway, isFull } from "./away.ts";
import { CannotMigrate } from "./migrate.ts";

/** The message says what happened and what to do: people read it. */
export class CannotReachDatabase extends Error {}

export type Patience = { everyMs: number; forMs: number };
const PATIENCE: Patience = { everyMs: 2_000, forMs: 10 * 60_000 };

/** Tried until the database answers. What it refuses for good, as a wrong password, is said at once. */
export async function onceReached<T>(
  log: Pick<Logger, "warn" | "info">,
  work: () => Promise<T>,
  { everyMs, forMs }: Patience = PATIENCE,
): Promise<T> {
  const until = performance.now() + forMs;
  for (let tries = 1; ; tries++) {
    try {
      const done = await work();
      if (tries > 1) log.info({ tries }, "the database answers");
      return done;
    } catch (error) {
      const cause = error instanceof CannotMigrate ? error.cause : error;
      const said = wordsOf(cause);
      if (said.forGood) throw new CannotReachDatabase(said.forGood, { cause });
      if (!isAway(cause) || isFull(cause)) throw error;
      if (performance.now() >= until)
        throw new CannotReachDatabase(
          `The database at DATABASE_URL did not answer for ${Math.round(forMs / 60_000)} minutes: ${said.passing}`,
          { cause: error },
        );
      log.warn({ why: said.passing, tries }, "the database does not answer yet; it is waited for");
      await sleep(everyMs);
    }
  }
}

/** None of them holds the URL, in which a password may stand. */
function wordsOf(error: unknown): { forGood: string | null; passing: string } {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  return { forGood: FOR_GOOD[code] ?? null, passing: PASSING[code] ?? (message || code || "no answer") };
}

const FOR_GOOD: Record<string, string> = {
  "28P01": "The database refuses the password in DATABASE_URL.",
  "28000": "The database refuses the user in DATABASE_URL.",
  "3D000": "The database that DATABASE_URL names does not exist. Create it first.",
};

const PASSING: Record<string, string> = {
  "57P03": "it is starting up or recovering.",
  "57P01": "it is shutting down.",
  "53300": "it has no connection left.",
  ECONNREFUSED: "nothing listens at its address.",
  ENOTFOUND: "the name of its server is unknown.",
  EAI_AGAIN: "the name of its server cannot be looked up.",
  ETIMEDOUT: "its server does not answer.",
};
