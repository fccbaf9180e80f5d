// When a language model is asked again after it failed. A model that asks us to wait is not asked meanwhile. Neither is
// one that fails five times in a row, and each further failure makes that longer.

const PEACE_MS = 60_000;
const FAILURES_IN_A_ROW = 5;
const MOST_ASKS = 5;

/** Only where the model cannot have answered, so that nothing is paid for twice; otherwise a user is asked. */
export function asksAgain(failure: { error: string; retryAfterMs: number | null }, asks: number) {
  return asks < MOST_ASKS && (failure.retryAfterMs !== null || failure.error === "name_not_found");
}

export type ModelHealth = {
  failures: number;
  pausedUntil: Temporal.Instant | null;
  lastError: string | null;
};

export function modelHealthAfter(
  before: Pick<ModelHealth, "failures">,
  failure: { error: string; retryAfterMs: number | null } | null,
  now: Temporal.Instant,
): ModelHealth {
  if (failure === null) return { failures: 0, pausedUntil: null, lastError: null };
  const failures = before.failures + 1;
  const tired = failures >= FAILURES_IN_A_ROW ? PEACE_MS * Math.min(60, failures - FAILURES_IN_A_ROW + 1) : 0;
  const peaceMs = Math.max(tired, failure.retryAfterMs ?? 0);
  const pausedUntil = peaceMs > 0 ? now.add({ milliseconds: Math.ceil(peaceMs) }) : null;
  return { failures, pausedUntil, lastError: failure.error };
}

/** When to retry a question that was not answered. */
export function againAt({ retryAfterMs }: { retryAfterMs: number | null }, now: Temporal.Instant) {
  return now.add({ milliseconds: Math.ceil(retryAfterMs ?? PEACE_MS) });
}
