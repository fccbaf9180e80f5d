// Long work, lookups and pauses whose job is gone, by a restore or since all its tries have failed: the row still says that they
// are to be done, so they are put into the queue anew.

import type { App } from "../../app.ts";
import type { QueueName } from "../../db/jobs.ts";
import { withoutJob } from "../../db/lost-jobs.ts";
import { listOpenRequests } from "../../features/prospecting/enrichment/store.ts";
import { pausesToSeeTo } from "../../features/sending/links/store.ts";
import { reviveStalled } from "./run-progress.ts";

const AT_ONCE = 500;

/** `after`: for how long nothing must have happened. Harmless for what is under way. */
export async function revive(app: App, teamId: string, after: Temporal.DurationLike) {
  const now = app.now();
  const before = now.subtract(after);
  const stalled = await reviveStalled(app, teamId, after);
  const lookups = await app.db.inTeam(teamId, (db) => listOpenRequests(db, teamId, before, now, AT_ONCE));
  const pauses = await app.db.inTeam(teamId, (db) => pausesToSeeTo(db, teamId, before, now, AT_ONCE));
  return (
    stalled +
    (await putBack(app, teamId, "enrichment-request", "requestId", lookups)) +
    (await putBack(app, teamId, "pause-newcomers", "messageId", pauses))
  );
}

async function putBack(app: App, teamId: string, queue: QueueName, key: string, ids: readonly string[]) {
  if (ids.length === 0) return 0;
  return app.db.inTeam(teamId, async (db) => {
    const lost = await withoutJob(db, queue, key, ids);
    for (const id of lost) await app.jobs.enqueue(db, queue, { teamId, [key]: id });
    return lost.length;
  });
}
