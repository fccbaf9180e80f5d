// Answers to a caught mail, in the forms of real mail: a reply with what it quotes, a delivery report (RFC 3464), an
// automatic answer (RFC 3834). They look like what mail servers and people send every day, so that the reading code
// needs no special case.

import { createHash } from "node:crypto";
import { headerFieldsOf } from "../../../mail/header-block.ts";
import type { AnswerKind, CaughtRow } from "./store.ts";

export type CatcherReply = {
  kind: AnswerKind;
  text: string | null;
  until: Temporal.PlainDate | null;
  at: Temporal.Instant;
};

type WrittenAnswer = {
  from: string;
  to: string;
  subject: string;
  messageId: string;
  text: string;
  headers: Record<string, string>;
  raw: Buffer;
};

export async function writeCatcherAnswer(caught: CaughtRow, answer: CatcherReply): Promise<WrittenAnswer> {
  const messageId = messageIdFor(caught, answer);
  if (answer.kind === "bounce") return writeReport(caught, answer, messageId);
  const isAway = answer.kind === "out_of_office";
  const text = answer.text ?? (answer.kind === "out_of_office" ? awayText(answer) : DEFAULTS[answer.kind]);
  const subject = isAway ? `Automatic reply: ${caught.subject}` : replySubject(caught.subject);
  const written = `${text}\n${isAway ? "" : `\n${quoted(caught)}\n`}`;
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer"); // large, and few need it
  const to = oneOf(caught.headers["reply-to"]) ?? oneOf(caught.headers.from) ?? caught.fromAddress;
  const raw = await new MailComposer({
    from: oneOf(caught.headers.to) ?? caught.toAddress,
    to,
    subject,
    text: written,
    messageId,
    date: new Date(answer.at.epochMilliseconds),
    ...(caught.messageId && { inReplyTo: caught.messageId, references: chainOf(caught) }),
    headers: { ...arrival(caught, isAway ? "" : caught.toAddress), ...(isAway && AUTOMATIC) },
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const from = isAway ? "" : caught.toAddress;
  return { from, to: caught.fromAddress, subject, messageId, text: written, headers: headersOf(raw), raw };
}

const DEFAULTS = {
  reply: "Thanks for your mail. Tell me more.",
  unsubscribe: "Please unsubscribe me from your list.",
} as const;

const AUTOMATIC = { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", Precedence: "bulk" };

/** What the last mail server writes above a mail. */
function arrival(caught: CaughtRow, returnPath: string) {
  return { "Return-Path": `<${returnPath}>`, "Delivered-To": caught.fromAddress };
}

function awayText({ until }: CatcherReply) {
  const back = until?.toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return back
    ? `Thank you for your mail. I am out of the office until ${back} and will answer when I am back.`
    : "Thank you for your mail. I am out of the office at the moment and will answer when I am back.";
}

function replySubject(subject: string) {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

function quoted({ at, headers, fromAddress, bodyText }: CaughtRow) {
  const day = at.toZonedDateTimeISO("UTC").toPlainDate();
  const when = day.toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const time = at.toZonedDateTimeISO("UTC").toPlainTime().toString().slice(0, 5);
  const lines = (bodyText ?? "").trimEnd().split("\n").slice(0, 200);
  return [
    `On ${when} at ${time}, ${oneOf(headers.from) ?? fromAddress} wrote:`,
    ...lines.map((line) => `> ${line.trimEnd()}`),
  ].join("\n");
}

function chainOf({ headers, messageId }: CaughtRow) {
  const known = (headers.references ?? "").match(/<[^<>\s]{1,500}>/g) ?? [];
  return [...known.slice(-20), messageId as string];
}

function oneOf(value: string | undefined) {
  return value?.trim() || null;
}

/** The same answer to the same mail is the same mail. */
function messageIdFor({ id, toAddress }: CaughtRow, { kind, at }: CatcherReply) {
  const digest = createHash("sha256").update(`${id} ${kind} ${at}`).digest("hex").slice(0, 32);
  return `<${digest}@${hostOf(toAddress)}>`;
}

function hostOf(address: string) {
  return address.slice(address.lastIndexOf("@") + 1).replace(/[^\w.-]/g, "") || "unknown.example";
}

/** From the server of the dead address to the sender, with an empty return path, so that no server answers it. */
function writeReport(caught: CaughtRow, { text, at }: CatcherReply, messageId: string): WrittenAnswer {
  const host = hostOf(caught.toAddress);
  const boundary = `report-${messageId.slice(1, 21)}`;
  const said = oneLine(text) ?? `550 5.1.1 <${caught.toAddress}>: Recipient address rejected: User unknown`;
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] ?? (/^4/.test(said) ? "4.0.0" : "5.0.0");
  const notice = [
    `This is the mail system at host mx.${host}.`,
    "",
    "I'm sorry to have to inform you that your message could not",
    "be delivered to one or more recipients.",
    "",
    `<${caught.toAddress}>: host mx.${host} said: ${said}`,
  ].join("\r\n");
  const lines = [
    "Return-Path: <>",
    `Delivered-To: ${oneLine(caught.fromAddress)}`,
    `Date: ${mailDate(at)}`,
    `From: Mail Delivery System <MAILER-DAEMON@${host}>`,
    `To: ${oneLine(caught.fromAddress)}`,
    "Subject: Undelivered Mail Returned to Sender",
    `Message-ID: ${messageId}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    "This is a MIME-encapsulated message.",
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=us-ascii",
    "",
    notice,
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    `Reporting-MTA: dns; mx.${host}`,
    `Arrival-Date: ${mailDate(caught.at)}`,
    "",
    `Final-Recipient: rfc822; ${oneLine(caught.toAddress)}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    "",
    `--${boundary}`,
    "Content-Type: text/rfc822-headers",
    "",
    ...originalHeaders(caught),
    "",
    `--${boundary}--`,
    "",
  ];
  const subject = "Undelivered Mail Returned to Sender";
  const raw = Buffer.from(lines.join("\r\n"));
  return { from: "", to: caught.fromAddress, subject, messageId, text: notice, headers: headersOf(raw), raw };
}

function originalHeaders({ headers, messageId }: CaughtRow) {
  const wanted = ["from", "to", "subject", "date", "message-id", "in-reply-to", "references"];
  const kept = { ...headers, ...(messageId && { "message-id": messageId }) } as Record<string, string>;
  return wanted.flatMap((name) =>
    kept[name] ? [`${name.replace(/\b./g, (first) => first.toUpperCase())}: ${oneLine(kept[name])}`] : [],
  );
}

function oneLine(text: string | null) {
  return text?.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim() || null;
}

function mailDate(at: Temporal.Instant) {
  return new Date(at.epochMilliseconds).toUTCString().replace("GMT", "+0000");
}

function headersOf(raw: Buffer) {
  const fields = headerFieldsOf(raw.toString("utf8", 0, raw.indexOf("\r\n\r\n")));
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.join(", ")]));
}
