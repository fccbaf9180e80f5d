// Long work whose turn never comes, because it was never put in the queue.

import { insertProgress } from "../features/progress/store.ts";
import { newId } from "../ids.ts";
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
