// Answers to a caught mail, in the forms of real mail: a reply with what it quotes, a delivery report (RFC 3464), an
// automatic answer (RFC 3834). They look like what mail servers and people send every day, so that the reading code
// needs no special case.

import { createHash } from "node:crypto";
import {
  type CatcherReply,
  headersOf,
  hostOf,
  type WrittenAnswer,
  writeBounce,
  writeComplaint,
} from "./reports.ts";
import type { CaughtRow } from "./store.ts";

export async function writeCatcherAnswer(caught: CaughtRow, answer: CatcherReply): Promise<WrittenAnswer> {
  const messageId = messageIdFor(caught, answer);
  if (answer.kind === "bounce") return writeBounce(caught, answer, messageId);
  if (answer.kind === "complaint") return writeComplaint(caught, answer, messageId);
  const isAutomatic = answer.kind === "out_of_office" || answer.kind === "auto_reply";
  const text = answer.text ?? (answer.kind === "out_of_office" ? awayText(answer) : DEFAULTS[answer.kind]);
  const subject = isAutomatic ? `Automatic reply: ${caught.subject}` : replySubject(caught.subject);
  const written = `${text}\n${isAutomatic ? "" : `\n${quoted(caught)}\n`}`;
  const from =
    answer.kind === "forward"
      ? `colleague@${hostOf(caught.toAddress)}`
      : (oneOf(caught.headers.to) ?? caught.toAddress);
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer"); // large, and few need it
  const to = oneOf(caught.headers["reply-to"]) ?? oneOf(caught.headers.from) ?? caught.fromAddress;
  const raw = await new MailComposer({
    from,
    to,
    subject,
    text: written,
    messageId,
    date: new Date(answer.at.epochMilliseconds),
    ...(caught.messageId && { inReplyTo: caught.messageId, references: chainOf(caught) }),
    headers: { ...arrival(caught, isAutomatic ? "" : caught.toAddress), ...(isAutomatic && AUTOMATIC) },
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const sender = isAutomatic ? "" : caught.toAddress;
  return {
    from: sender,
    to: caught.fromAddress,
    subject,
    messageId,
    text: written,
    headers: headersOf(raw),
    raw,
  };
}

const DEFAULTS = {
  reply: "Thanks for your mail. Tell me more.",
  unsubscribe: "Please unsubscribe me from your list.",
  auto_reply: "Thank you for your message. We have received it and will answer soon.",
  forward: "Your mail was passed on to me. I am interested, please write to me from now on.",
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
