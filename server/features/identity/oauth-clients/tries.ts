// How often an unknown client may try. Each registration costs us a row, so all of them are counted. Honest clients ask
// for tokens all day, so there only failures are counted, by client and network address. A client over the limit waits
// until its window is over; other clients don't.

import type { App } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { countTry, findTries, type Tries } from "./store.ts";

type Limit = { what: string; most: number; seconds: number };

const REGISTERING_FROM_ONE: Limit = { what: "registering", most: 20, seconds: 3600 };
const REGISTERING_IN_ALL: Limit = { what: "registering in all", most: 500, seconds: 3600 };
const FAILING: Limit = { what: "failing", most: 30, seconds: 60 };

export async function countRegistering(app: App, address: string | null) {
  await take(app, REGISTERING_FROM_ONE, address ?? "");
  await take(app, REGISTERING_IN_ALL, "");
}

/** Runs what a client asks for, unless it has failed too often of late; a refusal counts as one failure more. */
export async function countingFailures<T>(app: App, who: string, work: () => Promise<T>): Promise<T> {
  const now = app.now();
  const known = await app.db.inTransaction((db) =>
    findTries(db, hashOf(app, FAILING, who), begun(FAILING, now)),
  );
  if (known) refuseBeyond(FAILING, known, now, 1);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      await app.db.inTransaction((db) => countTry(db, hashOf(app, FAILING, who), begun(FAILING, now), now));
    throw error;
  }
}

async function take(app: App, limit: Limit, who: string) {
  const now = app.now();
  const tries = await app.db.inTransaction((db) =>
    countTry(db, hashOf(app, limit, who), begun(limit, now), now),
  );
  refuseBeyond(limit, tries, now, 0);
}

function refuseBeyond(limit: Limit, { tries, beganAt }: Tries, now: Temporal.Instant, more: number) {
  if (tries + more <= limit.most) return;
  const endsMs = beganAt.epochMilliseconds + limit.seconds * 1000;
  throw new Refusal("too_many_tries", {
    seconds: Math.max(1, Math.ceil((endsMs - now.epochMilliseconds) / 1000)),
  });
}

function begun({ seconds }: Limit, now: Temporal.Instant) {
  return now.subtract({ seconds });
}

/** Hashed with our key, so that the table does not reveal the address. */
function hashOf({ secrets }: App, { what }: Limit, who: string) {
  return secrets.digest(`${what} ${who}`);
}
