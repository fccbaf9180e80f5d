// Long work whose turn never comes, because it was never put in the queue.

import { finishProgress, insertProgress } from "../features/events/progress/store.ts";
import { newId } from "../kernel/ids.ts";
import type { World } from "./world.ts";

export function waitingWork(
  { running }: Pick<World, "running">,
  { teamId, userId, jobType = "waiting" }: { teamId: string; userId: string; jobType?: string },
) {
  const { db, now } = running.app;
  const wish = {
    jobType,
    entityIds: [newId()],
    params: {},
    instructions: {},
    batchSize: 1,
    resultPath: null,
    total: 1,
  };
  return db.inTeam(teamId, (open) => insertProgress(open, teamId, { ...wish, id: newId(), userId }, now()));
}

/** Long work that failed for good. */
export async function failedWork(
  world: Pick<World, "running">,
  whose: { id: string; owner: { id: string } },
) {
  const work = await waitingWork(world, { teamId: whose.id, userId: whose.owner.id });
  const { db, now } = world.running.app;
  const end = { status: "failed", error: "It failed.", leftover: "not_done" } as const;
  await db.inTeam(whose.id, (open) => finishProgress(open, whose.id, work.id, end, now()));
  return work;
}
