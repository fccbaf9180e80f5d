// Reports about a caught mail as mail servers write them: that it could not be delivered (RFC 3464), and that its reader called it
// spam (RFC 5965).

import { headerFieldsOf } from "../../../mail/header-block.ts";
import type { AnswerKind, CaughtRow } from "./store.ts";

export type CatcherReply = {
  kind: AnswerKind;
  text: string | null;
  until: Temporal.PlainDate | null;
  at: Temporal.Instant;
};

export type WrittenAnswer = {
  from: string;
  to: string;
  subject: string;
  messageId: string;
  text: string;
  headers: Record<string, string>;
  raw: Buffer;
};

/** From the server of the dead address to the sender, with an empty return path, so that no server answers it. */
export function writeBounce(caught: CaughtRow, { text, at }: CatcherReply, messageId: string): WrittenAnswer {
  const host = hostOf(caught.toAddress);
  const said = oneLine(text) ?? `550 5.1.1 <${caught.toAddress}>: Recipient address rejected: User unknown`;
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] ?? (/^4/.test(said) ? "4.0.0" : "5.0.0");
  return writeReport(caught, {
    type: "delivery-status",
    from: "",
    fromHeader: `Mail Delivery System <MAILER-DAEMON@${host}>`,
    subject: "Undelivered Mail Returned to Sender",
    messageId,
    at,
    headers: ["Auto-Submitted: auto-replied"],
    notice: [
      `This is the mail system at host mx.${host}.`,
      "",
      "I'm sorry to have to inform you that your message could not",
      "be delivered to one or more recipients.",
      "",
      `<${caught.toAddress}>: host mx.${host} said: ${said}`,
    ].join("\r\n"),
    facts: [
      `Reporting-MTA: dns; mx.${host}`,
      `Arrival-Date: ${mailDate(caught.at)}`,
      "",
      `Final-Recipient: rfc822; ${oneLine(caught.toAddress)}`,
      "Action: failed",
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${said}`,
    ],
    original: "text/rfc822-headers",
  });
}

/** From the recipient's mail service, after they pressed "this is spam". */
export function writeComplaint(
  caught: CaughtRow,
  { text, at }: CatcherReply,
  messageId: string,
): WrittenAnswer {
  const from = `feedback@${hostOf(caught.toAddress)}`;
  return writeReport(caught, {
    type: "feedback-report",
    from,
    fromHeader: `<${from}>`,
    subject: `FW: ${oneLine(caught.subject) ?? ""}`,
    messageId,
    at,
    headers: [],
    notice:
      oneLine(text) ?? "This is an email abuse report for an email message that our user marked as spam.",
    facts: [
      "Feedback-Type: abuse",
      "User-Agent: Cadenza-Sandbox/1",
      "Version: 1",
      `Original-Rcpt-To: ${oneLine(caught.toAddress)}`,
      `Arrival-Date: ${mailDate(caught.at)}`,
    ],
    original: "message/rfc822",
  });
}

type Report = {
  type: "delivery-status" | "feedback-report";
  /** Return path; empty for what no server shall answer. */
  from: string;
  fromHeader: string;
  subject: string;
  messageId: string;
  at: Temporal.Instant;
  headers: readonly string[];
  /** For people. */
  notice: string;
  /** For programs. */
  facts: readonly string[];
  original: "text/rfc822-headers" | "message/rfc822";
};

function writeReport(caught: CaughtRow, report: Report): WrittenAnswer {
  const { type, from, subject, messageId, notice } = report;
  const boundary = `report-${messageId.slice(1, 21)}`;
  const lines = [
    `Return-Path: <${from}>`,
    `Delivered-To: ${oneLine(caught.fromAddress)}`,
    `Date: ${mailDate(report.at)}`,
    `From: ${report.fromHeader}`,
    `To: ${oneLine(caught.fromAddress)}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    ...report.headers,
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=${type}; boundary="${boundary}"`,
    "",
    "This is a MIME-encapsulated message.",
    "",
    ...part(boundary, "text/plain; charset=us-ascii", [notice]),
    ...part(boundary, `message/${type}`, report.facts),
    ...part(boundary, report.original, originalHeaders(caught)),
    `--${boundary}--`,
    "",
  ];
  const raw = Buffer.from(lines.join("\r\n"));
  return { from, to: caught.fromAddress, subject, messageId, text: notice, headers: headersOf(raw), raw };
}

function part(boundary: string, type: string, lines: readonly string[]) {
  return [`--${boundary}`, `Content-Type: ${type}`, "", ...lines, ""];
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

export function headersOf(raw: Buffer) {
  const fields = headerFieldsOf(raw.toString("utf8", 0, raw.indexOf("\r\n\r\n")));
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.join(", ")]));
}

export function hostOf(address: string) {
  return address.slice(address.lastIndexOf("@") + 1).replace(/[^\w.-]/g, "") || "unknown.example";
}
