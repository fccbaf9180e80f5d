// A task that was done by mistake.

import { z } from "zod";
import { taskShown } from "../apollo/task.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const taskChanges = {
  bulkSkip: endpoint({
    method: "POST",
    path: "/tasks/bulk_skip",
    scope: "tasks/bulk_skip",
    access: "scoped",
    effect: "write",
    summary: "Skip several tasks",
    description: "Tasks that cannot be skipped are left; the others are skipped.",
    input: z.object({
      ids: z.array(fields.id).min(1, "must not be empty").max(1000),
      note: fields.text(100_000).nullish(),
      on_task_page: fields.flag.optional(),
      async: fields.flag.optional().describe("Accepted without effect: the work is done before the answer"),
    }),
    output: z.strictObject({
      success: z.boolean().describe("True if all tasks are skipped"),
      task_ids: z.array(fields.id).describe("Tasks that are skipped"),
      left: fields.left,
    }),
  }),

  reopen: endpoint({
    method: "POST",
    path: "/tasks/{id}/reopen",
    scope: "tasks/reopen",
    access: "scoped",
    effect: "write",
    summary: "Reopen a completed or skipped task",
    description:
      "The contact returns to this step of the sequence. Refused if the contact was moved since, or an email of a later step was sent.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ task: taskShown }),
  }),
};
