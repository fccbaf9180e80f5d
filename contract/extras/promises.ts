// What adding people to a sequence comes to, promised before, and laid over what happened after. Apollo has no such calls.

import { z } from "zod";
import { terms } from "../apollo/joining.ts";
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
  until: fields.stamp.describe("So far was looked ahead"),
  people: z.int().describe("Who would join. Those who are in the sequence already are not among them"),
  at_least: z
    .boolean()
    .describe("There are more than are looked at: 19,980 who were named, or 5,000 rows of a file"),
  first_steps: z
    .array(
      z.strictObject({
        hour: fields.stamp,
        email_account_id: fields.id.nullable(),
        code: z
          .string()
          .nullable()
          .describe("What keeps them longest after their first step is due; null: nothing"),
        count: z.int(),
      }),
    )
    .describe("How many get their first step in which hour, from which mailbox, and what made them wait"),
  first_step_done_at: fields.stamp.nullable().describe("When the last who gets it does"),
  not_begun: z.array(kept).describe("Who does not begin by then, and why"),
  reasons: z
    .array(z.strictObject({ code: z.string(), sentence: z.string() }))
    .describe("The codes, in words"),
  last_finishes_at: fields.stamp
    .nullable()
    .describe("When the last of them is through, if nobody answers; null: later, or never"),
});

const promised = z.strictObject({
  people: z.int(),
  adds: z.int().describe("Requests that were made on a promise"),
  first_at: fields.stamp.describe("When the first of them was made"),
  until: fields.stamp,
  hours: z
    .array(z.strictObject({ hour: fields.stamp, promised: z.int(), happened: z.int() }))
    .describe("First steps"),
  promised_by_now: z.int(),
  happened: z.int(),
  late: z.int().describe("How many fewer have begun by now than was promised"),
  waiting: z
    .array(kept)
    .describe("Who is on the way and has not begun, the earliest 1,000, and what holds them"),
  gone: z
    .array(z.strictObject({ status: z.string(), reason: z.string().nullable(), count: z.int() }))
    .describe("Who will not begin: finished, failed or taken out before"),
});

export const promises = {
  create: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/promises",
    scope: "emailer_campaigns/promises",
    access: "scoped",
    effect: "write",
    summary: "Promises when everybody begins who would be added to a sequence, by running the engine forward",
    description:
      "The body is that of add_contact_ids. They are added and taken back, and the engine is run forward over the team as it stood " +
      "with them. Name the promise's id when they are added, and it is kept with them, to be laid over what happens.",
    input: z.object(terms),
    output: z.strictObject({ promise }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/promised",
    scope: "emailer_campaigns/promised",
    access: "scoped",
    effect: "read",
    summary: "Lays what was promised of adding people to a sequence over what happened since",
    description: "Of one request, or of all that were made on a promise in 90 days, the last 200.",
    input: z.object({ id: fields.id, request_id: fields.id.optional() }),
    output: z.strictObject({ promised: promised.nullable() }),
  }),
};
