// Predicts when added contacts start in a sequence, and compares the prediction with what happened. Apollo has no such calls.

import { z } from "zod";
import { terms } from "../apollo/joining-terms.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kept = z.strictObject({
  code: z.string(),
  sentence: z.string(),
  email_account_id: fields.id.nullable(),
  count: z.int(),
});

export const promise = z.strictObject({
  id: fields.id,
  emailer_campaign_id: fields.id,
  created_at: fields.stamp,
  until: fields.stamp.describe("End of the period that was calculated"),
  people: z.int().describe("Contacts that would be added; contacts already in the sequence are not counted"),
  at_least: z
    .boolean()
    .describe("True if there are more: only 19,980 contacts, or 5,000 rows of a file, are calculated"),
  first_steps: z
    .array(
      z.strictObject({
        hour: fields.stamp,
        email_account_id: fields.id.nullable(),
        code: z
          .string()
          .nullable()
          .describe("What delays them longest after the first step is due; null: nothing"),
        count: z.int(),
      }),
    )
    .describe("First steps by hour, mailbox and cause of delay"),
  first_step_done_at: fields.stamp.nullable().describe("When the last contact gets the first step"),
  not_begun: z.array(kept).describe("Contacts who do not start by then, and why"),
  reasons: z
    .array(z.strictObject({ code: z.string(), sentence: z.string() }))
    .describe("The codes as sentences"),
  last_finishes_at: fields.stamp
    .nullable()
    .describe("When the last contact finishes if none replies; null: later or never"),
});

const promised = z.strictObject({
  people: z.int(),
  adds: z.int().describe("Number of add requests that had a prediction"),
  first_at: fields.stamp.describe("Time of the first request"),
  until: fields.stamp,
  hours: z
    .array(z.strictObject({ hour: fields.stamp, promised: z.int(), happened: z.int() }))
    .describe("First steps by hour"),
  promised_by_now: z.int(),
  happened: z.int(),
  late: z.int().describe("How many fewer started by now than predicted"),
  waiting: z.array(kept).describe("The earliest 1,000 contacts who have not started, and what holds them"),
  gone: z
    .array(z.strictObject({ status: z.string(), reason: z.string().nullable(), count: z.int() }))
    .describe("Contacts who will not start: finished, failed or removed before"),
});

export const promises = {
  create: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/promises",
    scope: "emailer_campaigns/promises",
    access: "scoped",
    effect: "write",
    summary: "Predict when added contacts start",
    description:
      "Send the body of add_contact_ids. The contacts are added and rolled back, and the sending rules run forward with them. To compare later, send the prediction's id as promise_id when you add them.",
    input: z.object(terms),
    output: z.strictObject({ promise }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/promised",
    scope: "emailer_campaigns/promised",
    access: "scoped",
    effect: "read",
    summary: "Compare predicted and actual starts",
    description: "For one request, or for the last 200 requests with a prediction in 90 days.",
    input: z.object({ id: fields.id, request_id: fields.id.optional() }),
    output: z.strictObject({ promised: promised.nullable() }),
  }),
};
