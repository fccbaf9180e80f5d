// What happens without a caller. Work that comes by the row will be a list to go round; what there is
// so far comes by the clock, as jobs that one process of all picks up.

import type { App } from "../app.ts";
import { crashPoint } from "../seams.ts";
import { runProgress } from "./run-progress.ts";
import { sweep } from "./sweep.ts";

export async function startEngine(app: App) {
  await app.jobs.work("sweep", async () => {
    await crashPoint("job-before-work");
    const swept = await sweep(app);
    await crashPoint("job-after-work");
    app.log.info({ swept }, "swept");
  });
  await app.jobs.work(
    "progress",
    (data, signal) => runProgress(app, data as { teamId: string; progressId: string }, signal),
    { atOnce: 2 },
  );
  await app.jobs.schedule("sweep", "17 * * * *");
}
