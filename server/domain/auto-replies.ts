// Answers that nobody wrote: absence notes, ticket desks, "has left the company", demands for proof.
//
// Easy to get wrong: many machines send no header that says so, and many people mention a holiday. A header or a
// subject made by a program is enough; words alone count as an absence note only in the shape of one, and then the
// verdict says that it is probable. A mail that also asks or agrees to something was written by a person.

import { AUTOMATIC_SUBJECTS, AWAY, CHALLENGE, COURTESY, DESK, LEFT } from "./auto-reply-phrases.ts";
import type { Evidence } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { type Finder, finderOf, folded, quoteAround } from "./phrases.ts";
import { DECLINES, WELCOMES } from "./reply-phrases.ts";
import { returnIn } from "./return-dates.ts";

export type AutoReply = {
  kind: "out_of_office" | "auto_reply" | "challenge";
  hasLeft: boolean;
  isCertain: boolean;
  returnsOn: Temporal.PlainDate | null;
  evidence: Evidence[];
};

const find = {
  subject: finderOf(AUTOMATIC_SUBJECTS),
  away: finderOf(AWAY),
  left: finderOf(LEFT),
  desk: finderOf(DESK),
  challenge: finderOf(CHALLENGE),
  courtesy: finderOf(COURTESY),
};
const LONGEST = 3000;
const TICKET =
  /[[(#]\s?(?:ticket|case|request|req|inc|sr|#|[a-z]{2,5}-)?\s?[:#-]?\s?\d{4,}|\bticket\s?#?\d{3,}/i;

export function autoReplyIn(
  mail: IncomingMail,
  fresh: string,
  receivedAt: Temporal.Instant,
): AutoReply | null {
  const text = (fresh.length > 20 ? fresh : mail.text).slice(0, LONGEST);
  const machine = machineSign(mail);
  const challenge = challengeIn(mail, text);
  if (challenge)
    return { ...answer("challenge"), isCertain: machine !== null, evidence: signs(machine, challenge) };
  return machine ? byMachine(mail, text, machine, receivedAt) : byWords(mail, text, receivedAt);
}

const answer = (kind: AutoReply["kind"]) => ({ kind, hasLeft: false, isCertain: true, returnsOn: null });
const signs = (...all: (Evidence | null)[]) => all.filter((one) => one !== null);

function byMachine(
  mail: IncomingMail,
  text: string,
  machine: Evidence,
  receivedAt: Temporal.Instant,
): AutoReply {
  const left = words("has left", find.left, text);
  if (left) return { ...answer("auto_reply"), hasLeft: true, evidence: signs(machine, left) };
  const away = words("away", find.away, text) ?? words("away", find.away, mail.subject, "subject");
  const back =
    returnIn(text, noteDate(mail, receivedAt)) ?? returnIn(mail.subject, noteDate(mail, receivedAt));
  const desk = words("ticket desk", find.desk, text);
  if (away ? !(desk && TICKET.test(mail.subject)) : back && !desk)
    return {
      ...answer("out_of_office"),
      returnsOn: back?.on ?? null,
      evidence: signs(machine, away, back && { rule: "day of return", where: "text", quote: back.quote }),
    };
  return { ...answer("auto_reply"), evidence: signs(machine, desk) };
}

function byWords(mail: IncomingMail, text: string, receivedAt: Temporal.Instant): AutoReply | null {
  const opening = text.slice(0, 400);
  const plain = folded(text);
  const desk = words("ticket desk", find.desk, opening);
  if (desk && TICKET.test(mail.subject))
    return { ...answer("auto_reply"), isCertain: false, evidence: [desk] };
  const away = words("away", find.away, opening);
  if (!away || /\?/.test(text) || WELCOMES(plain) || DECLINES(plain)) return null;
  const back = returnIn(text, noteDate(mail, receivedAt));
  const courtesy = words("as machines put it", find.courtesy, text);
  const subject = words("away", find.away, mail.subject, "subject");
  if (!back && !courtesy && !subject) return null;
  return {
    ...answer("out_of_office"),
    isCertain: false,
    returnsOn: back?.on ?? null,
    evidence: signs(
      away,
      subject,
      courtesy,
      back && { rule: "day of return", where: "text", quote: back.quote },
    ),
  };
}

function challengeIn(mail: IncomingMail, text: string): Evidence | null {
  const header = Object.keys(mail.headers).find((name) => /^x-(?:boxbe|spamarrest|tmda)/.test(name));
  if (header)
    return { rule: "challenge", where: "header", quote: `${header}: ${mail.headers[header]?.[0] ?? ""}` };
  return /https?:\/\/|click|klick|clique/i.test(text) ? words("challenge", find.challenge, text) : null;
}

function words(
  rule: string,
  finder: Finder,
  source: string,
  where: "text" | "subject" = "text",
): Evidence | null {
  const found = finder(folded(source));
  return found && { rule: `words: ${rule} (${found.language})`, where, quote: quoteAround(source, found) };
}

/** What shows that a program sent it (RFC 3834, and what was in use before and beside it). */
export function machineSign(mail: IncomingMail): Evidence | null {
  for (const [name, values] of Object.entries(mail.headers)) {
    const value = (values[0] ?? "").toLowerCase();
    if (MACHINE.some(([field, says]) => field.test(name) && says.test(value)))
      return {
        rule: "sent by a machine",
        where: "header",
        quote: `${name}: ${values[0] ?? ""}`.slice(0, 160),
      };
  }
  if (mail.returnPath === "") return { rule: "sent by a machine", where: "header", quote: "Return-Path: <>" };
  const subject = find.subject(folded(mail.subject));
  const isPrefix = subject !== null && folded(mail.subject).slice(0, subject.at).trim().length < 4;
  return isPrefix
    ? { rule: "an automatic subject", where: "subject", quote: mail.subject.slice(0, 160) }
    : null;
}

const MACHINE: readonly [name: RegExp, value: RegExp][] = [
  [/^auto-submitted$/, /^(?!no(?:\s|;|\(|$))/],
  [/^x-auto-?reply/, /^(?!no$)/],
  [/^x-auto-?respon(?!se-suppress)/, /^(?!no$)/],
  [/^(?:x-mail-autoreply|x-autogenerated|x-fc-machinegenerated|vacation|x-vacation.*)$/, /^(?!no$|false$)/],
  [/^(?:x-)?precedence$/, /^(?:auto[_-]?reply|bulk|junk)/],
  [/^preference$/, /auto[_-]?reply/],
];

/** A clock that is days off is no clock. */
export function noteDate(mail: IncomingMail, receivedAt: Temporal.Instant) {
  const off = mail.date ? Math.abs(receivedAt.since(mail.date).total("hours")) : Number.POSITIVE_INFINITY;
  const offset = mail.utcOffset ?? 0;
  const at = (off <= 72 && mail.date) || receivedAt;
  const day = at.add({ minutes: offset }).toZonedDateTimeISO("UTC").toPlainDate();
  // Between Halifax in summer and Honolulu, the month comes first.
  return { day, monthFirst: offset <= -240 && offset >= -600 };
}
