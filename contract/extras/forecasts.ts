// What will go out if nothing else happens. Apollo has no such call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const limit = z.int().min(0).max(1_000_000).nullish().describe("null: no limit of that kind");

const limits = z.object({
  email_daily_threshold: limit,
  max_outbound_emails_per_hour: limit,
  seconds_delay_between_emails: limit,
});

const contactsToAdd = z.object({
  emailer_campaign_id: fields.id,
  count: z.int().min(1).max(100_000),
});

const whatIf = z.object({
  add_mailboxes: z
    .array(limits)
    .max(100)
    .optional()
    .describe("They are called new-1, new-2; whoever has got no mail yet is spread over old and new ones"),
  change_limits: fields
    .freeForm(limits, fields.id)
    .optional()
    .describe("By mailbox; what is left out stays as it is"),
  add_contacts: z
    .union([contactsToAdd, z.array(contactsToAdd).max(50)])
    .optional()
    .describe("They join now, from the mailboxes the sequence is sent from already, or else from all"),
  switch_off_steps: z
    .array(fields.id)
    .max(100)
    .optional()
    .describe("Whoever stands there stays there, as they would"),
});

const mailboxId = z.string().describe("An id, or new-1, new-2 for a mailbox that was supposed");

const hours = z.array(z.strictObject({ email_account_id: mailboxId, hour: fields.stamp, sends: z.int() }));

const told = z.strictObject({ code: z.string(), sentence: z.string() });

const brief = {
  id: fields.id,
  user_id: fields.id,
  created_at: fields.stamp,
  days: z.int(),
  until: fields.stamp,
  seed: z.int(),
  reply_rate: z.number(),
  emailer_campaign_ids: z.array(fields.id),
  what_if: z.record(z.string(), z.unknown()).describe("As it was asked"),
  totals: z.strictObject({
    people: z.int().describe("On their way"),
    sends: z.int(),
    finished: z.int(),
    failed: z.int().describe("Whom the gate lets nothing out to"),
    replied: z.int().describe("By lot, where a rate was given"),
    remaining: z.int(),
  }),
};

const forecast = z.strictObject({
  ...brief,
  by_mailbox_hour: hours,
  by_sequence: z.array(
    z.strictObject({
      emailer_campaign_id: fields.id,
      people: z.int(),
      sends: z.int(),
      first_step_done_at: fields.stamp
        .nullable()
        .describe("When the last who has yet to do the first step has"),
      first_step_left: z.int().describe("How many have not by then"),
      first_steps_by_day: z.array(
        z.strictObject({
          day: z.iso.date(),
          count: z.int(),
          added: z.int().describe("Of these, how many are only supposed to join"),
        }),
      ),
      added: z
        .strictObject({
          people: z.int(),
          first_step_done_at: fields.stamp.nullable(),
          first_step_left: z.int(),
          last_finished_at: fields.stamp.nullable(),
          remaining: z.int(),
        })
        .nullable()
        .describe("Of all these, those who are only supposed to join; null where nobody is"),
      last_finished_at: fields.stamp.nullable(),
      finished: z.int(),
      failed: z.int(),
      replied: z.int(),
      remaining: z.int(),
    }),
  ),
  binding_limits: z
    .array(
      told.extend({
        hours: z.int().describe("Hours of the clock, each mailbox by itself"),
        email_accounts: z.int(),
      }),
    )
    .describe("What makes mails wait that are due, the longest first"),
  staying: z.array(told.extend({ count: z.int() })).describe("Who does not move by themselves, and why"),
  assumptions: z.array(z.string()),
});

export const forecasts = {
  create: endpoint({
    method: "POST",
    path: "/forecasts",
    scope: "forecasts/create",
    access: "scoped",
    effect: "write",
    summary:
      "Runs the engine forward in virtual time, without sending, and says what will go out from where and when",
    description:
      "Over a snapshot of everybody on their way, by the rules the engine itself follows. The same snapshot and seed give the same forecast. It is kept for 90 days, to be laid over what happened.",
    input: z.object({
      days: z.int().min(1).max(90).default(42),
      emailer_campaign_ids: z
        .array(fields.id)
        .max(200)
        .optional()
        .describe("Only these are told of. All others take their share of the mailboxes all the same"),
      what_if: whatIf.optional(),
      reply_rate: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe("Of each mail's readers so many answer and are through, drawn by lot"),
      seed: z.int().min(0).max(2_147_483_647).optional(),
    }),
    output: z.strictObject({ forecast }),
  }),

  list: endpoint({
    method: "GET",
    path: "/forecasts",
    scope: "forecasts/index",
    access: "scoped",
    effect: "read",
    summary: "Lists forecasts that were made, the newest first",
    input: z.object({ ...fields.paging }),
    output: z.strictObject({ forecasts: z.array(z.strictObject(brief)), pagination: fields.pagination }),
  }),

  show: endpoint({
    method: "GET",
    path: "/forecasts/{id}",
    scope: "forecasts/show",
    access: "scoped",
    effect: "read",
    summary: "Shows a forecast, with what has gone out since",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      forecast: forecast.extend({
        actual: hours.describe("What went out since it was made, of the same sequences"),
      }),
    }),
  }),
};
