// Who is in a sequence: found, looked at one by one, and managed by a filter as well as by name. None of it is Apollo's.

import { z } from "zod";
import { contactCampaignStatus } from "../apollo/contact.ts";
import { contactIds, inBackground, managedOrStarted } from "../apollo/enrollments.ts";
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
    .describe("Of inactive_reason or failure_reason, to the letter"),
  emailer_step_ids: z.array(fields.id).max(200).optional().describe("Where they are, or ended"),
  email_account_ids: z.array(fields.id).max(1000).optional(),
  due_before: fields.moment.optional().describe("Their current step falls due before this"),
  views: z
    .array(z.enum(["bounced", "hard_bounced", "spam_blocked", "not_sent"]))
    .max(4)
    .optional()
    .describe("One of these holds; as they are counted in contact_statuses"),
  q_keywords: fields.text(200).optional().describe("Words of the contact's name, title, company or address"),
};

const selection = {
  id: fields.id,
  ...filter,
  all: fields.flag.default(false).describe("Everybody in the sequence"),
  async: inBackground,
};

const whom =
  "By contact_ids, by the filter of the search, by both, or `all`; a call that names nobody is refused.";

const enrollment = z.strictObject({
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
      "Where the sequence was edited for newcomers alone, the version that they go through to its end",
    ),
  due_at: fields.stamp.nullable().describe("When the current step falls due"),
  failed_at: fields.stamp.nullable(),
  updated_at: fields.stamp,
  current_problem: z
    .string()
    .nullable()
    .describe("Why they do not go on; a failure that is over does not stand here"),
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
    summary: "Pauses contacts in a sequence, for good or until a date",
    description: `${whom} Whoever is paused already is given the date, and whoever waits for the sequence stays paused when it is switched on.`,
    input: z.object({
      ...selection,
      auto_unpause_at: fields.moment.nullish().describe("null: for good"),
      reason: fields.text(200).nullish().describe("Stays in inactive_reason"),
    }),
    output: managedOrStarted,
  }),

  resume: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/resume_contact_ids",
    scope: "emailer_campaigns/resume_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Lets paused contacts go on; what was left of their wait is left",
    description: `${whom} In a sequence that is switched off they go on as soon as it is switched on.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  retry: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/retry_contact_ids",
    scope: "emailer_campaigns/retry_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Tries the same step again with contacts that failed",
    description: `${whom} What made them fail must be gone, where that can be known.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  restart: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/restart_contact_ids",
    scope: "emailer_campaigns/restart_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Lets contacts begin the sequence again at step one",
    description: `${whom} The enrollment they had is removed, and they are given a new one with the same mailbox.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  finish: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/finish_contact_ids",
    scope: "emailer_campaigns/finish_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Ends contacts in a sequence; their history stays",
    description: `${whom} The same as remove_or_stop_contact_ids with the mode \`mark_as_finished\`.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  remove: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/remove_contact_ids",
    scope: "emailer_campaigns/remove_contact_ids_of_one",
    access: "scoped",
    effect: "write",
    summary: "Takes contacts out of a sequence, so that they can be added again",
    description: `${whom} The same as remove_or_stop_contact_ids with the mode \`remove\`.`,
    input: z.object(selection),
    output: managedOrStarted,
  }),

  counts: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/contact_counts",
    scope: "emailer_campaigns/contact_counts",
    access: "scoped",
    effect: "read",
    summary: "Counts who is where in a sequence, and why",
    description:
      "Everybody is in one of active, paused, finished and failed, which add up to num_contacts; the other four look at the last mail or the reason, and may overlap.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      num_contacts: z.int(),
      contact_statuses: z.strictObject({
        ...{ active: z.int(), paused: z.int(), finished: z.int(), failed: z.int() },
        ...{ bounced: z.int(), hard_bounced: z.int(), spam_blocked: z.int(), not_sent: z.int() },
      }),
      reasons: z
        .array(z.strictObject({ status, reason: z.string(), says: z.string(), count: z.int() }))
        .describe("Of inactive_reason, and of those that failed of failure_reason; the most first"),
    }),
  }),

  move: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/move_contact_ids",
    scope: "emailer_campaigns/move_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Lets contacts in a sequence be mailed from another mailbox",
    description: `${whom} Their next mail starts a new thread.`,
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
    summary: "Finds who is in sequences",
    description: "Shows 50,000 by page; `next_cursor`, sent back as `cursor`, reaches all.",
    input: z.object({
      emailer_campaign_ids: z.array(fields.id).max(1000).optional(),
      ...filter,
      sort_by_field: fields.text(100).optional().describe("added_at, due_at or updated_at"),
      sort_ascending: fields.flag.optional(),
      ...fields.paging,
      cursor: fields.text(500).optional(),
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
    summary: "Shows one contact in one sequence, with mails, tasks and what happened",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      contact_campaign_status: enrollment,
      emailer_messages: z.array(mail),
      tasks: z.array(task),
      events: z.array(event).describe("Newest first"),
    }),
  }),
};
