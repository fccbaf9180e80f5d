// A call whose work goes on in the background: it is followed to its end, and a job that fails is told as a failure.

import type { Session } from "./connection.ts";
import { EXIT } from "./exits.ts";
import { openBar } from "./progress-bar.ts";

/** Answers the exit code. */
export async function followJob(session: Session, answer: unknown, waits: boolean) {
  const id = jobIn(answer);
  if (id === null) return EXIT.done;
  if (!waits) {
    session.complain(`Running in the background. See: cadenza jobs get ${id}`);
    return EXIT.done;
  }
  const { waitForJob } = await import("@cadenza/sdk");
  const bar = openBar();
  const job = await waitForJob(await session.api(), id, {
    timeoutMs: Number.MAX_SAFE_INTEGER,
    onProgress: ({ done, total }) => bar.show(done, total, "done"),
  }).finally(() => bar.end());
  const counts = Object.entries(job.counts).map(([outcome, count]) => `${count} ${outcome}`);
  if (job.status === "done") {
    session.complain(`${job.name}: done. ${counts.join(", ")}`.trim());
    return EXIT.done;
  }
  session.complain(`${job.name}: ${job.status}. ${job.error ?? ""} ${counts.join(", ")}`.trim());
  return EXIT.notAll;
}

function jobIn(answer: unknown) {
  const { entity_progress_job: job, job_id } = (answer ?? {}) as {
    entity_progress_job?: { id: string };
    job_id?: string | null;
  };
  return job?.id ?? job_id ?? null;
}
