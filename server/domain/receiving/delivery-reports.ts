// Reports by machines: a mail that could not be delivered, will be retried, was read, or was called spam.
//
// Reports can be forged. One that names neither a mail nor a recipient of ours is unrelated, whatever it says. One that
// names a recipient of ours and no mail of ours (by its Message-ID or token) is probable at most, so that a user is
// asked: an address is no secret. "Delayed" is no bounce: the server goes on trying.

import { companyReport, type Link, reportedMail } from "./answered-mail.ts";
import { bounceReason } from "./bounces.ts";
import { addressesInText, failedRecipients, type InboundFacts } from "./inbound-facts.ts";
import { type InboundVerdict, type MailEvidence, NOTHING, unrelated } from "./inbound-verdict.ts";
import type { DeliveryStatus, IncomingMail } from "./incoming-mail.ts";
import { isStillTried, reportSign } from "./report-signs.ts";

export function deliveryReport(mail: IncomingMail, facts: InboundFacts): InboundVerdict | null {
  const { deliveryStatuses: statuses } = mail;
  const sign = statuses.length > 0 ? null : reportSign(mail, facts);
  if (statuses.length === 0 && !sign) return null;
  const about = aboutReport(mail, facts);
  if (!about) return unrelated("a report about no mail or recipient of ours", recipientsOf(mail).join(", "));
  const status = statusFor(statuses, about);
  const evidence: MailEvidence[] = [
    { rule: `reports on ours: ${about.by}`, where: "report", quote: about.quote },
    ...(sign ? [sign] : []),
  ];
  const certainty = certaintyOf(about);
  const action = status ? actionFor(status, mail) : isStillTried(mail) ? "delayed" : "failed";
  if (action === "delivered") return { ...NOTHING, kind: "receipt", about, certainty, evidence };
  const said = status?.diagnostic ?? textOfReport(mail, about);
  if (action === "delayed") {
    const quote = `${status?.action ?? "still tried"} ${status?.status ?? ""} ${said}`.slice(0, 200);
    return {
      ...NOTHING,
      kind: "delay",
      about,
      certainty,
      evidence: [...evidence, { rule: "delayed", where: "report", quote }],
    };
  }
  const { isSure, ...read } = bounced(mail, status, said, about, evidence);
  // Code and words disagree: probable. Neither says anything: sure to be a bounce, and a user is asked which.
  const isDoubtful = !isSure && read.bounce.class === "hard";
  return {
    ...NOTHING,
    kind: "bounce",
    about,
    certainty: isDoubtful ? "probable" : certainty,
    action: isSure ? "act" : "ask",
    ...read,
  };
}

function bounced(
  mail: IncomingMail,
  status: DeliveryStatus | null,
  said: string,
  about: Link,
  evidence: MailEvidence[],
) {
  const first = bounceReason(status?.status ?? null, said);
  // What the server said elsewhere may be plainer than what it put into the field.
  const reason =
    first.rule === "nobody can tell"
      ? bounceReason(status?.status ?? null, textOfReport(mail, about))
      : first;
  const recipient = about.sent?.to ?? (about.by === "address" ? about.quote : null);
  return {
    isSure: reason.isSure,
    bounce: {
      class: reason.class,
      code: reason.code,
      recipient,
      diagnostic: said.replace(/\s+/g, " ").trim().slice(0, 500) || null,
    },
    evidence: [
      ...evidence,
      { rule: `${reason.class}: ${reason.rule}`, where: "report" as const, quote: reason.quote },
    ],
  };
}

function aboutReport(mail: IncomingMail, facts: InboundFacts): Link | null {
  const link = reportedMail(mail, facts);
  if (link) return link;
  for (const address of recipientsOf(mail)) {
    const contact = facts.contacts.find(({ emails }) => emails.includes(address));
    const sent = facts.sent.find(({ to }) => to === address) ?? null;
    if (contact || sent)
      return { by: "address", sent, contactId: contact?.id ?? sent?.contactId ?? null, quote: address };
  }
  return companyReport(mail, facts);
}

/** Only mail servers that had a mail of ours know its Message-ID and its token. */
const certaintyOf = ({ by }: Link) => (by === "address" || by === "company" ? "probable" : "sure");

function recipientsOf(mail: IncomingMail) {
  const reported = mail.deliveryStatuses.flatMap((one) => [one.originalRecipient, one.finalRecipient]);
  const all = [
    ...reported,
    ...failedRecipients(mail),
    ...(mail.original?.to ?? []),
    ...addressesInText(mail),
  ];
  return [...new Set(all.filter((address) => address !== null))];
}

