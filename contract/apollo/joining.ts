// Contacts joining a sequence, and what became of each of them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { startedJob } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { contact } from "./contact.ts";
import { contacts } from "./contacts.ts";
import { metrics } from "./metrics.ts";
import { sequence } from "./sequence.ts";
import { step, team } from "./steps.ts";
import { touch } from "./touches.ts";

const flag = (says: string) => fields.flag.default(false).describe(says);

/** What lets contacts in who would be left out. */
export const safetyFlags = {
  sequence_no_email: flag(
    "Add contacts without an email address: their mails are skipped, calls and tasks happen",
  ),
  sequence_unverified_email: flag("Add contacts whose email address is unverified"),
  sequence_job_change: flag("Add contacts who have changed jobs within 90 days"),
  sequence_active_in_other_campaigns: flag("Add contacts who are active or paused in other sequences"),
  sequence_finished_in_other_campaigns: flag("Add contacts who have finished other sequences"),
  sequence_same_company_in_same_campaign: flag("Add contacts whose colleagues are in this sequence"),
  sequence_same_email_in_same_campaign: flag(
    "Cadenza's own: add contacts whose address another contact of this sequence has, as with info@",
  ),
  contacts_without_ownership_permission: flag(
    "Add contacts of other owners. Admins and master keys need no flag; a team can allow it to owners only",
  ),
  add_if_in_queue: flag("Add contacts whom other long work is still dealing with"),
};

const mailboxes = z.array(fields.id).max(200);

export const terms = {
  id: fields.id,
  emailer_campaign_id: fields.id.optional().describe("The sequence once more; must agree with the path"),
  contact_ids: z.array(fields.id).max(100_000).optional(),
  label_names: z
    .array(fields.text(200))
    .max(200)
    .optional()
    .describe("Everybody on lists of these names, beside or instead of contact_ids"),
  contact_filter: contacts.search.input
    .omit({ page: true, per_page: true, sort_by_field: true, sort_ascending: true, cursor: true })
    .optional()
    .describe("Cadenza's own: everybody whom this search finds; an empty one finds all contacts"),
  send_email_from_email_account_id: mailboxes
    .optional()
    .describe("One mailbox, or several to take turns: the one with most left to send comes next"),
  email_account_id: mailboxes.optional().describe("The same, as some clients call it"),
  send_email_from_email_address: fields.text(254).optional().describe("An alias of the mailbox to send from"),
  ...safetyFlags,
  contact_verification_skipped: flag(
    "Do not look for what would stop mails later; who is left out stays the same",
  ),
  user_id: fields.id
    .optional()
    .describe(
      "Who is recorded as adding them, and changes no rights; admins and master keys may name any user of the team",
    ),
  userId: fields.id.optional().describe("The same"),
  status: z.enum(["active", "paused"]).optional(),
  auto_unpause_at: fields.moment.nullish().describe("Start at this time; until then they are paused"),
  async: flag("Answer at once, and add in the background; more than 1,000 contacts always are"),
  start_step: z.int().min(1).max(1000).default(1).describe("Cadenza's own: the position to start at"),
  wait_for_other_campaigns: flag(
    "Cadenza's own: contacts who are active or paused in other sequences join too, and begin when those are done with them",
  ),
  re_enroll: flag("Cadenza's own: contacts who are paused, finished or failed here start over at step one"),
};

const LOADING = z.literal("loading");

/** The sequence as this call answers it: nothing is counted for it, whoever wants the counts asks for the sequence. */
const joinedSequence = z.strictObject({
  ...withoutCounts(sequence.shape),
  unique_scheduled: LOADING,
  loaded_stats: z.literal(true),
  contact_statuses: z.strictObject({
    active: LOADING,
    failed: z.literal(0),
    paused: LOADING,
    finished: LOADING,
    bounced: LOADING,
    not_sent: LOADING,
  }),
});

type Counted = keyof typeof metrics | "num_contacts" | "contact_statuses" | "loaded_stats";

function withoutCounts<Shape extends z.ZodRawShape>(shape: Shape) {
  const counted = new Set([...Object.keys(metrics), "num_contacts", "contact_statuses", "loaded_stats"]);
  return Object.fromEntries(Object.entries(shape).filter(([key]) => !counted.has(key))) as Omit<
    Shape,
    Counted
  >;
}

const uncountedStep = step.omit({
  counts: true,
  ab_test_details: true,
  unique_scheduled: true,
  unique_skipped: true,
  unique_completed: true,
  outcomes: true,
});

const uncountedTouch = touch.pick({
  id: true,
  emailer_step_id: true,
  emailer_template_id: true,
  status: true,
  type: true,
  include_signature: true,
  weight: true,
});

export const reason = z.strictObject({
  code: z.string(),
  flag: z.string().nullable().describe("The parameter that would let them in; null: nothing does"),
  evidence: z.record(z.string(), z.union([z.string(), z.int(), z.null()])),
  sentence: z.string(),
});

const warning = z.strictObject({
  contact_id: fields.id,
  contact_name: z.string().nullable(),
  code: z.string().describe("What will keep a mail from being sent, unless it changes"),
  evidence: z.record(z.string(), z.unknown()),
  sentence: z.string(),
});

const skippedContacts = z.array(z.strictObject({ contact_id: fields.id, reasons: z.array(reason) }));

const mailboxSplit = z.array(
  z.strictObject({
    email_account_id: fields.id,
    email: z.string(),
    added: z.int(),
    remaining_today: z
      .int()
      .nullable()
      .describe("null: no limit; below zero: the queue is longer than a day"),
    resting: z
      .boolean()
      .describe("Its server turns mail away for now: passed over as long as there is another"),
  }),
);

