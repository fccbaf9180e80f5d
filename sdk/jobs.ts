// Work that goes on after its answer: waited for, and told how far it is.

import type { Client, Output } from "./client.ts";
import { Unreached } from "./errors.ts";
import { waitFor } from "./retrying.ts";

export type Job = Output<"progress", "get">["entity_progress_job"];

export type Waiting = {
  /** Told of every look that finds it further. */
  onProgress?: (job: Job) => void;
  signal?: AbortSignal;
  /** Ten minutes unless said. The job goes on all the same. */
  timeoutMs?: number;
};

const FIRST_LOOK_MS = 100;
const SELDOMEST_LOOK_MS = 2_000;

/** Answers the job once it has ended, well or not: see `status` and `error`. */
export async function waitForJob(
  api: Pick<Client, "progress">,
  id: string,
  { onProgress, signal, timeoutMs = 600_000 }: Waiting = {},
): Promise<Job> {
  const until = performance.now() + timeoutMs;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 1.5, SELDOMEST_LOOK_MS)) {
    const { entity_progress_job: job } = await api.progress.get({ id }, signal && { signal });
    onProgress?.(job);
    if (hasEnded(job)) return job;
    if (performance.now() + pause > until)
      throw new Unreached(
        "timed_out",
        `The job ${id} is still ${job.status}: ${job.done} of ${job.total} are done.`,
      );
    await waitFor(pause, signal);
  }
}

export function hasEnded({ status }: Pick<Job, "status">) {
  return status === "done" || status === "failed" || status === "cancelled";
}