function statusFor(statuses: readonly DeliveryStatus[], { sent, quote }: Link) {
  const isAbout = (one: DeliveryStatus) =>
    [one.finalRecipient, one.originalRecipient].some(
      (address) => address !== null && (address === sent?.to || address === quote),
    );
  return statuses.find(isAbout) ?? statuses.find(({ action }) => action === "failed") ?? statuses[0] ?? null;
}

/** OpenSMTPD (usr.sbin/smtpd/queue.c) reports an envelope that expired as delayed, and has given up. */
function actionFor(status: DeliveryStatus, mail: IncomingMail) {
  const hasExpired =
    status.status === "4.4.7" && /envelope expired/i.test(`${status.diagnostic} ${mail.text.slice(0, 3000)}`);
  return hasExpired ? "failed" : actionOf(status);
}

function actionOf({ action, status }: DeliveryStatus): "failed" | "delayed" | "delivered" {
  if (action === "delayed" || action === "failed") return action;
  if (action === "delivered" || action === "relayed" || action === "expanded") return "delivered";
  return status?.startsWith("2") ? "delivered" : status?.startsWith("4") ? "delayed" : "failed";
}

/**
 * What the server says, without the email it gives back. Message-ID, subject and recipient alone are details of the report, and the
 * reason may follow them.
 */
function textOfReport({ text }: IncomingMail, { sent }: Link) {
  const said = text.slice(0, LONGEST_REASON);
  const ends = [GIVEN_BACK.exec(said)?.index, openingAt(said, sent?.opening ?? "")];
  return said.slice(0, Math.min(...ends.filter((end) => end !== undefined), LONGEST_REASON));
}

const LONGEST_REASON = 2000;

/** The line before it, or a header that only an email has. */
const GIVEN_BACK =
  /^(?:-{3,}.{0,80}(?:copy of|original|message|headers).{0,60}-{3,}|[> \t]{0,3}(?:received|return-path|dkim-signature|mime-version|content-type):)/im;

/** Our own first words, whichever way its lines are broken and quoted. */
function openingAt(text: string, opening: string) {
  const words = opening.split(/\s+/, MOST_WORDS).filter(Boolean);
  const [first = ""] = words;
  if (words.length < LEAST_WORDS) return undefined;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const here = text.slice(at).split(/[\s>]+/, words.length);
    if (here.join(" ") === words.join(" ")) return at;
  }
  return undefined;
}

const LEAST_WORDS = 3;
const MOST_WORDS = 6;

/** The contact opened it, or deleted it unread: a receipt is no answer. */
export function disposition(mail: IncomingMail, facts: InboundFacts): InboundVerdict | null {
  if (!mail.disposition && mail.reportType !== "disposition-notification") return null;
  const about = reportedMail(mail, facts) ?? byRecipient(mail.from?.email, facts);
  const quote = mail.disposition?.disposition?.[0] ?? mail.subject;
  if (!about) return unrelated("a receipt for no mail of ours", quote);
  return {
    ...NOTHING,
    kind: "receipt",
    about,
    evidence: [{ rule: "a read receipt", where: "report", quote }],
  };
}

/** The contact pressed "this is spam" (RFC 5965). */
export function feedback(mail: IncomingMail, facts: InboundFacts): InboundVerdict | null {
  if (!mail.feedback) return null;
  const type = mail.feedback["feedback-type"]?.[0] ?? "abuse";
  const rcpt = mail.feedback["original-rcpt-to"]?.[0]?.replace(/[<>\s]|^rfc822;/g, "").toLowerCase();
  const about = reportedMail(mail, facts) ?? aboutReport(mail, facts) ?? byRecipient(rcpt, facts);
  const quote = `Feedback-Type: ${type}`;
  if (!about) return unrelated("a complaint about no mail of ours", quote);
  if (/^not-spam|^auth-failure|^dmarc/i.test(type))
    return { ...NOTHING, kind: "receipt", about, evidence: [{ rule: "a report", where: "report", quote }] };
  return {
    ...NOTHING,
    kind: "complaint",
    about,
    certainty: certaintyOf(about),
    evidence: [{ rule: "called spam", where: "report", quote }],
  };
}

function byRecipient(address: string | undefined, { sent, contacts }: InboundFacts): Link | null {
  const contact = address === undefined ? undefined : contacts.find(({ emails }) => emails.includes(address));
  if (!contact) return null;
  return {
    by: "address",
    sent: sent.find(({ contactId }) => contactId === contact.id) ?? null,
    contactId: contact.id,
    quote: address ?? "",
  };
}
