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
    .describe("Cadenza's own: all task ids, if you named several contacts"),
});

const note = fields.text(100_000).nullish();

const wish = {
  user_id: fields.id.optional().describe("User who does the task; default: the caller"),
  creator_id: fields.id.optional(),
  account_id: fields.id.optional(),
  opportunity_id: fields.id.optional(),
  type: typeInput.optional(),
  status: status.optional(),
  priority: priority.optional(),
  due_at: fields.moment.optional().describe("UTC unless you give an offset; default: now"),
  title: fields.text(1000).optional().describe("Default: made from type and contact"),
  note,
  standalone_outreach_task_message: messageInput.nullish(),
};

export const single = { ...wish, contact_id: fields.id.optional() };
const shown = z.strictObject({ task: taskShown });
export const deleted = z.strictObject({ id: fields.id, deleted: z.literal(true) });
const ids = z.array(fields.id).max(1000).optional();

export const tasks = {
  create: endpoint({
    method: "POST",
    path: "/tasks",
    scope: "tasks/create",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Create a task for a contact, an account or a deal",
    description:
      "With several contacts, each gets a task: `task` is the first, and its `task_ids` lists all. An `outreach_manual_email` starts with a draft in `emailer_message`.",
    input: z.object({
      ...single,
      contact_ids: z
        .array(fields.id)
        .max(100)
        .optional()
        .describe("Contacts of the task, as some clients send them"),
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
    summary: "Create several tasks",
    description: "One per contact, or the listed tasks. Either all are created or none.",
    input: z.object({
      ...wish,
      contact_ids: ids,
      tasks_attributes: z
        .array(z.object(single))
        .max(1000)
        .optional()
        .describe("Tasks, as Apollo's command line sends them"),
      tasks: z
        .array(z.object(single))
        .max(1000)
        .optional()
        .describe("Tasks, as Apollo's n8n node sends them"),
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
    summary: "Show a task",
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
    summary: "Update a task",
    description:
      "For a scheduled task, a missing `priority` means medium and a missing `creator_id` means the caller. For a completed or skipped task, only `note`, `priority` and `contact_id` can change.",
    ifMatch: { record: taskShown, shows: { priority_cd: "priority" } },
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
    summary: "Complete a task",
    input: z.object({ id: fields.id, note }),
    output: z.strictObject({
      task: z.union([taskShown, deleted]),
      contact: contactBeside.nullable().optional().describe("The contact of the task"),
    }),
  }),

  skip: endpoint({
    method: "POST",
    path: "/tasks/{id}/skip",
    scope: "tasks/skip",
    oauth: "tasks_create",
    access: "scoped",
    effect: "write",
    summary: "Skip a task",
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
