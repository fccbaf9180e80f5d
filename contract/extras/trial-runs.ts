// A sequence tried out in a sandbox with its own contacts. Apollo has no such call.

import { z } from "zod";
import { safetyFlags } from "../apollo/joining-terms.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { jobStatus } from "./progress.ts";

const count = z.int();
const sentAndForeseen = { sent: count, foreseen: count };

const brief = {
  id: fields.id,
  emailer_campaign_id: fields.id,
  user_id: fields.id,
  days: z.int(),
  replies: z.string(),
  entity_progress_job_id: fields.id.describe("Its job; cancel it to stop"),
  status: jobStatus,
  error: z.string().nullable(),
  begins_at: fields.stamp.nullable().describe("The moment that was copied; null before that"),
  reached_at: fields.stamp.nullable().describe("How far the time of the copy is"),
  created_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
};

const told = { code: z.string().nullable(), sentence: z.string() };

const report = z.strictObject({
  contacts: z.strictObject({
    in_sequence: count.describe("Contacts who were active or paused in the sequence and were copied"),
    added: count,
    skipped: count.describe("Contacts who were to be added and were not"),
    left_out: count.describe("Contacts beyond the 1,000 that a trial run takes"),
    of_other_sequences: count.describe("Copied because they share the mailboxes"),
    more_of_other_sequences: z.boolean().describe("There are more, which were not copied"),
  }),
  emails: count,
  emails_of_other_sequences: count,
  endings: z.array(z.strictObject({ state: z.string(), ...told, count })),
  skipped: z.array(z.strictObject({ code: z.string(), sentence: z.string(), count })),
  waits: z
    .array(
      z.strictObject({ code: z.string(), sentence: z.string(), contacts: count, longest_hours: z.number() }),
    )
    .describe("What held emails that were due, most contacts first"),
  collisions: z.strictObject({
    other_sequence: count.describe("Contacts who got an email of another sequence within a day"),
    same_company: count.describe("Contacts who got an email on the same day as a colleague"),
  }),
  came_of_it: z.strictObject({ replied: count, bounced: count, unsubscribed: count }),
  forecast: z
    .strictObject({
      ...sentAndForeseen,
      elsewhere: count.describe("Emails sent on another day, or from another mailbox, than foreseen"),
      by_day: z.array(z.strictObject({ day: z.iso.date(), ...sentAndForeseen })),
      by_email_account: z.array(z.strictObject({ email_account_id: fields.id, ...sentAndForeseen })),
    })
    .describe(
      "The emails of all copied sequences beside the forecast that was made of the copy before it began",
    ),
  took_seconds: z.number(),
  assumptions: z.array(z.string()),
});

const trialRun = z.strictObject({ ...brief, report: report.nullable().describe("null until it is done") });

const contact = z.strictObject({ id: fields.id, name: z.string().nullable() });
const state = z.enum(["active", "paused", "finished", "failed", "removed", "left_out"]);

export const trialRuns = {
  start: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/trial_runs",
    scope: "trial_runs/create",
    access: "scoped",
    effect: "write",
    summary: "Try a sequence out in a sandbox",
    description:
      "Copies the sequence, its contacts with invented addresses, and the other sequences that share its mailboxes into a sandbox, and moves the time of the sandbox on. The sequence runs there with the same limits, schedules and rules, and nothing leaves. Contacts named here are added to the copy only. Tasks are completed as soon as they are due. The copy is deleted at the end; the report is kept for 30 days.",
    input: z.object({
      id: fields.id,
      days: z.int().min(1).max(84).default(28),
      replies: z
        .enum(["none", "lively", "hostile", "holiday_season"])
        .default("none")
        .describe("What contacts do: nothing, or one of the presets of the sandbox"),
      contact_ids: z.array(fields.id).max(1_000).optional().describe("Contacts to add to the copy"),
      label_names: z
        .array(fields.text(200))
        .max(200)
        .optional()
        .describe("Add all contacts on these lists to the copy, with or without `contact_ids`"),
      send_email_from_email_account_id: z
        .array(fields.id)
        .max(200)
        .optional()
        .describe("Mailboxes for the contacts to add"),
      ...safetyFlags,
    }),
    output: z.strictObject({ trial_run: trialRun }),
  }),

  list: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/trial_runs",
    scope: "trial_runs/index",
    access: "scoped",
    effect: "read",
    summary: "List trial runs of a sequence",
    description: "Newest first. Members see their own, admins all.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ trial_runs: z.array(z.strictObject(brief)) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/trial_runs/{id}",
    scope: "trial_runs/show",
    access: "scoped",
    effect: "read",
    summary: "Show a trial run with its report",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ trial_run: trialRun }),
  }),

  emails: endpoint({
    method: "GET",
    path: "/trial_runs/{id}/emails",
    scope: "trial_runs/emails",
    access: "scoped",
    effect: "read",
    summary: "List the emails of a trial run",
    description: "In the order in which they were sent.",
    input: z.object({
      id: fields.id,
      contact_id: fields.id.optional(),
      day: fields.day.optional().describe("Only this day, in the time zone of the team"),
      ...fields.paging,
    }),
    output: z.strictObject({
      emails: z.array(
        z.strictObject({
          position: z.int(),
          contact,
          emailer_step_id: fields.id.nullable(),
          step_position: z.int().nullable().describe("null where the step is gone"),
          email_account_id: fields.id.nullable(),
          sent_at: fields.stamp,
          subject: z.string(),
          body_text: z.string().nullable(),
          body_html: z.string().nullable(),
          came_of_it: z.enum(["replied", "bounced", "unsubscribed"]).nullable(),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),

  contacts: endpoint({
    method: "GET",
    path: "/trial_runs/{id}/contacts",
    scope: "trial_runs/contacts",
    access: "scoped",
    effect: "read",
    summary: "List the contacts of a trial run and where they ended",
    input: z.object({
      id: fields.id,
      state: state.optional().describe("`left_out`: was not added"),
      code: fields.text(100).optional().describe("Only contacts with this reason"),
      waited_for: fields.text(100).optional().describe("Only contacts whose emails this held longest"),
      collides: z.enum(["sequence", "company"]).optional(),
      ...fields.paging,
    }),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          contact,
          state,
          ...told,
          emails: count,
          next_at: fields.stamp.nullable(),
          waited_for: z.string().nullable(),
          waited_hours: z.number(),
          collides: z.array(z.string()),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/trial_runs/{id}",
    scope: "trial_runs/delete",
    access: "scoped",
    effect: "write",
    summary: "Delete a trial run",
    description: "One that is not finished is stopped.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ deleted: z.literal(true) }),
  }),
};
