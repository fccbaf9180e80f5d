// Whether a call that failed is made once more, and after how long.
//
// What is easy to get wrong: a write whose answer was lost may have happened. It is sent again only where the server
// keeps the key that makes the second one harmless. And an hour's limit is not waited for: that is the caller's to decide.

import { Refused } from "./errors.ts";

export type Patience = {
  /** How often a call is made once more; 3 unless said. */
  retries: number;
  /** The first wait; each further one is twice as long. */
  backOffMs: number;
  /** The longest that is waited at once, also where the server asks for more. */
  longestWaitMs: number;
};

export type Sending = { writes: boolean; isKept: boolean };

/** How long to wait before the next try; null when there is no next try. */
export function waitBefore(
  failure: Refused | "lost",
  triesMade: number,
  { writes, isKept }: Sending,
  patience: Patience,
  chance: number,
): number | null {
  if (triesMade > patience.retries) return null;
  if (writes && !isKept && !(failure instanceof Refused && failure.status === 429)) return null;
  const ownMs =
    Math.min(patience.backOffMs * 2 ** (triesMade - 1), patience.longestWaitMs) * (0.5 + chance / 2);
  if (!(failure instanceof Refused)) return ownMs;
  if (!isPassing(failure)) return null;
  const { retryAfterMs } = failure;
  if (retryAfterMs === null) return ownMs;
  return retryAfterMs > patience.longestWaitMs ? null : Math.max(retryAfterMs, ownMs);
}

/** Our own first try may still be at work behind a connection that broke. */
function isPassing({ status, code }: Refused) {
  return status === 429 || status >= 500 || (status === 409 && code === "idempotency_in_progress");
}

export function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const give = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", give);
      resolve();
    }, ms);
    signal?.addEventListener("abort", give, { once: true });
  });
}

// Not randomUUID: browsers keep that for https.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sdk-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
