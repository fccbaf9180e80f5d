// How long to wait after the nth failure. `chance` is from 0 to 1 and spreads the waits, so that what
// failed together does not come back together.

/** After the first attempt, the second, and so on: ten attempts over 75 hours, as Standard Webhooks advises. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WEBHOOK_WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

const JITTER = 0.1;

type WebhookVerdict =
  | { is: "delivered" }
  /** The receiver says that it will never be there again. */
  | { is: "gone" }
  | { is: "retry"; afterMs: number }
  | { is: "given_up" };

/** What follows from an attempt. `status` is null where no answer came. */
export function judgeAttempt(attempt: number, status: number | null, chance: number): WebhookVerdict {
  if (status !== null && status >= 200 && status < 300) return { is: "delivered" };
  if (status === 410) return { is: "gone" };
  const waitMs = WEBHOOK_WAITS_MS[attempt - 1];
  if (waitMs === undefined) return { is: "given_up" };
  return { is: "retry", afterMs: Math.round(waitMs * (1 - JITTER + 2 * JITTER * chance)) };
}

const MOST_PUSH_FAILURES = 20;
const FIRST_PUSH_WAIT_MS = 30 * SECOND;

type PushVerdict =
  | { is: "delivered" }
  | { is: "gone" }
  | { is: "given_up" }
  | { is: "retry"; afterMs: number };

/** What follows from a call to a push service. `failures` since the last delivery, with this one; `asked` is its Retry-After. */
export function judgePush(
  { status, asked }: { status: number | null; asked: string | null },
  failures: number,
  now: Temporal.Instant,
): PushVerdict {
  if (status !== null && status >= 200 && status < 300) return { is: "delivered" };
  if (status === 404 || status === 410) return { is: "gone" };
  if (failures >= MOST_PUSH_FAILURES) return { is: "given_up" };
  const ownMs = Math.min(FIRST_PUSH_WAIT_MS * 2 ** (failures - 1), 6 * HOUR);
  return { is: "retry", afterMs: Math.max(ownMs, Math.min(readRetryAfter(asked, now) ?? 0, 24 * HOUR)) };
}

/** How long a Retry-After asks to wait, in seconds or until a date; null where it asks for no time to come. */
function readRetryAfter(said: string | null, now: Temporal.Instant): number | null {
  const text = said?.trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now.epochMilliseconds;
  return ms > 0 ? ms : null;
}

const USUAL_PEACE_MS = MINUTE;
const LONGEST_PEACE_MS = HOUR;

/** For how long a server asked to be left in peace, or null. */
export function peaceAsked(status: number, retryAfter: string | null, now: Temporal.Instant): number | null {
  if (status !== 429 && status !== 503) return null;
  return Math.min(readRetryAfter(retryAfter, now) ?? USUAL_PEACE_MS, LONGEST_PEACE_MS);
}
