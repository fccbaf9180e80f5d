// Several tasks at once, a task that was done by mistake, and how many LinkedIn tasks a user has today.

import { z } from "zod";
import { priority, taskShown, taskType } from "../apollo/task.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const many = z.array(fields.id).min(1, "must not be empty").max(1000);
const changed = z.strictObject({
  success: z.boolean().describe("True if all tasks are changed"),
  task_ids: z.array(fields.id).describe("Tasks that are changed"),
  left: fields.left,
});

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
      ids: many,
      note: fields.text(100_000).nullish(),
      on_task_page: fields.flag.optional(),
      async: fields.flag.optional().describe("Accepted without effect: the work is done before the answer"),
    }),
    output: changed,
  }),

  bulkComplete: endpoint({
    method: "POST",
    path: "/tasks/bulk_complete",
    scope: "tasks/bulk_complete",
    access: "scoped",
    effect: "write",
    summary: "Complete several tasks",
    description: "Tasks that cannot be completed are left; the others are completed.",
    input: z.object({ ids: many }),
    output: changed,
  }),

  bulkReopen: endpoint({
    method: "POST",
    path: "/tasks/bulk_reopen",
    scope: "tasks/bulk_reopen",
    access: "scoped",
    effect: "write",
    summary: "Reopen several completed or skipped tasks",
    description:
      "The contacts return to these steps of their sequences. Tasks that cannot be reopened are left.",
    input: z.object({ ids: many }),
    output: changed,
  }),

  bulkUpdate: endpoint({
    method: "POST",
    path: "/tasks/bulk_update",
    scope: "tasks/bulk_update",
    access: "scoped",
    effect: "write",
    summary: "Postpone or reassign several tasks",
    description: "What is left out stays as it is. Only open tasks are changed; the others are left.",
    input: z.object({
      ids: many,
      due_at: fields.moment.optional(),
      user_id: fields.id.optional(),
      priority: priority.optional(),
    }),
    output: changed,
  }),

  dailyLimits: endpoint({
    method: "GET",
    path: "/tasks/daily_limits",
    scope: "tasks/daily_limits",
    access: "scoped",
    effect: "read",
    summary: "Show a user's LinkedIn tasks of today and their limits",
    input: z.object({ user_id: fields.id.optional().describe("Default: the caller") }),
    output: z.strictObject({
      daily_limits: z.array(
        z.strictObject({
          type: taskType,
          limit: z.int(),
          done: z.int(),
          open: z.int().describe("Due today or earlier"),
        }),
      ),
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
