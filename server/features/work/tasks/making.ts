import { type By, record } from "../../events/events/store.ts";
import { insertTasks, type TaskValues } from "./store.ts";

/** Tasks of no step of a sequence: written down and told, all in one statement each. */
export async function makeTasks(by: By, tasks: readonly TaskValues[]) {
  if (tasks.length === 0) return;
  await insertTasks(by.db, by.teamId, tasks, by.now);
  await record(
    by,
    ...tasks.map(({ id, type, contactId }) => ({
      type: "task.created" as const,
      subject: { type: "task" as const, id },
      data: { type, contact_id: contactId },
    })),
  );
}
