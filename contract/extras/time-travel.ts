// How a contact, somebody in a sequence or a mailbox stood at a moment, told from what was kept and from nothing else.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const input = z.object({
  id: fields.id,
  at: fields.moment.describe("The moment; not later than now"),
});

const held = z.strictObject({
  code: z.string().describe("As in docs/why.md"),
  rule: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  since: fields.stamp.nullable(),
  until: fields.stamp.nullable().describe("Until when it was expected to last"),
});

const standing = {
  at: fields.stamp,
  existed: z.boolean().describe("False: it was not there yet, and nothing else is told"),
  state: z.string(),
  sentence: z.string(),
  held_by: z.array(held),
  not_kept: z.array(z.string()).describe("What the history does not hold about this moment, in sentences"),
};

const subject = z.strictObject({ type: z.string(), id: fields.id, name: z.string().nullable() });

const membership = {
  emailer_campaign_id: fields.id,
  emailer_campaign_name: z.string(),
  contact_id: fields.id,
  reason: z.string().nullable(),
  emailer_step_id: fields.id.nullable(),
  step_position: z.int().nullable().describe("Where this step stands today; null: it is gone"),
  email_account_id: fields.id.nullable(),
  due_at: fields.stamp.nullable(),
  auto_unpause_at: fields.stamp.nullable(),
};

const mail = z.strictObject({
  id: fields.id,
  emailer_step_id: fields.id.nullable(),
  status: z.enum([
    ...(["drafted", "scheduled", "sending", "unconfirmed", "completed"] as const),
    ...(["failed", "skipped", "cancelled"] as const),
  ]),
  due_at: fields.stamp.nullable(),
  email_account_id: fields.id.nullable(),
  sent_at: fields.stamp.nullable(),
  not_sent_reason: z.string().nullable(),
});

const task = z.strictObject({
  id: fields.id,
  type: z.string(),
  status: z.enum(["scheduled", "completed", "skipped"]),
});

export const enrollmentAsOf = endpoint({
  method: "GET",
  path: "/contact_campaign_statuses/{id}/as_of",
  scope: "contact_campaign_statuses/as_of",
  access: "scoped",
  effect: "read",
  summary: "Tells how a contact stood in a sequence at a moment: state, what was planned, what held it",
  description:
    "States: `active`, `paused`, `finished`, `failed`, `removed`; `not_there` before they were added.",
  input,
  output: z.strictObject({
    as_of: z.strictObject({
      subject,
      ...standing,
      ...membership,
      emailer_messages: z.array(mail),
      tasks: z.array(task),
    }),
  }),
});

export const contactAsOf = endpoint({
  method: "GET",
  path: "/contacts/{id}/as_of",
  scope: "contacts/as_of",
  access: "scoped",
  effect: "read",
  summary:
    "Tells how a contact stood at a moment: stage, owner, whether they could be mailed, and where they were",
  description: "States: `reachable`, `in_sequence`, `barred`; `not_there` before they were created.",
  input,
  output: z.strictObject({
    as_of: z.strictObject({
      subject,
      ...standing,
      contact_stage_id: fields.id.nullable(),
      owner_id: fields.id.nullable(),
      account_id: fields.id.nullable(),
      email_status: z.string().nullable(),
      email_unsubscribed: z.boolean(),
      do_not_contact: z.boolean(),
      bounced_at: fields.stamp.nullable(),
      paused_until: fields.stamp
        .nullable()
        .describe("Until when they had asked not to be written to; null also before that was kept"),
      contact_campaign_statuses: z.array(
        z.strictObject({ id: fields.id, state: z.string(), sentence: z.string(), ...membership }),
      ),
    }),
  }),
});

export const mailboxAsOf = endpoint({
  method: "GET",
  path: "/email_accounts/{id}/as_of",
  scope: "email_accounts/as_of",
  access: "scoped",
  effect: "read",
  summary:
    "Tells how a mailbox stood at a moment: whether it could send, its limits, what it had sent of them",
  description: "States: `ready`, `resting`, `disconnected`; `not_there` before it was connected.",
  input,
  output: z.strictObject({
    as_of: z.strictObject({
      subject,
      ...standing,
      user_id: fields.id.nullable(),
      email_daily_threshold: z.int().nullable(),
      max_outbound_emails_per_hour: z.int().nullable(),
      seconds_delay_between_emails: z.int().nullable(),
      sent_last_day: z.int(),
      sent_last_hour: z.int(),
      last_sent_at: fields.stamp.nullable(),
    }),
  }),
});
