// What users do in a trial run: each task is completed and each manual email is sent when it is due, as the forecast assumes. What is
// refused, because a mailbox has reached its limit for example, is tried again later.

import type { App } from "../../app.ts";
import { sendNow } from "../../features/desk/drafts/sending.ts";
import { finishTask } from "../../features/desk/tasks/commands.ts";
import { type DueTask, dueTasks, nextTaskAt } from "../../features/insight/trial-runs/outcome-store.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { Besides } from "../../sandbox-time.ts";
import { actFor } from "../running/act-for.ts";

/** In one transaction: what a commit costs is shared. */
const AT_ONCE = 50;
const FIRST_HOURS = 1;
const MOST_HOURS = 24;
const AS_DRAFTED = { mailboxId: undefined, sendFrom: null, touchReason: null };

type Later = { at: Temporal.Instant; hours: number };

export function doingTasks(app: App, { teamId }: { teamId: string }): Besides {
  const later = new Map<string, Later>();

  const finish = (userId: string, tasks: readonly DueTask[]) =>
    actFor(app, { teamId, userId, cause: "trial_run", evenIfLeft: true }, async (act) => {
      for (const { id, draftId } of tasks)
        if (draftId) await sendNow(act, draftId, AS_DRAFTED);
        else await finishTask(act, id, "completed", undefined);
    });

  async function finishOne(task: DueTask) {
    try {
      await finish(task.userId, [task]);
      later.delete(task.id);
    } catch (error) {
      if (!(error instanceof Refusal))
        app.log.warn({ err: error, task: task.id }, "a task of a trial run stays open");
      const hours = Math.min((later.get(task.id)?.hours ?? FIRST_HOURS / 2) * 2, MOST_HOURS);
      later.set(task.id, { at: app.now().add({ hours }), hours });
    }
  }

  async function finishSome(userId: string, tasks: readonly DueTask[]) {
    try {
      await finish(userId, tasks);
    } catch {
      for (const task of tasks) await finishOne(task); // one of them cannot be completed now
    }
  }

  const waiting = (now: Temporal.Instant) =>
    [...later].filter(([, { at }]) => Temporal.Instant.compare(at, now) > 0);

  return async () => {
    const now = app.now();
    const besides = waiting(now).map(([id]) => id);
    const due = await app.db.inTeam(teamId, (db) => dueTasks(db, teamId, now, besides));
    for (const [userId, tasks] of Map.groupBy(due, (task) => task.userId))
      for (let from = 0; from < tasks.length; from += AT_ONCE)
        await finishSome(userId, tasks.slice(from, from + AT_ONCE));
    if (due.length > 0) return { did: due.length, next: null };
    const next = await app.db.inTeam(teamId, (db) => nextTaskAt(db, teamId, now));
    const again = waiting(now).map(([, { at }]) => at);
    const [first = null] = [...again, ...(next ? [next] : [])].sort(Temporal.Instant.compare);
    return { did: 0, next: first };
  };
}
