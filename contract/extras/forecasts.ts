// What will go out if nothing else happens. Apollo has no such call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const limit = z.int().min(0).max(1_000_000).nullish().describe("null: no limit");

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
    .describe(
      "Named new-1, new-2 and so on; contacts without an email so far are spread over old and new mailboxes",
    ),
  change_limits: fields
    .freeForm(limits, fields.id)
    .optional()
    .describe("By mailbox id; values you leave out stay the same"),
  add_contacts: z
    .union([contactsToAdd, z.array(contactsToAdd).max(50)])
    .optional()
    .describe("Contacts to add now, from the sequence's current mailboxes, or from all if it has none"),
  switch_off_steps: z
    .array(fields.id)
    .max(100)
    .optional()
    .describe("Contacts at these steps stay there, as they would in reality"),
});

const mailboxId = z.string().describe("An id, or new-1, new-2 for an assumed mailbox");

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
  what_if: z.record(z.string(), z.unknown()).describe("The assumptions of the request"),
  totals: z.strictObject({
    people: z.int().describe("Contacts still active"),
    sends: z.int(),
    finished: z.int(),
    failed: z.int().describe("Contacts whose emails the sending rules block"),
    replied: z.int().describe("Drawn at random from `reply_rate`"),
    remaining: z.int(),
  }),
};

const between = { least: z.int(), most: z.int() };

export const forecast = z.strictObject({
  ...brief,
  by_mailbox_hour: hours,
  by_sequence: z.array(
    z.strictObject({
      emailer_campaign_id: fields.id,
      people: z.int(),
      sends: z.int(),
      first_step_done_at: fields.stamp.nullable().describe("When the last contact has done the first step"),
      first_step_left: z.int().describe("Contacts who have not done the first step by then"),
      first_steps_by_day: z.array(
        z.strictObject({
          day: z.iso.date(),
          count: z.int(),
          added: z.int().describe("How many of them are only assumed"),
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
        .describe("Only the assumed contacts; null if there are none"),
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
        hours: z.int().describe("Hours on the clock, counted per mailbox"),
        email_accounts: z.int(),
      }),
    )
    .describe("What makes due emails wait, longest first"),
  likely: z
    .strictObject({
      emails: z.int().describe("Sent by sequences in the last 90 days"),
      ended: z.int().describe("Of them, followed by a reply, bounce or unsubscribe"),
      ...between,
      by_day: z.array(z.strictObject({ day: z.iso.date(), ...between })),
    })
    .nullable()
    .describe("If contacts stop as often as in the last 90 days; days of the team; null below 100 emails"),
  staying: z
    .array(told.extend({ count: z.int() }))
    .describe("Contacts who do not move on by themselves, and why"),
  assumptions: z.array(z.string()),
});

export const forecasts = {
  create: endpoint({
    method: "POST",
    path: "/forecasts",
    scope: "forecasts/create",
    access: "scoped",
    effect: "write",
    summary: "Create a forecast",
    description:
      "Runs the sending rules forward over a copy of all active contacts, without sending. Shows which mailbox sends when. The same data and `seed` give the same forecast. It is kept for 90 days, so you can compare it with what happened.",
    input: z.object({
      days: z.int().min(1).max(90).default(42),
      emailer_campaign_ids: z
        .array(fields.id)
        .max(200)
        .optional()
        .describe("Only report these sequences; the others still use their share of the mailboxes"),
      what_if: whatIf.optional(),
      reply_rate: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe("Share of contacts who reply to each email and finish, drawn at random; 0.05 is 5 %"),
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
    summary: "List forecasts",
    description: "Newest first.",
    input: z.object({ ...fields.paging }),
    output: z.strictObject({ forecasts: z.array(z.strictObject(brief)), pagination: fields.pagination }),
  }),

  show: endpoint({
    method: "GET",
    path: "/forecasts/{id}",
    scope: "forecasts/show",
    access: "scoped",
    effect: "read",
    summary: "Show a forecast and what was sent since",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      forecast: forecast.extend({
        actual: hours.describe("Emails sent since the forecast, for the same sequences"),
      }),
    }),
  }),
};
