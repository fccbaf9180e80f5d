// By what a mail without a machine-readable part is known as a mail server's report, in any language.
//
// Easy to get wrong: people forward reports and choose such subjects, and a server's administrator writes letters too. So who
// sends it and what it says must both be a report's. Where no word is known, it must name a contact that we mailed, beside a
// reply code, our subject or our words; what it says is then for a user to decide.

import { folded } from "../basics/phrases.ts";
import { companyReport, returnsOurs } from "./answered-mail.ts";
import { bounceReason } from "./bounces.ts";
import { addressesInText, type InboundFacts, isDaemon } from "./inbound-facts.ts";
import type { MailEvidence } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { ASKS, MENTIONS } from "./reading/limits.ts";
import { readingOf, strongest } from "./reading/reader.ts";
import { DELIVERED, NOT_DELIVERED, STILL_TRIED, undeliveredEastern } from "./undelivered-phrases.ts";

const BEGINNING = 1200;

export function reportSign(mail: IncomingMail, facts: InboundFacts): MailEvidence | null {
  const [failed] = mail.headers["x-failed-recipients"] ?? [];
  if (failed)
    return { rule: "not delivered", where: "header", quote: `X-Failed-Recipients: ${failed}`.slice(0, 200) };
  const subject = saysUndelivered(mail.subject);
  if (isDaemon(mail)) return daemonSign(mail, facts, subject);
  // From a contact that we wrote to, an empty return path is not enough.
  const isAutomatic =
    /^auto-(?:replied|generated)/i.test(mail.headers["auto-submitted"]?.[0] ?? "") ||
    (mail.returnPath === "" && !isOneOfTheirs(mail, facts));
  if (!isAutomatic || ANSWERED_OR_FORWARDED.test(folded(mail.subject))) return null;
  if (subject !== null) return { rule: "not delivered", where: "subject", quote: subject };
  const said = isOneOfTheirs(mail, facts) ? null : saysUndelivered(mail.text.slice(0, BEGINNING));
  return said !== null && namedIn(mail, facts) !== null ? inText(said) : null;
}

const inText = (quote: string): MailEvidence => ({ rule: "not delivered", where: "text", quote });

function daemonSign(mail: IncomingMail, facts: InboundFacts, subject: string | null): MailEvidence | null {
  if (subject !== null) return { rule: "not delivered", where: "subject", quote: subject };
  const text = mail.text.slice(0, BEGINNING);
  const said = saysUndelivered(text) ?? saysDelayed(mail.subject);
  if (said !== null) return inText(said);
  const isArrival = DELIVERED(folded(`${mail.subject}\n${text}`)) !== null;
  if (isArrival || isOneOfTheirs(mail, facts)) return null;
  const answers = answered(mail, facts);
  if (answers !== null && (saysRefusal(text) || !isLetter(text))) return inText(answers);
  const named = namedIn(mail, facts) ?? companyReport(mail, facts)?.quote ?? null;
  const isReport = saysRefusal(text) || facts.sent.some((one) => returnsOurs(mail, one) !== null);
  return named !== null && isReport ? inText(named) : null;
}

/** What the server's administrator wrote: a wish, a question or a refusal is an answer. */
function isLetter(text: string) {
  const reading = readingOf(text);
  const name = strongest(reading, ["optout", "yes", "ask", "no", "bounce"]);
  return name !== "bounce" && reading[name].probability >= MENTIONS;
}

/** A reply code, or words of a refusal. */
const saysRefusal = (text: string) =>
  /(?<![\w.-])[45]\d\d[ -]|(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])/.test(text) ||
  bounceReason(null, text).rule !== "nobody can tell" ||
  readingOf(text).bounce.probability >= ASKS;

/** An address in it that we have mailed. */
function namedIn(mail: IncomingMail, { sent, contacts }: InboundFacts) {
  const isMailed = (address: string) =>
    sent.some(({ to }) => to === address) || contacts.some(({ emails }) => emails.includes(address));
  return addressesInText(mail).find(isMailed) ?? null;
}

function answered({ inReplyTo }: IncomingMail, { sent }: InboundFacts) {
  return sent.find(({ messageId }) => inReplyTo.includes(messageId))?.messageId ?? null;
}

/** As mail programs begin the subject of an answer or of a forwarded mail, in the languages that we read. */
const ANSWERED_OR_FORWARDED = /^\s{0,3}(?:re|aw|sv|fwd?|wg|tr|rv|odp|vs|vl|antw|rif|i|enc|doorst|vb|pd)\s?:/;

/** Written from an address that we mailed, or that a contact has. */
function isOneOfTheirs({ from }: IncomingMail, { sent, contacts }: InboundFacts) {
  const address = from?.email ?? "";
  return sent.some(({ to }) => to === address) || contacts.some(({ emails }) => emails.includes(address));
}

function saysUndelivered(text: string) {
  const found = NOT_DELIVERED(folded(text));
  return found ? text.slice(found.at, found.end) : undeliveredEastern(text);
}

function saysDelayed(text: string) {
  const found = STILL_TRIED(folded(text));
  return found && text.slice(found.at, found.end);
}

export function isStillTried(mail: IncomingMail) {
  return saysDelayed(mail.subject) !== null || saysDelayed(mail.text.slice(0, 1000)) !== null;
}
