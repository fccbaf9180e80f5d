// The state of a contact, an enrollment or a mailbox at a moment, read from stored records alone.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const input = z.object({
  id: fields.id,
  at: fields.moment.describe("The moment to look at; not in the future"),
});

const held = z.strictObject({
  code: z.string().describe("/help/guides/why lists all codes"),
  rule: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  since: fields.stamp.nullable(),
  until: fields.stamp.nullable().describe("Expected end at that moment"),
});

const standing = {
  at: fields.stamp,
  existed: z.boolean().describe("False if it did not exist yet; all else is empty then"),
  state: z.string(),
  sentence: z.string(),
  held_by: z.array(held),
  not_kept: z.array(z.string()).describe("What the history does not know about this moment, as sentences"),
};

const subject = z.strictObject({ type: z.string(), id: fields.id, name: z.string().nullable() });

const membership = {
  emailer_campaign_id: fields.id,
  emailer_campaign_name: z.string(),
  contact_id: fields.id,
  reason: z.string().nullable(),
  emailer_step_id: fields.id.nullable(),
  step_position: z.int().nullable().describe("Current position of this step; null if it is deleted"),
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
  summary: "Show one contact in one sequence at an earlier moment",
  description:
    "Status, planned emails and holds. States: `active`, `paused`, `finished`, `failed`, `removed`; `not_there` before they were added.",
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
  summary: "Show a contact at an earlier moment",
  description:
    "Stage, owner, sequences, and whether emails were allowed. States: `reachable`, `in_sequence`, `barred`; `not_there` before the contact was created.",
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
        .describe("The contact asked for no emails until then; null also before this was recorded"),
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
  summary: "Show a mailbox at an earlier moment",
  description:
    "Whether it could send, its limits and how much of them was used. States: `ready`, `resting`, `disconnected`; `not_there` before it was connected.",
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
