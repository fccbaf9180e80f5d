// What an incoming mail is, to which of our mails it belongs, and why we think so.
//
// The order is behavior. First what must never count as an answer (our own mail, reports, lists, machines), then
// answers by the strength of what ties them to us. Every verdict carries what it was read from, because a person may
// look at it and turn it round. Facts in, verdict out; nothing here knows what follows from it.

import { answeredMail, type Link } from "./answered-mail.ts";
import { autoReplyIn, type Heard } from "./auto-replies.ts";
import { deliveryReport, disposition, feedback } from "./delivery-reports.ts";
import type { InboundFacts } from "./inbound-facts.ts";
import { actionOf, type Evidence, NOTHING, unrelated, type Verdict } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { listSign } from "./list-mail.ts";
import { type OptOut, optOutByPhrase, optOutIn } from "./opt-outs.ts";
import { writtenIn } from "./quoted-text.ts";
import { readingOf } from "./reading/reader.ts";
import { machineSign, withoutOurs } from "./reading/signs.ts";
import { addressesNamed, replyClassOf } from "./replies.ts";

export function classify(mail: IncomingMail, facts: InboundFacts): Verdict {
  const read = classified(mail, facts);
  const verdict = facts.folder === "junk" ? takenForSpam(read) : read;
  return { ...verdict, action: actionOf(verdict) };
}

/** Spam borrows addresses: there, only what carries an id of ours is sure. */
function takenForSpam(verdict: Verdict): Verdict {
  const { about, certainty, evidence } = verdict;
  if (!about) return verdict;
  return {
    ...verdict,
    certainty: isProof(about) ? certainty : "probable",
    evidence: [...evidence, { rule: "taken for spam", where: "folder", quote: "junk" }],
  };
}

function classified(mail: IncomingMail, facts: InboundFacts): Verdict {
  return (
    ownMail(mail, facts) ??
    feedback(mail, facts) ??
    deliveryReport(mail, facts) ??
    disposition(mail, facts) ??
    answerOrNot(mail, facts)
  );
}

