// Starting while the database is away: it starts itself, recovers, or its network does. We wait and say so.

import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { isAway, isFull } from "./away.ts";
import { CannotMigrate } from "./migrate.ts";

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
      const said = wordsOf(cause);
      if (said.forGood) throw new CannotReachDatabase(said.forGood, { cause });
      if ((!isAway(cause) && !isReadOnly(cause)) || isFull(cause)) throw error;
      if (performance.now() >= until)
        throw new CannotReachDatabase(
          `The database at DATABASE_URL cannot be used: ${said.passing} Cadenza waited ${forMs / 1000} seconds (CADENZA_DATABASE_WAIT_SECONDS).`,
          { cause: error },
        );
      log.warn({ why: said.passing, tries }, "the database does not answer yet; trying again");
      await sleep(EVERY_MS);
    }
  }
}

/** A standby may become the primary any moment. */
function isReadOnly(error: unknown) {
  return (error as { code?: string } | null)?.code === "25006";
}

/** None of them holds the URL, in which a password may stand. */
function wordsOf(error: unknown): { forGood: string | null; passing: string } {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  return { forGood: FOR_GOOD[code] ?? null, passing: PASSING[code] ?? (message || code || "no answer") };
}

const FOR_GOOD: Record<string, string> = {
  "28P01": "The database rejects the password in DATABASE_URL. Correct it.",
  "28000": "The database rejects the user in DATABASE_URL. Correct it.",
  "3D000": "The database in DATABASE_URL does not exist. Create it first.",
};

const PASSING: Record<string, string> = {
  "57P03": "it is starting up or recovering.",
  "57P01": "it is shutting down.",
  "25006": "it is read-only, as a standby is.",
  "53300": "it has no free connection.",
  ECONNREFUSED: "no server listens at its address.",
  ENOTFOUND: "the host name of its server is unknown.",
  EAI_AGAIN: "the host name of its server cannot be looked up in DNS.",
  ETIMEDOUT: "its server does not answer.",
};
