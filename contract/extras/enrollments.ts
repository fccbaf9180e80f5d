// Who is in a sequence: found, looked at one by one, and managed by a filter as well as by name. None of it is Apollo's.

import { z } from "zod";
import { contactCampaignStatus } from "../apollo/contact.ts";
import { contactIds, inBackground, managedOrStarted } from "../apollo/enrollments.ts";
import { contactStatuses } from "../apollo/sequence.ts";
import { task } from "../apollo/task.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { event } from "./events.ts";

const status = z.enum(["active", "paused", "finished", "failed"]);

/** Whom in a sequence a call is about. An empty list says nothing in a search, and is refused in a change. */
const filter = {
  contact_ids: contactIds.optional(),
  statuses: z.array(status).max(10).optional(),
  reasons: z
    .array(fields.text(200))
    .max(50)
    .optional()
    .describe("Exact values of `inactive_reason` or `failure_reason`"),
  emailer_step_ids: z.array(fields.id).max(200).optional().describe("Steps the contacts are at, or ended at"),
  email_account_ids: z.array(fields.id).max(1000).optional(),
  due_before: fields.moment.optional().describe("The current step is due before this time"),
  views: z
    .array(z.enum(["bounced", "hard_bounced", "spam_blocked", "not_sent"]))
    .max(4)
    .optional()
    .describe("A contact must match one of them; same meaning as in `contact_statuses`"),
  q_keywords: fields
    .text(200)
    .optional()
    .describe("Words in the contact's name, title, company or email address"),
};

const selection = {
  id: fields.id,
  ...filter,
  all: fields.flag.default(false).describe("True selects all contacts in the sequence"),
  async: inBackground,
};

const whom =
  "Choose contacts by `contact_ids`, by the search filters, by both, or with `all`. A call that names no contact is refused.";

export const enrollment = z.strictObject({
  ...contactCampaignStatus.shape,
  contact_id: fields.id,
  contact: z.strictObject({
    id: fields.id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    organization_name: z.string().nullable(),
    account_id: fields.id.nullable(),
  }),
  emailer_campaign_name: z.string(),
  earlier_version_id: fields.id
    .nullable()
    .describe(
      "The earlier version this contact finishes on, if the sequence was edited for new contacts only",
    ),
  due_at: fields.stamp.nullable().describe("When the current step is due"),
  failed_at: fields.stamp.nullable(),
  updated_at: fields.stamp,
  current_problem: z
    .string()
    .nullable()
    .describe("Why the contact is on hold now; null once a failure is resolved"),
});

const mail = z.strictObject({
  id: fields.id,
  emailer_step_id: fields.id.nullable(),
  emailer_touch_id: fields.id.nullable(),
  type: z.string(),
  status: z.string(),
  subject: z.string().nullable(),
  to_email: z.string().nullable(),
  due_at: fields.stamp.nullable(),
  completed_at: fields.stamp.nullable(),
  failed_at: fields.stamp.nullable(),
  failure_reason: z.string().nullable(),
  not_sent_reason: z.string().nullable(),
});

export const enrollmentExtras = {
  pause: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/pause_contact_ids",
    scope: "emailer_campaigns/pause_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Pause contacts in a sequence",
    description: `${whom} Contacts already paused get the new date. Contacts in an inactive sequence stay paused when it is activated.`,
    input: z.object({
      ...selection,
      auto_unpause_at: fields.moment.nullish().describe("Resume automatically at this time; null: never"),
      reason: fields.text(200).nullish().describe("Saved as `inactive_reason`"),
    }),
    output: managedOrStarted,
  }),

  resume: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/resume_contact_ids",
    scope: "emailer_campaigns/resume_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Resume paused contacts in a sequence",
    description: `${whom} Their remaining wait time is kept. In an inactive sequence they resume when it is activated.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  retry: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/retry_contact_ids",
    scope: "emailer_campaigns/retry_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Retry the failed step of contacts",
    description: `${whom} The cause of the failure must be fixed, where this can be checked.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  restart: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/restart_contact_ids",
    scope: "emailer_campaigns/restart_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Restart contacts at step one",
    description: `${whom} The old enrollment is removed. The new one uses the same mailbox.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  finish: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/finish_contact_ids",
    scope: "emailer_campaigns/finish_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Mark contacts in a sequence as finished",
    description: `${whom} Their history stays. Same as remove_or_stop_contact_ids with the mode \`mark_as_finished\`.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  remove: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/remove_contact_ids",
    scope: "emailer_campaigns/remove_contact_ids_of_one",
    access: "scoped",
    effect: "write",
    summary: "Remove contacts from a sequence",
    description: `${whom} They can be added again. Same as remove_or_stop_contact_ids with the mode \`remove\`.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  counts: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/contact_counts",
    scope: "emailer_campaigns/contact_counts",
    access: "scoped",
    effect: "read",
    summary: "Count the contacts of a sequence by status and reason",
    description:
      "active, paused, finished and failed add up to num_contacts. The other four count by last email or reason and may overlap.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      num_contacts: z.int(),
      contact_statuses: contactStatuses,
      reasons: z
        .array(z.strictObject({ status, reason: z.string(), says: z.string(), count: z.int() }))
        .describe("By `inactive_reason`, or `failure_reason` for failed contacts; highest count first"),
    }),
  }),

  move: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/move_contact_ids",
    scope: "emailer_campaigns/move_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Change the mailbox of contacts in a sequence",
    description: `${whom} Their next email starts a new thread.`,
    input: z.object({
      ...selection,
      send_email_from_email_account_id: fields.id,
      send_email_from_email_address: fields.text(254).nullish().describe("An alias of that mailbox"),
    }),
    output: managedOrStarted,
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/contact_campaign_statuses/search",
    scope: "contact_campaign_statuses/search",
    access: "scoped",
    effect: "read",
    summary: "Search contacts in sequences",
    description:
      "Pages reach the first 50,000. To get all, send `next_cursor` back as `cursor`, or ask with `Accept: text/csv` for all as a file.",
    alsoCsv: true,
    input: z.object({
      emailer_campaign_ids: z.array(fields.id).max(1000).optional(),
      ...filter,
      sort_by_field: fields
        .text(100)
        .optional()
        .describe(
          "`added_at`, `due_at`, `updated_at`, `status`, `step`, `name`, `email`, `title`, `organization_name` or `send_from`",
        ),
      sort_ascending: fields.flag.optional(),
      ...fields.paging,
      cursor: fields.text(500).optional(),
      csv_columns: fields.csvColumns,
    }),
    output: z.strictObject({
      contact_campaign_statuses: z.array(enrollment),
      pagination: fields.paginationOn,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/contact_campaign_statuses/{id}",
    scope: "contact_campaign_statuses/show",
    access: "scoped",
    effect: "read",
    summary: "Show one contact in one sequence",
    description: "Includes emails, tasks and events.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      contact_campaign_status: enrollment,
      emailer_messages: z.array(mail),
      tasks: z.array(task),
      events: z.array(event).describe("Newest first"),
    }),
  }),
};
