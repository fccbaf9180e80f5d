// An incoming mail as it is written down. Of strangers' mail nothing is kept but what it takes to know it again; of an
// answer, what a person needs to see why it was taken for one.

import type { MailEvidence } from "../../../domain/receiving/inbound-verdict.ts";
import { newId } from "../../../kernel/ids.ts";
import type { MailboxFolder } from "./commands.ts";
import type { Followed } from "./consequences.ts";
import type { Arrival } from "./facts.ts";
import type { JudgedMail } from "./judged.ts";
import type { IncomingRow } from "./store.ts";

const LONGEST_TEXT = 20_000;
const LONGEST_QUOTE = 300;
const LONGEST_SUBJECT = 500;
const MOST_FILES = 50;
const LONGEST_NAME = 255;

export function incomingRowOf(
  place: MailboxFolder,
  arrival: Arrival,
  contentKey: string,
  judged: JudgedMail,
  followed: Followed,
  now: Temporal.Instant,
): IncomingRow {
  const { verdict, outcome, sent, contactId } = judged;
  const { kind, certainty, action, probability, about, bounce, returnsOn } = verdict;
  const isOurs = about !== null && kind !== "own";
  // What a contact wrote who was deleted since is not kept either.
  const isKept = isOurs && contactId !== null;
  return {
    ...blankRow(place, arrival, contentKey, now),
    id: judged.id,
    kind,
    certainty,
    action,
    probability,
    returnsOn,
    tiedBy: isOurs ? about.by : null,
    messageId: isOurs ? (sent?.id ?? null) : null,
    contactId: isOurs ? contactId : null,
    enrollmentId: isOurs ? (sent?.enrollmentId ?? null) : null,
    counts: outcome.counts,
    replyClass: outcome.replyClass,
    bounceClass: bounce?.class ?? null,
    bounceCode: bounce?.code ?? null,
    question: outcome.question,
    needsPerson: outcome.needsPerson,
    setAside: isOurs || kind === "unreadable" ? arrival.mail.unreadable : null,
    ...(isKept && contentOf(arrival, verdict.evidence)),
    ...(isKept && { bouncedEmail: bounce?.recipient ?? null, namedEmails: verdict.named }),
    ...followed,
  };
}

function contentOf({ mail }: Arrival, evidence: readonly MailEvidence[]) {
  const { from, subject, text, messageId, attachments } = mail;
  return {
    evidence: evidence.map(({ quote, ...one }) => ({ ...one, quote: cut(quote, LONGEST_QUOTE) })),
    fromEmail: from?.email ?? null,
    fromName: from?.name ? cut(from.name, 200) : null,
    subject: cut(subject, LONGEST_SUBJECT),
    bodyText: cut(text, LONGEST_TEXT),
    attachments: attachments.slice(0, MOST_FILES).map((one) => ({
      ...one,
      name: cut(one.name, LONGEST_NAME),
      type: cut(one.type, LONGEST_NAME),
    })),
    internetMessageId: messageId === null ? null : cut(messageId, 998),
  };
}

/** What a mistake of ours keeps us from understanding. */
export function setAsideRow(
  place: MailboxFolder,
  arrival: Arrival,
  contentKey: string,
  why: string,
  now: Temporal.Instant,
): IncomingRow {
  return {
    ...blankRow(place, arrival, contentKey, now),
    id: newId(),
    kind: "unreadable",
    setAside: why,
    needsPerson: true,
  };
}

/** Of a mail that says nothing. */
export const NOTHING_KNOWN = {
  kind: "unrelated",
  certainty: "sure",
  action: "leave",
  probability: 1,
  tiedBy: null,
  messageId: null,
  contactId: null,
  enrollmentId: null,
  counts: false,
  replyClass: null,
  returnsOn: null,
  bounceClass: null,
  bounceCode: null,
  bouncedEmail: null,
  namedEmails: [],
  evidence: [],
  fromEmail: null,
  fromName: null,
  subject: null,
  bodyText: null,
  attachments: [],
  setAside: null,
  question: null,
  needsPerson: false,
  taskId: null,
  effects: null,
  firstKind: null,
  overruledAt: null,
  overruledBy: null,
  handledAt: null,
  handledBy: null,
  snoozedUntil: null,
  assignedTo: null,
} satisfies Partial<IncomingRow>;

function blankRow(
  place: MailboxFolder,
  { uid, receivedAt, mail }: Arrival,
  contentKey: string,
  now: Temporal.Instant,
): IncomingRow {
  return {
    id: "",
    mailboxId: place.mailboxId,
    contentKey,
    internetMessageId: mail.messageId === null ? null : cut(mail.messageId, 998),
    folder: cut(place.folder.path, 500),
    uid,
    ...NOTHING_KNOWN,
    receivedAt,
    processedAt: now,
  };
}

/** Never half a character, which the database refuses. */
function cut(text: string, most: number) {
  return text.slice(0, most).toWellFormed().replaceAll("\u0000", "");
}
