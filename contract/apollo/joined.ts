// What adding contacts to a sequence answers.

import { z } from "zod";
import { startedJob } from "../extras/progress.ts";
import * as fields from "../fields.ts";
import { contact } from "./contact.ts";
import { metrics } from "./metrics.ts";
import { sequence } from "./sequence.ts";
import { step, team } from "./steps.ts";
import { touch } from "./touches.ts";

const LOADING = z.literal("loading");

/** Adding counts nothing: it would take longer than adding. */
const uncounted = {
  unique_delivered: z.null(),
  unique_bounced: z.null(),
  unique_opened: z.null(),
  unique_replied: z.null(),
  bounce_rate: z.null(),
  open_rate: z.null(),
  reply_rate: z.null(),
};

/** The sequence in this answer has no counts: a caller that wants them asks for the sequence. */
export const joinedSequence = z.strictObject({
  ...withoutCounts(sequence.shape),
  unique_scheduled: LOADING,
  ...uncounted,
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

const uncountedStep = z.strictObject({
  ...step.omit({ ab_test_details: true, outcomes: true }).shape,
  counts: z.strictObject({ active: z.null(), paused: z.null(), finished: z.null(), bounced: z.null() }),
  unique_scheduled: LOADING,
  unique_skipped: LOADING,
  unique_completed: LOADING,
});

const uncountedTouch = z.strictObject({
  ...touch.pick({
    id: true,
    emailer_step_id: true,
    emailer_template_id: true,
    status: true,
    type: true,
    include_signature: true,
    weight: true,
    has_personalized_opener: true,
    template_type: true,
  }).shape,
  ...uncounted,
  unique_scheduled: LOADING,
});

export const reason = z.strictObject({
  code: z.string(),
  flag: z.string().nullable().describe("The parameter that adds the contact anyway; null: none does"),
  evidence: z.record(z.string(), z.union([z.string(), z.int(), z.null()])),
  sentence: z.string(),
});

const warning = z.strictObject({
  contact_id: fields.id,
  contact_name: z.string().nullable(),
  code: z.string().describe("What will keep an email from being sent"),
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
      .describe("null: no limit; negative: more emails are waiting than fit in a day"),
    resting: z
      .boolean()
      .describe(
        "True if its server refuses emails for now; it is skipped while another mailbox is available",
      ),
  }),
);

/** Mailboxes that would send far more first emails a day than before. */
export const firstEmailSurges = z.array(
  z.strictObject({
    email_account_id: fields.id,
    email: z.string(),
    usual_per_day: z.number(),
    up_to_per_day: z.int(),
    sentence: z.string(),
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
        needs_review: z.boolean().describe("True if the email is not approved and would wait"),
        fault: z.string().nullable().describe("Why the email cannot be composed"),
      }),
    )
    .optional()
    .describe("Dry run only: the first five emails as they would be sent"),
  first_email_surges: firstEmailSurges
    .optional()
    .describe("Dry run only: mailboxes that would send over 3 times more first emails a day than before"),
});

/** What more there is to say when the work is put off. */
export const joiningStarted = z.strictObject({
  ...startedJob.shape,
  request_id: fields.id,
  num_tried: z
    .int()
    .optional()
    .describe("Dry run only, like the fields below: number of contacts tried, at most 4,995"),
  at_least: z.boolean().optional().describe("True if there are more than were tried"),
  num_added: z.int().optional(),
  skipped_contacts: skippedContacts.optional(),
  mailbox_split: mailboxSplit.optional(),
  credits: price.optional(),
  warnings: z.array(warning).optional(),
  first_email_surges: firstEmailSurges.optional(),
});
