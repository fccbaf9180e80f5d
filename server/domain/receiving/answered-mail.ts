// Which of our mails an incoming one is about, by the strongest sign there is.
//
// A Message-ID of ours in its header is proof, however strange the sender: people answer from other addresses and
// forward to colleagues. An address is a sign, because people also write of their own accord. The same company with
// our subject or our words is no more than probable, so a person is asked.

import { folded } from "../basics/phrases.ts";
import { companyDomainOf } from "../contacts/companies.ts";
import { type InboundFacts, idsReported, type SentMail, tokensOf } from "./inbound-facts.ts";
import type { IncomingMail } from "./incoming-mail.ts";

export type AnswerMatch = "message_id" | "thread" | "token" | "address" | "company";
export type Link = { by: AnswerMatch; sent: SentMail | null; contactId: string | null; quote: string };

export function answeredMail(mail: IncomingMail, facts: InboundFacts): Link | null {
  return (
    bySent(mail, facts, [...mail.inReplyTo, ...mail.references.toReversed()]) ??
    byThread(facts) ??
    byToken(mail, facts) ??
    byAddress(mail, facts) ??
    byCompany(mail, facts)
  );
}

/** What a report is about: here the mail that came back names it, and nothing else is as good. */
export function reportedMail(mail: IncomingMail, facts: InboundFacts): Link | null {
  return (
    bySent(mail, facts, idsReported(mail)) ?? bySent(mail, facts, mail.inReplyTo) ?? byToken(mail, facts)
  );
}

function bySent(_: IncomingMail, { sent }: InboundFacts, ids: readonly string[]): Link | null {
  const byId = new Map(
    sent.flatMap((one) => [one.messageId, one.otherId ?? []].flat().map((id) => [id, one] as const)),
  );
  const id = ids.find((one) => byId.has(one));
  const found = id === undefined ? undefined : byId.get(id);
  return found ? { by: "message_id", sent: found, contactId: found.contactId, quote: id ?? "" } : null;
}

function byThread({ sent, threadId }: InboundFacts): Link | null {
  const found = threadId === null ? undefined : sent.find((one) => one.threadId === threadId);
  return found ? { by: "thread", sent: found, contactId: found.contactId, quote: threadId ?? "" } : null;
}

function byToken(mail: IncomingMail, { sent }: InboundFacts): Link | null {
  const tokens = new Set(tokensOf(mail));
  const found = tokens.size === 0 ? undefined : sent.find(({ token }) => token !== null && tokens.has(token));
  return found ? { by: "token", sent: found, contactId: found.contactId, quote: found.token ?? "" } : null;
}

function byAddress(mail: IncomingMail, { sent, contacts }: InboundFacts): Link | null {
  for (const person of [mail.from, mail.sender, ...mail.replyTo]) {
    const contact = person && contacts.find(({ emails }) => emails.includes(person.email));
    if (contact)
      return {
        by: "address",
        contactId: contact.id,
        quote: person.email,
        sent: sent.find((one) => one.contactId === contact.id) ?? null,
      };
  }
  return null;
}

function byCompany(mail: IncomingMail, { sent }: InboundFacts): Link | null {
  const company = companyDomainOf(mail.from?.email);
  if (company === null) return null;
  const subject = bareSubject(mail.subject);
  const text = squeezed(mail.text.slice(0, 20_000));
  for (const one of sent) {
    if (companyDomainOf(one.to) !== company) continue;
    const isSameSubject = subject.length >= 4 && subject === bareSubject(one.subject);
    if (isSameSubject || quotes(text, one))
      return {
        by: "company",
        sent: one,
        contactId: one.contactId,
        quote: isSameSubject ? mail.subject : one.opening.slice(0, 80),
      };
  }
  return null;
}

/** A report of the company's mail server that names no address of ours, as where mail is forwarded, but gives our mail back. */
export function companyReport(mail: IncomingMail, { sent }: InboundFacts): Link | null {
  const company = companyDomainOf(mail.from?.email);
  if (company === null) return null;
  for (const one of sent) {
    const quote = companyDomainOf(one.to) === company ? returnsOurs(mail, one) : null;
    if (quote !== null) return { by: "company", sent: one, contactId: one.contactId, quote };
  }
  return null;
}

/** Our subject or our first words anywhere in it: mail servers put the one into their subject, and both below their report. */
export function returnsOurs(mail: IncomingMail, sent: SentMail): string | null {
  const subject = bareSubject(sent.subject);
  const text = squeezed(mail.text.slice(0, 20_000));
  if (subject.length >= 8 && `${folded(mail.subject)}\n${text}`.includes(subject)) return sent.subject;
  return quotes(text, sent) ? sent.opening.slice(0, 80) : null;
}

function quotes(text: string, sent: SentMail) {
  const opening = squeezed(sent.opening).slice(0, 80);
  return opening.length >= 20 && text.includes(opening);
}

const squeezed = (text: string) => folded(text).replace(/[\s>]+/g, " ");
const PREFIX =
  /^(?:(?:re|aw|sv|vs|odp|res|antw|tr|ri|rv|fw|fwd|wg|enc|i|vb|pd|vl|doorst|automatic reply|automatische antwort|reponse automatique|respuesta automatica|risposta automatica|resposta automatica|automatisch antwoord|autosvar|automatiskt svar|automatisk svar|automaattinen vastaus|odpowiedz automatyczna|out of office|undeliverable)(?:\s?\[\d+\])?\s?:\s*|\[[^\]]{1,40}\]\s*)+/;

/** Without what mail programs put before it. */
function bareSubject(subject: string) {
  return folded(subject).trim().replace(PREFIX, "").trim();
}
