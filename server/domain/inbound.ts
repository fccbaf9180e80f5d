// What an incoming mail is, to which of our mails it belongs, and why we think so.
//
// The order is behavior. First what must never count as an answer (our own mail, reports, lists, machines), then
// answers by the strength of what ties them to us. Every verdict carries what it was read from, because a person may
// look at it and turn it round. Facts in, verdict out; nothing here knows what follows from it.

import { answeredMail, type Link } from "./answered-mail.ts";
import { autoReplyIn } from "./auto-replies.ts";
import { deliveryReport, disposition, feedback } from "./delivery-reports.ts";
import type { InboundFacts } from "./inbound-facts.ts";
import { type Evidence, NOTHING, unrelated, type Verdict } from "./inbound-verdict.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { listSign } from "./list-mail.ts";
import { optOutIn } from "./opt-outs.ts";
import { writtenIn } from "./quoted-text.ts";
import { addressesNamed, replyClassOf } from "./replies.ts";

export function classify(mail: IncomingMail, facts: InboundFacts): Verdict {
  const verdict = classified(mail, facts);
  return facts.folder === "junk" ? takenForSpam(verdict) : verdict;
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

function answerOrNot(mail: IncomingMail, facts: InboundFacts): Verdict {
  const about = answeredMail(mail, facts);
  if (mail.unreadable !== null && !isProof(about)) return unreadable(mail, about);
  const list = listSign(mail, facts.ownAddresses, isProof(about));
  if (list) return { ...NOTHING, kind: "list", about, evidence: [list] };
  if (!about)
    return unrelated("nothing ties it to a mail or contact of ours", mail.from?.email ?? mail.subject);
  const { fresh } = writtenIn(mail.text);
  return (
    optOutByAddress(mail, about) ?? automatic(mail, facts, about, fresh) ?? written(mail, facts, about, fresh)
  );
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
  const optOut = about.by === "token" ? optOutIn("", mail.subject) : null;
  return optOut && optedOut(mail, about, optOut);
}

function automatic(mail: IncomingMail, facts: InboundFacts, about: Link, fresh: string): Verdict | null {
  const auto = autoReplyIn(mail, fresh, facts.receivedAt);
  if (!auto) return null;
  const { kind, hasLeft, isCertain, returnsOn, evidence } = auto;
  return {
    ...{ kind, about, returnsOn, bounce: null, evidence: [tie(about), ...evidence] },
    certainty: isCertain ? certainty(about) : "probable",
    replyClass: hasLeft ? "not_right_person" : kind === "out_of_office" ? "out_of_office" : null,
    named: hasLeft ? namedIn(mail, facts, about, fresh) : [],
  };
}

function namedIn(mail: IncomingMail, { ownAddresses }: InboundFacts, about: Link, fresh: string) {
  const known = new Set([...ownAddresses, mail.from?.email ?? "", about.sent?.to ?? ""]);
  return addressesNamed(fresh, known);
}

function written(mail: IncomingMail, facts: InboundFacts, about: Link, fresh: string): Verdict {
  // A subject that begins with our own is ours, and says nothing of theirs.
  const isOurs = /^\s*\S{1,8}\s?:/.test(mail.subject) && about.sent !== null;
  const optOut = optOutIn(fresh, isOurs ? null : mail.subject);
  if (optOut) return optedOut(mail, about, optOut);
  const { replyClass, rule, quote } = calendarClass(mail) ?? replyClassOf(fresh);
  const evidence: Evidence[] = [tie(about), { rule, where: "text", quote: quote ?? fresh.slice(0, 120) }];
  if (mail.unreadable !== null)
    evidence.push({ rule: "unreadable", where: "report", quote: mail.unreadable });
  const named = ["referral", "not_right_person"].includes(replyClass)
    ? namedIn(mail, facts, about, fresh)
    : [];
  return { ...NOTHING, kind: "reply", certainty: certainty(about), about, replyClass, evidence, named };
}

function optedOut(
  _: IncomingMail,
  about: Link,
  { rule, language, quote }: NonNullable<ReturnType<typeof optOutIn>>,
): Verdict {
  const words: Evidence = {
    rule: `opts out: ${rule} (${language})`,
    where: rule === "the subject" ? "subject" : "text",
    quote,
  };
  const evidence = [tie(about), words];
  return {
    ...NOTHING,
    kind: "unsubscribe",
    certainty: certainty(about),
    about,
    replyClass: "unsubscribe",
    evidence,
  };
}

/** Whoever accepts an invitation, or sends one, answers without words. */
function calendarClass({ calendar }: IncomingMail) {
  if (!calendar) return null;
  const { method, answer } = calendar;
  const isWelcome =
    method === "REQUEST" || (method === "REPLY" && (answer === "ACCEPTED" || answer === "TENTATIVE"));
  const quote = `METHOD:${method}${answer ? ` ${answer}` : ""}`;
  return isWelcome ? { replyClass: "interested" as const, rule: "an invitation", quote } : null;
}