const price = z.strictObject({ least: z.int(), expected: z.int(), most: z.int(), charged: z.int() });

export const joined = z.strictObject({
  contacts: z.array(contact),
  skipped_contact_ids: z.record(fields.id, z.string()),
  emailer_campaign: joinedSequence,
  emailer_steps: z.array(uncountedStep),
  emailer_touches: z.array(uncountedTouch),
  team,
  signals_hash: z.null(),
  request_id: fields.id,
  skipped_contacts: skippedContacts,
  enrollments: z.array(
    z.strictObject({
      id: fields.id,
      contact_id: fields.id,
      status: z.enum(["active", "paused"]),
      email_account_id: fields.id,
      first_step_due_at: fields.stamp.nullable(),
    }),
  ),
  mailbox_split: mailboxSplit,
  credits: price,
  warnings: z.array(warning),
  previews: z
    .array(
      z.strictObject({
        contact_id: fields.id,
        emailer_touch_id: fields.id,
        subject: z.string(),
        body_text: z.string(),
        body_html: z.string(),
        missing: z.array(z.string()),
        needs_review: z.boolean().describe("The mail is not approved, so it would wait"),
        fault: z.string().nullable().describe("Why it cannot be composed"),
      }),
    )
    .optional()
    .describe("Of a dry run: the first five mails as they would be sent"),
});

/** What more there is to say when the work is put off. */
export const joiningStarted = z.strictObject({
  ...startedJob.shape,
  request_id: fields.id,
  num_tried: z
    .int()
    .optional()
    .describe("This and what follows: of a dry run only, which tries the first 4,995"),
  at_least: z.boolean().optional().describe("Whether there are more than were tried"),
  num_added: z.int().optional(),
  skipped_contacts: skippedContacts.optional(),
  mailbox_split: mailboxSplit.optional(),
  credits: price.optional(),
  warnings: z.array(warning).optional(),
});

const sample = z.array(z.strictObject({ id: fields.id, name: z.string().nullable() }));

export const joining = {
  addContacts: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/add_contact_ids",
    scope: "emailer_campaigns/add_contact_ids",
    oauth: "emailer_campaigns_add_contact_ids",
    access: "scoped",
    effect: "write",
    summary: "Adds contacts to a sequence, and says of each one left out why",
    description:
      "Up to 1,000 contacts are dealt with at once; more, or with async, answer with a job. Whoever is left out is in " +
      "skipped_contact_ids with the first reason, and in skipped_contacts with all of them and the flag that would let them in.",
    input: z.object({
      ...terms,
      promise_id: fields.id
        .optional()
        .describe("Cadenza's own: what was promised of adding them, to be kept with the request"),
    }),
    output: z.union([joined, joiningStarted]),
  }),

  checkDeployability: endpoint({
    method: "POST",
    path: "/emailer_campaigns/check_contacts_deployability",
    scope: "emailer_campaigns/check_contacts_deployability",
    access: "scoped",
    effect: "read",
    summary: "Tells how many of the contacts would be left out of a sequence, and why",
    input: z.object({
      emailer_campaign_id: fields.id.optional().describe("Without it, of a sequence that none of them is in"),
      contact_ids: z.array(fields.id).max(10_000),
    }),
    output: z.strictObject({
      num_active_in_other_campaigns: z.int(),
      num_finished_in_other_campaigns: z.int(),
      num_same_company: z.int(),
      num_no_email: z.int(),
      num_unverified_email: z.int(),
      num_without_ownership_permission: z.int(),
      num_with_job_change_contacts: z.int(),
      sample_active_in_other_campaigns_contacts: sample,
      sample_finished_in_other_campaigns_contacts: sample,
      sample_same_company_contacts: sample,
      sample_no_email_contacts: sample,
      sample_unverified_email_contacts: sample,
      sample_without_ownership_permission: sample,
      sample_with_job_change_contacts: sample,
      show_warning: z.boolean(),
      num_total_dangerous_contacts: z.int(),
    }),
  }),

  verdicts: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/verdicts",
    scope: "emailer_campaigns/verdicts",
    access: "scoped",
    effect: "read",
    summary: "What became of everybody who was to join a sequence, kept for 90 days",
    description: "With `Accept: text/csv` the same as a file, all pages at once, however many.",
    alsoCsv: true,
    input: z.object({
      id: fields.id,
      request_id: fields.id.optional(),
      contact_id: fields.id.optional(),
      code: fields.text(100).optional(),
      verdict: z.enum(["added", "skipped"]).optional(),
      ...fields.paging,
    }),
    output: z.strictObject({
      verdicts: z.array(
        z.strictObject({
          request_id: fields.id,
          contact_id: fields.id,
          contact_name: z.string().nullable().describe("As they are called now"),
          verdict: z.enum(["added", "skipped"]),
          code: z.string().nullable(),
          reasons: z.array(reason),
          at: fields.stamp,
          by_user_id: fields.id.nullable(),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),
  additions: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/additions",
    scope: "emailer_campaigns/additions",
    access: "scoped",
    effect: "read",
    summary:
      "Lists the requests that added contacts to a sequence, newest first, with how many joined and why others did not",
    description: "Kept for 90 days. What became of each contact is in verdicts, by request_id.",
    input: z.object({ id: fields.id, ...fields.paging }),
    output: z.strictObject({
      additions: z.array(
        z.strictObject({
          request_id: fields.id,
          at: fields.stamp,
          by: z.strictObject({ id: fields.id, name: z.string().nullable() }).nullable(),
          num_added: z.int(),
          num_skipped: z.int(),
          codes: z.array(z.strictObject({ code: z.string(), count: z.int() })).describe("First reasons"),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),
};
