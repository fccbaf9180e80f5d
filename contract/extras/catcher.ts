// The mail catcher: what was sent and stayed in the house, and what the world answers to it. Development and the sample
// team only; elsewhere these calls answer 404.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kind = z.enum(["reply", "bounce", "out_of_office", "unsubscribe"]);

const mail = {
  id: fields.id,
  at: fields.stamp,
  email_account_id: fields.id.describe("The mailbox it was sent from, or came back to"),
  from: z.string().describe("The envelope's, as `to`; empty for reports and automatic answers"),
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
    summary: "Lists the mails that were caught, newest first",
    description: "Development and the sample team only: where the catcher does not run, the answer is 404.",
    input: z.object({
      to: fields.text(320).optional().describe("Whom they went to"),
      limit: z.int().min(1).max(200).default(25),
    }),
    output: z.strictObject({
      messages: z.array(
        z.strictObject({
          ...mail,
          headers: z.record(z.string(), z.string()).describe("By their names in lower case"),
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
    summary: "Answers a caught mail as the person would to whom it went",
    description:
      "The answer is a mail like any other (a reply with what it quotes, a delivery report, an automatic answer) and " +
      "comes into the mailbox that the caught mail was sent from.",
    input: z.object({
      id: fields.id,
      text: fields.text(20_000).optional().describe("What is written; for a bounce, what the server said"),
      kind: kind.default("reply"),
      until: fields.moment.optional().describe("The day somebody out of office is back"),
    }),
    output: z.strictObject({ message: z.strictObject({ ...mail, kind }) }),
  }),

  empty: endpoint({
    method: "DELETE",
    path: "/catcher/messages",
    scope: "catcher/messages/destroy",
    access: "scoped",
    effect: "write",
    summary: "Forgets all mails that were caught for the team, and their answers",
    input: z.object({}),
    output: z.strictObject({ deleted: z.int() }),
  }),
};
