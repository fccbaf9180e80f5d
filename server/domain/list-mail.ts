// Mail that was sent to many. It never counts as an answer, even from a contact's own address.
//
// Two exceptions. A list of our own domain is how a team shares a mailbox, so its mark on an answer to us is our own.
// And sales tools put List-Unsubscribe on what one person writes to another: with proof that it answers us, it does.

import type { Evidence } from "./inbound-verdict.ts";
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

export function listSign(mail: IncomingMail, own: ReadonlySet<string>, isAnswer: boolean): Evidence | null {
  const { headers } = mail;
  // Absence notes of list members carry the list's marks, and say themselves what they are.
  if (isAnswer && /^auto-replied/i.test(headers["auto-submitted"]?.[0] ?? "")) return null;
  const mark = MARKS.find((name) => headers[name] !== undefined);
  const value = mark ? (headers[mark]?.[0] ?? "") : "";
  if (mark && !(isAnswer && isOfOurs(value, own))) return sign(mark, value);
  const precedence = headers.precedence?.[0] ?? "";
  if (/^list/i.test(precedence) && !mark) return sign("precedence", precedence);
  if (isAnswer) return null;
  const unsubscribe = headers["list-unsubscribe"]?.[0];
  if (unsubscribe !== undefined) return sign("list-unsubscribe", unsubscribe);
  return null;
}

const sign = (name: string, value: string): Evidence => ({
  ...{ rule: "list mail", where: "header", quote: `${name}: ${value}`.slice(0, 200) },
});

function isOfOurs(value: string, own: ReadonlySet<string>) {
  const domains = [...own].map((address) => address.slice(address.lastIndexOf("@") + 1));
  return domains.some((domain) => value.toLowerCase().includes(domain));
}