function ownMail(mail: IncomingMail, { folder, ownAddresses }: InboundFacts): Verdict | null {
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

/** Tie, strip, sure signs, reader, dates: what follows from each is in the function that it calls. */
function answerOrNot(mail: IncomingMail, facts: InboundFacts): Verdict {
  const about = answeredMail(mail, facts);
  if (mail.unreadable !== null && !isProof(about)) return unreadable(mail, about);
  const list = listSign(mail, isProof(about));
  if (list) return { ...NOTHING, kind: "list", about, evidence: [list] };
  if (!about)
    return unrelated("nothing ties it to a mail or contact of ours", mail.from?.email ?? mail.subject);
  const ourSubjects = subjectsOf(about, facts);
  const { fresh } = writtenIn(mail.text);
  const heard: Heard = { fresh, reading: readingOf(fresh), receivedAt: facts.receivedAt, ourSubjects };
  const verdict =
    optOutByAddress(mail, about) ??
    accepted(mail, about) ??
    automatic(mail, facts, about, heard) ??
    written(mail, facts, about, heard);
  return { ...verdict, evidence: verdict.evidence.map((one) => marked(one, mail)) };
}

function subjectsOf({ sent, contactId }: Link, facts: InboundFacts) {
  const theirs = facts.sent.filter((one) => contactId !== null && one.contactId === contactId);
  return [sent, ...theirs].flatMap((one) => one?.subject ?? []);
}

/** Where its words are, so that they can be shown in the mail. */
function marked(one: Evidence, { text, subject }: IncomingMail): Evidence {
  const source = one.where === "text" ? text : one.where === "subject" ? subject : "";
  const from = one.quote === "" ? -1 : source.indexOf(one.quote);
  return from === -1 ? one : { ...one, from, to: from + one.quote.length };
}

const isProof = (about: Link | null) =>
  about !== null && ["message_id", "thread", "token"].includes(about.by);
const certainty = (about: Link) => (about.by === "company" ? "probable" : "sure");
const tie = ({ by, quote }: Link): Evidence => ({ rule: `answers us: ${by}`, where: "header", quote });

function unreadable(mail: IncomingMail, about: Link | null): Verdict {
  const evidence: Evidence[] = [{ rule: "unreadable", where: "report", quote: mail.unreadable ?? "" }];
  return { ...NOTHING, kind: "unreadable", about, evidence };
}

/** Mail programs send an empty "unsubscribe" to the address in List-Unsubscribe, some as automatic mail. */
function optOutByAddress(mail: IncomingMail, about: Link): Verdict | null {
  const optOut = about.by === "token" ? optOutByPhrase("", mail.subject) : null;
  return optOut && optedOut(about, optOut, certainty(about));
}

function automatic(mail: IncomingMail, facts: InboundFacts, about: Link, heard: Heard): Verdict | null {
  const auto = autoReplyIn(mail, heard);
  if (!auto) return null;
  const { kind, hasLeft, isPlain, returnsOn, evidence } = auto;
  const asks = auto.certainty === "sure" ? certainty(about) : auto.certainty;
  // A machine that passes on a wish for no more mail: not sure, and never to be missed.
  const wish = kind === "auto_reply" || kind === "out_of_office" ? optOutIn(heard, null) : null;
  if (wish && kind !== "out_of_office" && !hasLeft) return optedOut(about, wish, "probable", evidence);
  return {
    ...{ ...NOTHING, kind, about, returnsOn, evidence: [tie(about), ...evidence] },
    ...{ certainty: asks, probability: auto.probability },
    action: isPlain && asks === "sure" ? "leave" : "act",
    replyClass: hasLeft ? "not_right_person" : kind === "out_of_office" ? "out_of_office" : null,
    named: hasLeft ? namedIn(mail, facts, about, heard.fresh) : [],
  };
}

function namedIn(mail: IncomingMail, { ownAddresses }: InboundFacts, about: Link, fresh: string) {
  const known = new Set([...ownAddresses, mail.from?.email ?? "", about.sent?.to ?? ""]);
  return addressesNamed(fresh, known);
}

function written(mail: IncomingMail, facts: InboundFacts, about: Link, heard: Heard): Verdict {
  const { fresh, ourSubjects } = heard;
  // Of a subject that holds ours, only what they added is theirs.
  const added = withoutOurs(mail.subject, ourSubjects);
  const isOurs = /^\s*\S{1,8}\s?:/.test(mail.subject) && about.sent !== null;
  const optOut = optOutIn(heard, isOurs ? null : added);
  if (optOut) return optedOut(about, optOut, certainty(about));
  const { replyClass, rule, quote, probability } = invited(mail) ?? replyClassOf(fresh, heard.reading);
  const evidence: Evidence[] = [tie(about), { rule, where: "text", quote: quote ?? fresh.slice(0, 120) }];
  if (mail.unreadable !== null)
    evidence.push({ rule: "unreadable", where: "report", quote: mail.unreadable });
  const named = ["referral", "not_right_person"].includes(replyClass)
    ? namedIn(mail, facts, about, fresh)
    : [];
  // Sent by a system and saying nothing that machines say: a person's answer, most likely.
  const sign = machineSign(mail, ourSubjects);
  const isTyped = isProof(about) && !["none", "not_right_person"].includes(replyClass);
  const isDoubtful = sign !== null && !isTyped;
  if (sign) evidence.push(sign.evidence);
  return {
    ...{ ...NOTHING, kind: "reply", about, replyClass, evidence, named, probability },
    certainty: isDoubtful ? "probable" : certainty(about),
  };
}

function optedOut(
  about: Link,
  { rule, language, quote, isSure, probability }: OptOut,
  most: Verdict["certainty"],
  more: readonly Evidence[] = [],
): Verdict {
  const words: Evidence = {
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
function accepted({ calendar }: IncomingMail, about: Link): Verdict | null {
  if (calendar?.method !== "REPLY") return null;
  const quote = `METHOD:REPLY ${calendar.answer ?? ""}`.trim();
  const evidence: Evidence[] = [tie(about), { rule: "an answer of a calendar", where: "report", quote }];
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
