// What rests, and what came to nothing.
//
// A mailbox rests until its limits have room: that time is known. What was found due and came to nothing waits for something that is
// not seen here. It is looked at again a little later, and each time that it comes to nothing again, after twice as long. Only what was
// due then waits: what falls due meanwhile is not held up by it.

const LOOK_AGAIN_MINUTES = 1;
const MOST_MINUTES = 6 * 60;

/** `since`: when it came to nothing; null: it rests. */
type Wait = { until: Temporal.Instant; since: Temporal.Instant | null };

export function openWaits(now: () => Temporal.Instant) {
  const known = new Map<string, Wait>();
  const minutes = new Map<string, number>();
  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, now()) <= 0;
  const waitOf = (key: string) => {
    const wait = known.get(key);
    return wait && !isPast(wait.until) ? wait : null;
  };

  return {
    forget() {
      known.clear();
      minutes.clear();
    },
    /** People may have changed limits. */
    endRests() {
      for (const [key, { since }] of known) if (since === null) known.delete(key);
    },
    /** Null: it does not wait. */
    until: (key: string) => waitOf(key)?.until ?? null,
    /** Whether to leave alone what is due since then. */
    holds(key: string, dueSince: Temporal.Instant | null = null) {
      const wait = waitOf(key);
      if (!wait) return false;
      return dueSince === null || wait.since === null || Temporal.Instant.compare(dueSince, wait.since) <= 0;
    },
    rest(key: string, until: Temporal.Instant) {
      known.set(key, { until, since: null });
    },
    cameToNothing(key: string) {
      const wait = minutes.get(key) ?? LOOK_AGAIN_MINUTES;
      minutes.set(key, Math.min(wait * 2, MOST_MINUTES));
      known.set(key, { until: now().add({ minutes: wait }), since: now() });
    },
    cameToSomething(key: string) {
      known.delete(key);
      minutes.delete(key);
    },
  };
}
