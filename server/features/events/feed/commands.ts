import type { Act, Caller } from "../../../app.ts";
import { maySeeAccessEvents } from "../../../domain/identity/permissions.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { cursorAt, type EventRow, FEED_START, type FeedCursor, readFeed } from "../events/store.ts";
import { readFeedCursor } from "./cursors.ts";
import { withinSight } from "./sight.ts";

/** One call reads this many pages at most. A caller who may see little of a long feed calls again. */
const MOST_PAGES = 10;

/**
 * Events after a place, and the place to go on from. What happened to what is hidden from the caller is passed over; the
 * place is behind it.
 */
export async function readEvents(
  { db, caller }: Act,
  wish: { since: string | undefined; types: readonly string[] | null; limit: number },
) {
  let next: FeedCursor = await feedPositionOf({ db, caller }, wish.since);
  const events: EventRow[] = [];
  for (let page = 0; page < MOST_PAGES && events.length < wish.limit; page++) {
    const limit = wish.limit - events.length;
    const showsAccess = seesAccess(caller);
    const read = await readFeed(db, caller.teamId, { ...wish, limit, after: next, showsAccess });
    events.push(...(await withinSight({ db, caller }, read)));
    next = read.at(-1) ?? next;
    if (read.length < limit) break;
  }
  return { events, next };
}

/** A cursor, a time, or nothing at all, as a place in the feed. */
export async function feedPositionOf(
  { db, caller }: Pick<Act, "db" | "caller">,
  since: string | undefined,
): Promise<FeedCursor> {
  if (since === undefined) return FEED_START;
  if (/^\d{4}-/.test(since)) return cursorAt(db, caller.teamId, momentIn(since));
  const cursor = await readFeedCursor(db, caller.teamId, since);
  if (!cursor)
    throw new Refusal("parameter_invalid", {
      name: "since",
      why: say("must be a next_since value or a time"),
    });
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
  throw new Refusal("parameter_invalid", { name: "since", why: say("is not a time") });
}

function seesAccess({ credential, role }: Caller) {
  return maySeeAccessEvents({
    isMasterKey: credential.kind === "key" && credential.isMaster,
    isPerson: credential.kind === "session",
    isAdmin: role === "admin",
  });
}
