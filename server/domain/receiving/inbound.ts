// What an incoming mail is, to which of our mails it belongs, and why we think so.
//
// The order is behavior. First what must never count as an answer (our own mail, reports, lists, machines), then
// answers by the strength of what ties them to us. Every verdict carries what it was read from, because a person may
// look at it and turn it round. Facts in, verdict out; nothing here knows what follows from it.

import { reportAboutUs } from "./aggregate-report.ts";
import { answeredMail, type Link } from "./answered-mail.ts";
import { type AutoReplyInput, autoReplyIn } from "./auto-replies.ts";
import { deliveryReport, disposition, feedback } from "./delivery-reports.ts";
import { type InboundFacts, isDaemon } from "./inbound-facts.ts";
import { actionOf, type InboundVerdict, type MailEvidence, NOTHING, unrelated } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { listSign } from "./list-mail.ts";
import { maySayOptOut, type OptOutPhrase, optOutByPhrase, optOutIn } from "./opt-outs.ts";
import { writtenIn } from "./quoted-text.ts";
import { readingOf } from "./reading/reader.ts";
import { addressesNamed, replyClassOf } from "./replies.ts";
import { machineSign, withoutOurs } from "./signs.ts";

export function classify(mail: IncomingMail, facts: InboundFacts): InboundVerdict {
  const read = classified(mail, facts);
  const verdict = facts.folder === "junk" ? takenForSpam(read) : read;
  return { ...verdict, action: actionOf(verdict) };
}

/** Spam borrows addresses: there, only what carries an id of ours is sure. */
function takenForSpam(verdict: InboundVerdict): InboundVerdict {
  const { about, certainty, evidence } = verdict;
  if (!about) return verdict;
  return {
    ...verdict,
    certainty: isProof(about) ? certainty : "probable",
    evidence: [...evidence, { rule: "taken for spam", where: "folder", quote: "junk" }],
  };
}

function classified(mail: IncomingMail, facts: InboundFacts): InboundVerdict {
  return (
    ownMail(mail, facts) ??
    aggregateReport(mail, facts) ??
    feedback(mail, facts) ??
    deliveryReport(mail, facts) ??
    disposition(mail, facts) ??
    answerOrNot(mail, facts)
  );
}

function ownMail(mail: IncomingMail, { folder, ownAddresses }: InboundFacts): InboundVerdict | null {
  if (folder === "sent" || folder === "drafts")
    return {
      ...NOTHING,
      kind: "own",
      evidence: [{ rule: "our own folder", where: "folder", quote: folder }],
    };
  const from = mail.from?.email;
  if (from === undefined || !ownAddresses.has(from) || mail.deliveryStatuses.length > 0) return null;
  return {
    ...NOTHING,
    kind: "own",
    evidence: [{ rule: "our own address", where: "header", quote: `From: ${from}` }],
  };
}

/** What a receiver tells about a domain of ours is no answer, even if it comes from a company that we wrote to. */
function aggregateReport(mail: IncomingMail, facts: InboundFacts): InboundVerdict | null {
  return reportAboutUs(mail, facts) && unrelated("a report about a domain", mail.subject);
}

/** Tie, strip, sure signs, reader, dates: what follows from each is in the function that it calls. */
function answerOrNot(mail: IncomingMail, facts: InboundFacts): InboundVerdict {
  const about = answeredMail(mail, facts);
  if (mail.unreadable !== null && !isProof(about)) return unreadable(mail, about);
  const list = listSign(mail, isProof(about) || namesOurMail(mail, about, facts));
  if (list) return { ...NOTHING, kind: "list", about, evidence: [list] };
  if (!about)
    return unrelated("nothing ties it to a mail or contact of ours", mail.from?.email ?? mail.subject);
  const ourSubjects = subjectsOf(about, facts);
  const { fresh } = writtenIn(mail.text);
  const heard: AutoReplyInput = {
    fresh,
    reading: readingOf(fresh),
    receivedAt: facts.receivedAt,
    ourSubjects,
  };
  const verdict =
    optOutByAddress(mail, about) ??
    accepted(mail, about) ??
    automatic(mail, facts, about, heard) ??
    written(mail, facts, about, heard);
  return { ...verdict, evidence: verdict.evidence.map((one) => marked(one, mail)) };
}

/** A client that sends no ids, through a list that a member answers from: our subject or our words show what it answers. */
function namesOurMail(mail: IncomingMail, about: Link | null, facts: InboundFacts) {
  if (about === null || !ANSWERS.test(mail.subject)) return false;
  return withoutOurs(mail.subject, subjectsOf(about, facts)) !== mail.subject;
}

const ANSWERS = /^\s{0,3}\p{L}{1,8}\s?[:：]/u;

function subjectsOf({ sent, contactId }: Link, facts: InboundFacts) {
  const theirs = facts.sent.filter((one) => contactId !== null && one.contactId === contactId);
  return [sent, ...theirs].flatMap((one) => one?.subject ?? []);
}

/** Where its words are, so that they can be shown in the mail. */
function marked(one: MailEvidence, { text, subject }: IncomingMail): MailEvidence {
  const source = one.where === "text" ? text : one.where === "subject" ? subject : "";
  const from = one.quote === "" ? -1 : source.indexOf(one.quote);
  return from === -1 ? one : { ...one, from, to: from + one.quote.length };
}

const isProof = (about: Link | null) =>
  about !== null && ["message_id", "thread", "token"].includes(about.by);
