// What people said that answers were, kept as the team's own examples; and how the reader would have done on them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const example = z.strictObject({
  id: fields.id,
  incoming_mail_id: fields.id,
  contact_id: fields.id,
  subject: z.string().nullable(),
  body_text: z.string().nullable(),
  was: z
    .strictObject({ kind: z.string(), reply_class: z.string().nullable(), certainty: z.string() })
    .describe("The earlier reading"),
  kind: z.string().describe("The kind a teammate chose"),
  reply_class: z.string().nullable(),
  returns_on: z.string().nullable(),
  decided_by_user_id: fields.id.nullable(),
  decided_at: fields.stamp,
});

const evaluation = z.strictObject({
  since: fields.stamp,
  num_decided: z.int().describe("Replies decided by a teammate since then; the newest 2,000"),
  num_agreed: z.int(),
  num_held: z.int().describe("Replies for which the reader would hold the contact and ask"),
  num_differed: z.int().describe("Replies for which the reader would act on another reading"),
  table: z.array(
    z.strictObject({
      decided: z.string(),
      read: z.string(),
      outcome: z.enum(["agreed", "held", "differed"]),
      count: z.int(),
    }),
  ),
  differing: z
    .array(
      z.strictObject({
        incoming_mail_id: fields.id,
        decided: z.string(),
        read: z.string(),
        probability: z.number(),
      }),
    )
    .describe("The newest 50 of them"),
});

export const replies = {
  evaluate: endpoint({
    method: "GET",
    path: "/replies/evaluation",
    scope: "replies/evaluate",
    access: "scoped",
    effect: "read",
    summary: "Compare the reply reader with your team's decisions",
    description:
      "Each reply is read again from its text and the saved headers. Nothing is changed, and no data leaves this server.",
    input: z.object({ days: z.int().min(1).max(365).default(90) }),
    output: z.strictObject({ evaluation }),
  }),

  examples: endpoint({
    method: "GET",
    path: "/replies/examples",
    scope: "replies/examples",
    access: "scoped",
    effect: "read",
    summary: "List reply examples",
    description:
      "What your teammates decided about replies, newest first. With `contact_id`, all examples of one contact. They are deleted with the contact.",
    input: z.object({ ...fields.paging, contact_id: fields.id.optional() }),
    output: z.strictObject({ reply_examples: z.array(example), pagination: fields.pagination }),
  }),

  deleteExample: endpoint({
    method: "DELETE",
    path: "/replies/examples/{id}",
    scope: "replies/delete_example",
    access: "scoped",
    effect: "write",
    summary: "Delete a reply example",
    description: "The decision about the email stays.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ reply_example: example }),
  }),
};
