// Reopens tasks that were withdrawn when a contact left a step, where that is undone. The engine looks at active
// contacts, and opens their tasks again. It doesn't look at paused ones, though pausing leaves a task open.

import { type By, record } from "../../events/events/store.ts";
import { reopenWithdrawn } from "./store.ts";

/** Of those who are paused again: what was withdrawn since then. */
export async function giveBackTasks(by: By, enrollmentIds: readonly string[], since: Temporal.Instant) {
  if (enrollmentIds.length === 0) return;
  const tasks = await reopenWithdrawn(by.db, by.teamId, enrollmentIds, since, by.now);
  if (tasks.length === 0) return;
  await record(
    by,
    ...tasks.map(({ id, type, contactId, sequenceId }) => ({
      type: "task.reopened" as const,
      subject: { type: "task" as const, id },
      data: { type, contact_id: contactId, sequence_id: sequenceId, reason: "undone" },
    })),
  );
}
