// A mail server in a process of its own, with an inbox full of answers to mails of a bench: seven of ten are replies,
// three are bounces. Which mail of ours each is about follows from its number.

import { MemoryMail, openImapMailbox } from "../server/testing/imap-mailbox.ts";

const sentIdOf = (round: string, n: number) => `<${round}.${n}@bench.example>`;
export const addressOf = (round: string, n: number) => `p${n}@c${round}x${n}.example`;

const PHRASES = [
  "Thank you for the offer. What does it cost, and when could you deliver?",
  "Sounds good, let us talk on Tuesday at ten.",
  "We are not interested at the moment.",
  "Please write to my colleague, she looks after this now.",
  "I will think about it over the weekend and come back to you.",
];

export function answerNumber(round: string, n: number): Buffer {
  return Buffer.from(n % 10 < 7 ? replyNumber(round, n) : bounceNumber(round, n));
}

const THREAD = "\r\n\r\nOn Mon, 16 Nov 2026 at 09:12 Ole Dahl <box@bench.example> wrote:\r\n";
const QUOTED = `> ${"We build plants in the north, and they run. ".repeat(12)}\r\n`;

function replyNumber(round: string, n: number) {
  const text = `${PHRASES[n % PHRASES.length]}\r\n\r\nBest,\r\nInes Okafor\r\n+46 8 123 45 67${THREAD}${QUOTED}`;
  const html = `<div>${PHRASES[n % PHRASES.length]}</div><blockquote>${QUOTED}</blockquote>`;
  return [
    ...[`From: Ines Okafor <${addressOf(round, n)}>`, "To: Ole Dahl <box@bench.example>"],
    ...[
      `Subject: Re: Plant number ${n}`,
      `In-Reply-To: ${sentIdOf(round, n)}`,
      `References: ${sentIdOf(round, n)}`,
    ],
    ...[
      `Message-ID: <a${round}${n}@theirs.example>`,
      "Date: Fri, 20 Nov 2026 10:00:00 +0100",
      "MIME-Version: 1.0",
    ],
    ...['Content-Type: multipart/alternative; boundary="b"', "", "--b"],
    ...["Content-Type: text/plain; charset=utf-8", "", text, "--b"],
    ...["Content-Type: text/html; charset=utf-8", "", html, "--b--", ""],
  ].join("\r\n");
}

function bounceNumber(round: string, n: number) {
  const [status, said] =
    n % 10 === 9 ? ["4.2.2", "452 4.2.2 mailbox full"] : ["5.1.1", "550 5.1.1 user unknown"];
  return [
    ...["Return-Path: <>", "From: Mail Delivery System <mailer-daemon@mx.example>", "To: box@bench.example"],
    ...["Subject: Undelivered Mail Returned to Sender", `Message-ID: <b${round}${n}@mx.example>`],
    ...["Date: Fri, 20 Nov 2026 10:00:00 +0100", "MIME-Version: 1.0"],
    ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b"],
    ...["Content-Type: text/plain", "", "I could not deliver your message.", "", "--b"],
    ...["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", ""],
    ...[`Final-Recipient: rfc822; ${addressOf(round, n)}`, "Action: failed", `Status: ${status}`],
    ...[`Diagnostic-Code: smtp; ${said}`, "", "--b", "Content-Type: text/rfc822-headers", ""],
    ...[`Message-ID: ${sentIdOf(round, n)}`, `To: ${addressOf(round, n)}`, "", "--b--", ""],
  ].join("\r\n");
}

if (import.meta.main) {
  const [round = "0", count = "10000"] = process.argv.slice(2);
  const mail = new MemoryMail();
  mail.generate(Number(count), (uid) => answerNumber(round, uid));
  const { port } = await openImapMailbox({ mail });
  console.log(JSON.stringify({ port }));
}
