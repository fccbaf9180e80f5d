// What was found due and came to nothing: it waits for something that is not seen here, and is looked at again a little later. Until
// then the time may go on.

const LOOK_AGAIN = { minutes: 1 };

export function openWaits(now: () => Temporal.Instant) {
  const known = new Map<string, Temporal.Instant>();
  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, now()) <= 0;
  return {
    isPast,
    forget: () => known.clear(),
    /** Null: it does not wait. */
    until(key: string) {
      const until = known.get(key);
      if (until && !isPast(until)) return until;
      known.delete(key);
      return null;
    },
    add(key: string, until = now().add(LOOK_AGAIN)) {
      known.set(key, isPast(until) ? now().add(LOOK_AGAIN) : until);
    },
  };
}
