// What was found due and came to nothing: it waits for something that is not seen here, and is looked at again a little later. Until
// then the time may go on. Each time that it comes to nothing again, it waits twice as long.

const LOOK_AGAIN_MINUTES = 1;
const MOST_MINUTES = 6 * 60;

export function openWaits(now: () => Temporal.Instant) {
  const known = new Map<string, Temporal.Instant>();
  const minutes = new Map<string, number>();
  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, now()) <= 0;

  function lookAgain(key: string) {
    const wait = minutes.get(key) ?? LOOK_AGAIN_MINUTES;
    minutes.set(key, Math.min(wait * 2, MOST_MINUTES));
    return now().add({ minutes: wait });
  }

  return {
    isPast,
    forget() {
      known.clear();
      minutes.clear();
    },
    /** Null: it does not wait. */
    until(key: string) {
      const until = known.get(key);
      if (until && !isPast(until)) return until;
      known.delete(key);
      return null;
    },
    add(key: string, until?: Temporal.Instant) {
      known.set(key, until && !isPast(until) ? until : lookAgain(key));
    },
    /** It came to something. */
    end(key: string) {
      minutes.delete(key);
    },
  };
}
