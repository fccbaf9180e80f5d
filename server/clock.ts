// The one clock: the database's. What decides is `cadenza_now()`, read by the statement or transaction that decides; whatever
// needs no such care (`app.now()`) goes by the same clock, as far as it is known here. So no process with a wrong clock
// plans, lets go or gives up anything too early.
//
// This is the only place that reads the process's own clock, and it reads it as a number: an instant is always one of the
// database, and a number cannot be compared with one by mistake.

type DatabaseClock = {
  now(): Temporal.Instant;
  /** The database said `at`, asked and answered at these moments of `performance.now()`. */
  learn(sample: { at: Temporal.Instant; askedMs: number; answeredMs: number }): void;
};

/** When it was, by this process's own clock, that performance.now() had said `elapsedMs`. For traces: nothing is decided by it. */
export function epochNanosecondsAt(elapsedMs: number): bigint {
  return BigInt(Math.round((performance.timeOrigin + elapsedMs) * 1_000)) * 1_000n;
}

type Own = { epochMs(): number; elapsedMs(): number };

const OWN: Own = {
  epochMs: () => performance.timeOrigin + performance.now(),
  elapsedMs: () => performance.now(),
};

/** Advances by the time that has elapsed, which no one can set. An answer that shows it to be wrong corrects it. */
export function openDatabaseClock({ epochMs, elapsedMs }: Own = OWN): DatabaseClock {
  let beganAt = epochMs() - elapsedMs();
  return {
    now: () => instantAt(beganAt + elapsedMs()),
    learn({ at, askedMs, answeredMs }) {
      const saidMs = Number(at.epochNanoseconds / 1_000n) / 1_000;
      // It was so at some moment between the question and the answer; what fits is left alone.
      beganAt = Math.min(Math.max(beganAt, saidMs - answeredMs), saidMs - askedMs);
    },
  };
}

function instantAt(ms: number) {
  return Temporal.Instant.fromEpochNanoseconds(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

const ASKED_EVERY_MS = 5_000;

/** Asks at once, and again every few seconds: clocks are set, and machines sleep. Answers what ends it. */
export async function followDatabase(clock: DatabaseClock, ask: () => Promise<Temporal.Instant>) {
  const learn = async () => {
    const askedMs = performance.now();
    const at = await ask();
    clock.learn({ at, askedMs, answeredMs: performance.now() });
  };
  await learn();
  const timer = setInterval(() => void learn().catch(() => {}), ASKED_EVERY_MS); // callers that need the database see that it is gone
  timer.unref();
  return async () => clearInterval(timer);
}
