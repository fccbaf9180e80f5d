// A contact asks for a pause, and goes on automatically when it is over.
//
// Easy to get wrong: asked ten times, the first pause counts; and asking for a pause never shortens one.

const PAUSE = { months: 3 };
/** Ends that lie closer together are the same pause, asked for again. */
const SAME = { hours: 24 };

/** When a pause that is asked for now ends. */
export function pauseAskedFor(now: Temporal.Instant) {
  return now.toZonedDateTimeISO("UTC").add(PAUSE).toInstant();
}

/** From when on a pause is long enough that asking for one until then changes nothing. */
export function sameAs(until: Temporal.Instant) {
  return until.subtract(SAME);
}

/** Null where none holds. */
export function pauseInForce(until: Temporal.Instant | null, now: Temporal.Instant) {
  return until && Temporal.Instant.compare(until, now) > 0 ? until : null;
}

export function laterPause(one: Temporal.Instant | null, other: Temporal.Instant | null) {
  if (!one || !other) return one ?? other;
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
