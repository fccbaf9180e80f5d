import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { contactBeside } from "./contact.ts";
import { messageInput, priority, status, taskListed, taskShown, typeInput } from "./task.ts";
import { searchTasks } from "./task-search.ts";

const madeTask = z.strictObject({
  ...taskListed.shape,
  emailer_message: z.strictObject({ id: fields.id, subject: z.string().nullable() }).optional(),
  task_ids: z
    .array(fields.id)
    .optional()
    .describe("Cadenza's own: where one was made for each of several contacts"),
});

const note = fields.text(100_000).nullish();

const wish = {
  user_id: fields.id.optional().describe("Who is to do it; the caller unless said"),
  creator_id: fields.id.optional(),
  account_id: fields.id.optional(),
  opportunity_id: fields.id.optional(),
  type: typeInput.optional(),
  status: status.optional(),
  priority: priority.optional(),
  due_at: fields.moment.optional().describe("UTC unless an offset is given; without it, now"),
  title: fields.text(1000).optional().describe("Made from type and contact where it is left out"),
  note,
  standalone_outreach_task_message: messageInput.nullish(),
};

const single = { ...wish, contact_id: fields.id.optional() };
const shown = z.strictObject({ task: taskShown });
const deleted = z.strictObject({ id: fields.id, deleted: z.literal(true) });
const ids = z.array(fields.id).max(1000).optional();

export const tasks = {
  create: endpoint({
    method: "POST",
    path: "/tasks",
    scope: "tasks/create",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Creates a task for a contact, an account or a deal",
    description:
      "With several contacts one for each of them: `task` is the first, and its `task_ids` are all. An `outreach_manual_email` of one's own " +
      "begins with a mail, a draft in `emailer_message`.",
    input: z.object({
      ...single,
      contact_ids: z
        .array(fields.id)
        .max(100)
        .optional()
        .describe("As published clients name whom it is about"),
    }),
    output: z.strictObject({ task: madeTask }),
  }),

  bulkCreate: endpoint({
    method: "POST",
    path: "/tasks/bulk_create",
    scope: "tasks/bulk_create",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Creates one task per contact, or the tasks listed: all of them or none",
    input: z.object({
      ...wish,
      contact_ids: ids,
      tasks_attributes: z
        .array(z.object(single))
        .max(1000)
        .optional()
        .describe("As Apollo's command line sends them"),
      tasks: z.array(z.object(single)).max(1000).optional().describe("As Apollo's n8n node sends them"),
    }),
    output: z.strictObject({ success: z.literal(true), tasks: z.array(taskListed) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/tasks/{id}",
    scope: "tasks/show",
    oauth: "tasks_list",
    access: "scoped",
    effect: "read",
    summary: "Shows a task",
    input: z.object({ id: fields.id }),
    output: shown,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/tasks/{id}",
    scope: "tasks/update",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Changes a task",
    description:
      "On a scheduled task, leaving out `priority` sets it back to medium, and leaving out `creator_id` sets it to the " +
      "caller. Of a completed or skipped one, only `note`, `priority` and `contact_id` change.",
    input: z.object({
      id: fields.id,
      user_id: fields.id.optional(),
      creator_id: fields.id.optional(),
      contact_id: fields.id.optional(),
      type: typeInput.optional(),
      status: status.optional(),
      priority: priority.optional(),
      priority_cd: priority.optional(),
      due_at: fields.moment.optional(),
      title: fields.text(1000).optional(),
      note,
      call_script: fields.text(100_000).nullish(),
      relevant_fields: z.array(fields.text(200)).max(200).optional(),
      standalone_outreach_task_message: messageInput.nullish(),
    }),
    output: shown,
  }),

  complete: endpoint({
    method: "POST",
    path: "/tasks/{id}/complete",
    scope: "tasks/complete",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Marks a task as done",
    input: z.object({ id: fields.id, note }),
    output: z.strictObject({
      task: z.union([taskShown, deleted]),
      contact: contactBeside.nullable().optional().describe("Whom it was about, once more"),
    }),
  }),

  skip: endpoint({
    method: "POST",
    path: "/tasks/{id}/skip",
    scope: "tasks/skip",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Skips a task",
    input: z.object({ id: fields.id, note, on_task_page: fields.flag.optional() }),
    output: z.strictObject({
      task: z.union([
        z.strictObject({
          id: fields.id,
          status: z.literal("skipped"),
          note: z.string().nullable(),
          completed: z.literal(false),
        }),
        deleted,
      ]),
    }),
  }),

  search: searchTasks,
};
