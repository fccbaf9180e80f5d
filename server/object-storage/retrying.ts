// A call that failed for a moment is made again a few times, after the wait that the storage asks for, if it asks for one. What fails
// for longer fails the whole copy, which is tried again later.

import { StorageFailure } from "./storage-failure.ts";

const WAITS_MS = [1_000, 5_000, 20_000];
const LONGEST_WAIT_MS = 60_000;

export type Pause = (ms: number, stopping?: AbortSignal) => Promise<unknown>;

export async function patiently<T>(call: () => Promise<T>, pause: Pause, stopping?: AbortSignal): Promise<T> {
  for (const usual of WAITS_MS) {
    try {
      stopping?.throwIfAborted();
      return await call();
    } catch (error) {
      if (!(error instanceof StorageFailure) || !error.isPassing) throw error;
      await pause(waitAsked(error.retryAfter) ?? usual, stopping);
    }
  }
  stopping?.throwIfAborted();
  return call();
}

/** In seconds, as storages say it. A date is passed over: the usual wait does. */
function waitAsked(retryAfter: string | null) {
  if (retryAfter === null || !/^\d{1,6}$/.test(retryAfter)) return null;
  return Math.min(Number(retryAfter) * 1000, LONGEST_WAIT_MS);
}