const certainty = (about: Link) => (about.by === "company" ? "probable" : "sure");
const tie = ({ by, quote }: Link): MailEvidence => ({ rule: `answers us: ${by}`, where: "header", quote });

function unreadable(mail: IncomingMail, about: Link | null): InboundVerdict {
  const evidence: MailEvidence[] = [{ rule: "unreadable", where: "report", quote: mail.unreadable ?? "" }];
  return { ...NOTHING, kind: "unreadable", about, evidence };
}

/** Mail programs send an empty "unsubscribe" to the address in List-Unsubscribe, some as automatic mail. */
function optOutByAddress(mail: IncomingMail, about: Link): InboundVerdict | null {
  const optOut = about.by === "token" ? optOutByPhrase("", mail.subject) : null;
  return optOut && optedOut(about, optOut, certainty(about));
}

function automatic(
  mail: IncomingMail,
  facts: InboundFacts,
  about: Link,
  heard: AutoReplyInput,
): InboundVerdict | null {
  const auto = autoReplyIn(mail, heard);
  if (!auto) return null;
  const { kind, hasLeft, isPlain, returnsOn, evidence } = auto;
  const asks = auto.certainty === "sure" ? certainty(about) : auto.certainty;
  // A machine that passes on a wish for no more mail: not sure, and never to be missed.
  const wish = kind === "auto_reply" || kind === "out_of_office" ? optOutIn(heard, null) : null;
  if (wish && !hasLeft && (kind !== "out_of_office" || wish.isSure))
    return optedOut(about, wish, "probable", evidence);
  return {
    ...NOTHING,
    kind,
    about,
    returnsOn,
    evidence: [tie(about), ...evidence],
    certainty: asks,
    probability: auto.probability,
    action:
      kind === "auto_reply" && maySayOptOut(heard) ? "ask" : isPlain && asks === "sure" ? "leave" : "act",
    replyClass: hasLeft ? "not_right_person" : kind === "out_of_office" ? "out_of_office" : null,
    named: hasLeft ? namedIn(mail, facts, about, heard.fresh) : [],
  };
}

function namedIn(mail: IncomingMail, { ownAddresses }: InboundFacts, about: Link, fresh: string) {
  const known = new Set([...ownAddresses, mail.from?.email ?? "", about.sent?.to ?? ""]);
  return addressesNamed(fresh, known);
}

function written(
  mail: IncomingMail,
  facts: InboundFacts,
  about: Link,
  heard: AutoReplyInput,
): InboundVerdict {
  const { fresh, ourSubjects } = heard;
  // Of a subject that holds ours, only what they added is theirs.
  const added = withoutOurs(mail.subject, ourSubjects);
  const isOurs = /^\s*\S{1,8}\s?:/.test(mail.subject) && about.sent !== null;
  const optOut = optOutIn(heard, isOurs ? null : added);
  // A mail server's address signs what no person wrote, or an administrator for another person.
  if (optOut) return optedOut(about, optOut, isDaemon(mail) ? "probable" : certainty(about));
  const { replyClass, rule, quote, probability } = invited(mail) ?? replyClassOf(fresh, heard.reading);
  const evidence: MailEvidence[] = [tie(about), { rule, where: "text", quote: quote ?? fresh.slice(0, 120) }];
  if (mail.unreadable !== null)
    evidence.push({ rule: "unreadable", where: "report", quote: mail.unreadable });
  const named = ["referral", "not_right_person"].includes(replyClass)
    ? namedIn(mail, facts, about, fresh)
    : [];
  // Sent by a system and saying nothing that machines say: a person's answer, most likely.
  const sign = machineSign(mail, ourSubjects);
  const isTyped = isProof(about) && !["none", "not_right_person"].includes(replyClass);
  const isDoubtful = (sign !== null && !isTyped) || maySayOptOut(heard);
  if (sign) evidence.push(sign.evidence);
  return {
    ...NOTHING,
    kind: "reply",
    about,
    replyClass,
    evidence,
    named,
    probability,
    certainty: isDoubtful ? "probable" : certainty(about),
  };
}

function optedOut(
  about: Link,
  { rule, language, quote, isSure, probability }: OptOutPhrase,
  most: InboundVerdict["certainty"],
  more: readonly MailEvidence[] = [],
): InboundVerdict {
  const words: MailEvidence = {
    rule: `opts out: ${rule}${language && ` (${language})`}`,
    where: rule === "the subject" ? "subject" : "text",
    quote,
  };
  return {
    ...NOTHING,
    kind: "unsubscribe",
    certainty: isSure ? most : "probable",
    probability,
    about,
    replyClass: "unsubscribe",
    evidence: [tie(about), words, ...more],
  };
}

/** A calendar answers an invitation: no reply in words, and no reason to go on. */
function accepted({ calendar }: IncomingMail, about: Link): InboundVerdict | null {
  if (calendar?.method !== "REPLY") return null;
  const quote = `METHOD:REPLY ${calendar.answer ?? ""}`.trim();
  const evidence: MailEvidence[] = [tie(about), { rule: "an answer of a calendar", where: "report", quote }];
  return { ...NOTHING, kind: "auto_reply", action: "ask", about, evidence };
}

function invited({ calendar }: IncomingMail) {
  if (calendar?.method !== "REQUEST") return null;
  return {
    replyClass: "interested" as const,
    rule: "an invitation",
    quote: "METHOD:REQUEST",
    probability: 1,
  };
}
