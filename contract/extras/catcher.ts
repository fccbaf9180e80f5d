// The mail catcher: mails that were caught instead of sent, and the answers that recipients could give. Development and the
// sample team only; elsewhere these calls answer 404.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kind = z.enum([
  "reply",
  "bounce",
  "out_of_office",
  "unsubscribe",
  "auto_reply",
  "complaint",
  "forward",
]);

const mail = {
  id: fields.id,
  at: fields.stamp,
  email_account_id: fields.id.describe("The mailbox that sent the email or received the answer"),
  from: z
    .string()
    .describe(
      "Envelope sender, like `to` the envelope recipient; empty for delivery reports and automatic answers",
    ),
  to: z.string(),
  subject: z.string(),
  text: z.string().nullable(),
};

export const catcher = {
  list: endpoint({
    method: "GET",
    path: "/catcher/messages",
    scope: "catcher/messages/index",
    access: "scoped",
    effect: "read",
    summary: "List emails in the test inbox",
    description:
      "Newest first. Only in development and in the sample team. Answers 404 where the test mail server is off.",
    input: z.object({
      to: fields.text(320).optional().describe("Address of the recipient"),
      limit: z.int().min(1).max(200).default(25),
    }),
    output: z.strictObject({
      messages: z.array(
        z.strictObject({
          ...mail,
          headers: z.record(z.string(), z.string()).describe("Header names in lower case"),
          html: z.string().nullable(),
          answers: z.array(z.strictObject({ id: fields.id, at: fields.stamp, kind })),
        }),
      ),
    }),
  }),

  reply: endpoint({
    method: "POST",
    path: "/catcher/messages/{id}/reply",
    scope: "catcher/messages/reply",
    access: "scoped",
    effect: "write",
    summary: "Answer an email in the test inbox as its recipient",
    description:
      "Creates a real reply, bounce, automatic answer or spam report. It arrives in the mailbox that sent the email.",
    input: z.object({
      id: fields.id,
      text: fields.text(20_000).optional().describe("Text of the answer; for a bounce, what the server said"),
      kind: kind.default("reply"),
      until: fields.moment.optional().describe("For `out_of_office`: the day the recipient returns"),
    }),
    output: z.strictObject({ message: z.strictObject({ ...mail, kind }) }),
  }),

  empty: endpoint({
    method: "DELETE",
    path: "/catcher/messages",
    scope: "catcher/messages/destroy",
    access: "scoped",
    effect: "write",
    summary: "Empty the test inbox",
    description: "Deletes all caught emails of the team and their answers.",
    input: z.object({}),
    output: z.strictObject({ deleted: z.int() }),
  }),
};
