// Mail that was sent to many. It never counts as an answer, even from a contact's own address.
//
// Unless it bears the Message-ID of a mail of ours: members answer through Google Groups and Mailman, a team shares a
// mailbox as a list, and sales tools put List-Unsubscribe on what one person writes to another.

import type { MailEvidence } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";

const MARKS = [
  "list-id",
  "list-post",
  "mailing-list",
  "x-mailing-list",
  "x-campaign-id",
  "x-campaign",
  "x-csa-complaints",
];

export function listSign({ headers }: IncomingMail, isAnswer: boolean): MailEvidence | null {
  if (isAnswer) return null;
  const mark = MARKS.find((name) => headers[name] !== undefined);
  if (mark) return sign(mark, headers[mark]?.[0] ?? "");
  const precedence = headers.precedence?.[0] ?? "";
  if (/^list/i.test(precedence)) return sign("precedence", precedence);
  const unsubscribe = headers["list-unsubscribe"]?.[0];
  return unsubscribe === undefined ? null : sign("list-unsubscribe", unsubscribe);
}

const sign = (name: string, value: string): MailEvidence => ({
  rule: "list mail",
  where: "header",
  quote: `${name}: ${value}`.slice(0, 200),
});
