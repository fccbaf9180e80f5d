// The mails that came back, as the product would have taken them in, and what it noted on the mails they are about.

import { optOutByPhrase } from "../domain/receiving/opt-outs.ts";
import { replyClassOf } from "../domain/receiving/replies.ts";
import type { SeenAnswer } from "../features/receiving/incoming/marks-store.ts";
import { NOTHING_KNOWN } from "../features/receiving/incoming/rows.ts";
import type { IncomingRow } from "../features/receiving/incoming/store.ts";
import type { NewMessage } from "../features/sending/messages/store.ts";
import { newId } from "../kernel/ids.ts";
import { DAY, HOUR, instant } from "./acting.ts";
import { AWAY, REPLIES } from "./replies.ts";
import type { Telling } from "./story.ts";

/** What is younger may still wait for a user. */
const NEWS_FOR = 14 * DAY;

/** The contact replies; where they are away, their mail program does. */
export function answered(telling: Telling, message: NewMessage, at: number, replyClass: string) {
  const { chance } = telling;
  const text = fill(telling, chance.pick(REPLIES[replyClass] ?? []));
  const reading = replyClass === "unsubscribe" ? optOut(text) : replyClassOf(text);
  const row: IncomingRow = {
    ...arrived(telling, message, at),
    kind: replyClass === "unsubscribe" ? "unsubscribe" : "reply",
    counts: true,
    replyClass,
    namedEmails: replyClass === "person_referral" ? [colleagueOf(telling)] : [],
    evidence: [
      tie(message),
      { rule: reading.rule, where: "text", quote: reading.quote ?? text.slice(0, 120) },
    ],
    subject: replyTo(message),
    bodyText: `${text}\n\n${quoted(message)}`,
    ...(replyClass !== "unsubscribe" && seenTo(telling, at)),
  };
  telling.incoming.push(row);
  telling.seen.push(seenBy(row, message, "reply", { reply_class: replyClass }));
}

function optOut(text: string) {
  const found = optOutByPhrase(text, null);
  return { rule: `opts out: ${found?.rule} (${found?.language})`, quote: found?.quote ?? null };
}

export function away(telling: Telling, message: NewMessage, at: number, backAt: number) {
  const returnsOn = instant(backAt).toZonedDateTimeISO("UTC").toPlainDate();
  const day = returnsOn.toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const machine = {
    rule: "sent by a machine",
    where: "header",
    quote: "Auto-Submitted: auto-replied",
  } as const;
  telling.incoming.push({
    ...arrived(telling, message, at),
    kind: "out_of_office",
    replyClass: "out_of_office",
    returnsOn,
    evidence: [tie(message), machine, { rule: "day of return", where: "text", quote: `until ${day}` }],
    subject: `Automatic reply: ${message.subject}`,
    bodyText: fill(telling, AWAY.replace("{day}", day)),
  });
}

/** Their mail server gives it back. */
export function returned(telling: Telling, message: NewMessage, at: number, says: string) {
  const { email } = telling.cast.contact;
  const code = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(says)?.[0] ?? null;
  const row: IncomingRow = {
    ...arrived(telling, message, at),
    kind: "bounce",
    bounceClass: "hard",
    bounceCode: code,
    bouncedEmail: email,
    evidence: [tie(message), { rule: "hard: nobody there", where: "report", quote: says }],
    fromEmail: `mailer-daemon@${email.split("@")[1]}`,
    fromName: "Mail Delivery System",
    subject: "Undelivered Mail Returned to Sender",
    bodyText: `This message could not be delivered.\n\n<${email}>: ${says}`,
  };
  telling.incoming.push(row);
  telling.seen.push(seenBy(row, message, "bounce", { class: "hard", code }));
}

/** Opened and clicked so often, each time within the time that is told. */
export function looked(telling: Telling, message: NewMessage, openedAt: number, clickedAt: number | null) {
  const { cast, seen } = telling;
  const about = { messageId: message.id, contactId: cast.contact.id, isMachine: false, detail: {} };
  for (let n = 0; n < message.numOpens; n++) {
    const at = Math.min(cast.until, openedAt + n * 5 * HOUR);
    seen.push({ ...about, id: newId(), type: "open", at: instant(at) });
  }
  for (let n = 0; clickedAt !== null && n < message.numClicks; n++)
    seen.push({
      ...about,
      id: newId(),
      type: "click",
      at: instant(Math.min(cast.until, clickedAt + n * 60_000)),
    });
}

function arrived({ cast }: Telling, message: NewMessage, at: number): IncomingRow {
  const { contact, sender } = cast;
  const id = newId();
  return {
    ...NOTHING_KNOWN,
    ...({ folder: "INBOX", uid: 0, tiedBy: "message_id" } as const),
    id,
    mailboxId: sender.mailboxId,
    contentKey: `sample ${id}`,
    internetMessageId: `<${id}@${contact.email.split("@")[1]}>`,
    messageId: message.id,
    contactId: contact.id,
    enrollmentId: message.enrollmentId,
    fromEmail: contact.email,
    fromName: contact.name,
    receivedAt: instant(at),
    processedAt: instant(at),
  };
}

/** What came lately may wait yet. */
function seenTo({ chance, cast }: Telling, at: number) {
  const isNews = cast.until - at < NEWS_FOR && !cast.sequence.isOver;
  if (isNews && chance.happens(0.7)) return {};
  return {
    handledAt: instant(Math.min(cast.until, at + HOUR * (1 + 6 * chance.next()))),
    handledBy: cast.sender.userId,
  };
}

function seenBy(
  { id, receivedAt }: IncomingRow,
  message: NewMessage,
  type: "reply" | "bounce",
  detail: Record<string, unknown>,
): SeenAnswer {
  return {
    id: newId(),
    messageId: message.id,
    contactId: message.contactId,
    type,
    at: receivedAt,
    isMachine: type === "bounce",
    detail: { ...detail, incoming_mail_id: id },
  };
}

function tie({ providerMessageId }: NewMessage) {
  return {
    rule: "answers us: message_id",
    where: "header",
    quote: `In-Reply-To: ${providerMessageId}`,
  } as const;
}

const replyTo = ({ subject }: NewMessage) => `Re: ${(subject ?? "").replace(/^re:\s*/i, "")}`;

function quoted({ bodyText, fromName }: NewMessage) {
  const lines = (bodyText ?? "").split("\n").map((line) => `> ${line}`.trimEnd());
  return `${fromName} wrote:\n${lines.join("\n")}`;
}

function colleagueOf({ cast }: Telling) {
  return `maintenance@${cast.contact.email.split("@")[1]}`;
}

function fill(telling: Telling, text: string) {
  const { contact, sender } = telling.cast;
  return text
    .replaceAll("{sender}", sender.name.split(" ")[0] ?? "")
    .replaceAll("{name}", contact.firstName)
    .replaceAll("{company}", contact.company)
    .replaceAll("{colleague}", colleagueOf(telling));
}
