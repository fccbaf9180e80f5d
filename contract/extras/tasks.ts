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
    summary: "Skips several tasks; one that cannot be skipped stays, and stops none of the others",
    input: z.object({
      ids: z.array(fields.id).min(1, "must not be empty").max(1000),
      note: fields.text(100_000).nullish(),
      on_task_page: fields.flag.optional(),
      async: fields.flag.optional().describe("Accepted: it is done when it is answered"),
    }),
    output: z.strictObject({
      success: z.boolean().describe("Whether all of them are skipped"),
      task_ids: z.array(fields.id).describe("Those that are"),
      left: fields.left,
    }),
  }),

  reopen: endpoint({
    method: "POST",
    path: "/tasks/{id}/reopen",
    scope: "tasks/reopen",
    access: "scoped",
    effect: "write",
    summary: "Opens a task again that was done or skipped by mistake",
    description:
      "Whoever it was about stands at its step of the sequence again. Refused where they have been moved since, or a mail of a " +
      "later step is out.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ task: taskShown }),
  }),
};
