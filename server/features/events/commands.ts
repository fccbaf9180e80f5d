import type { Act, Caller } from "../../app.ts";
import { maySeeAccessEvents } from "../../domain/permissions.ts";
import { readMoment } from "../../moments.ts";
import { Refusal } from "../../refusal.ts";
import { type Cursor, cursorAt, FIRST, readCursor, readFeed } from "./store.ts";

/** Events after a place, and the place to go on from. */
export async function readEvents(
  { db, caller }: Act,
  wish: { since: string | undefined; types: readonly string[] | null; limit: number },
) {
  const after = await placeOf({ db, caller }, wish.since);
  const events = await readFeed(db, caller.teamId, { ...wish, after, showsAccess: seesAccess(caller) });
  const next: Cursor = events.at(-1) ?? after;
  return { events, next };
}

/** A cursor, a time, or nothing at all, as a place in the feed. */
export async function placeOf(
  { db, caller }: Pick<Act, "db" | "caller">,
  since: string | undefined,
): Promise<Cursor> {
  if (since === undefined) return FIRST;
  if (/^\d{4}-/.test(since)) return cursorAt(db, caller.teamId, momentIn(since));
  const cursor = readCursor(since);
  if (!cursor)
    throw new Refusal("parameter_invalid", { name: "since", why: "is neither a next_since nor a time" });
  return cursor;
}

// What the platform can say of time goes beyond what the database can keep.
const EARLIEST = Temporal.Instant.from("1000-01-01T00:00:00Z");
const LATEST = Temporal.Instant.from("9999-12-30T00:00:00Z");

function momentIn(text: string) {
  try {
    const moment = readMoment(text);
    const isKept =
      Temporal.Instant.compare(EARLIEST, moment) <= 0 && Temporal.Instant.compare(moment, LATEST) <= 0;
    if (isKept) return moment;
  } catch {
    // said below
  }
  throw new Refusal("parameter_invalid", { name: "since", why: "is not a time" });
}

function seesAccess({ credential, role }: Caller) {
  return maySeeAccessEvents({
    isMasterKey: credential.kind === "key" && credential.isMaster,
    isPerson: credential.kind === "session",
    isAdmin: role === "admin",
  });
}
