// What users do in a trial run: each task is completed when it is due, as the forecast assumes.

import type { App } from "../../app.ts";
import { finishTask } from "../../features/desk/tasks/commands.ts";
import { nextTaskAt, openTasks } from "../../features/insight/trial-runs/outcome-store.ts";
import type { Besides } from "../../sandbox-time.ts";
import { actFor } from "../running/act-for.ts";

/** In one transaction: what a commit costs is shared. */
const AT_ONCE = 50;

export function doingTasks(app: App, { teamId }: { teamId: string }): Besides {
  const leftUndone = new Set<string>();

  const finish = (userId: string, ids: readonly string[]) =>
    actFor(app, { teamId, userId, cause: "trial_run", evenIfLeft: true }, async (act) => {
      for (const id of ids) await finishTask(act, id, "completed", undefined);
    });

  async function finishOne(userId: string, id: string) {
    await finish(userId, [id]).catch((error: unknown) => {
      app.log.warn({ err: error, task: id }, "a task of a trial run stays open");
      leftUndone.add(id);
    });
  }

  async function finishSome(userId: string, ids: readonly string[]) {
    try {
      await finish(userId, ids);
    } catch {
      for (const id of ids) await finishOne(userId, id); // one of them cannot be completed
    }
  }

  return async () => {
    const now = app.now();
    const due = await app.db.inTeam(teamId, (db) => openTasks(db, teamId, now, [...leftUndone]));
    for (const { userId, ids } of due)
      for (let from = 0; from < ids.length; from += AT_ONCE)
        await finishSome(userId, ids.slice(from, from + AT_ONCE));
    const did = due.reduce((sum, { ids }) => sum + ids.length, 0);
    return { did, next: did > 0 ? null : await app.db.inTeam(teamId, (db) => nextTaskAt(db, teamId, now)) };
  };
}
