// Mail servers' reports in many languages and forms, and what became of them.

import { readFileSync } from "node:fs";
import { classify } from "../domain/receiving/inbound.ts";
import { type InboundFacts, lookUpFor } from "../domain/receiving/inbound-facts.ts";
import type { InboundVerdict } from "../domain/receiving/inbound-verdict.ts";
import type { IncomingMail } from "../domain/receiving/incoming-mail.ts";
import { readMessage } from "../mail/read-message.ts";
import { FACTS } from "./specimens.ts";

type ReportApart = { language: string; is: string; by: string; subject: string; text: string };
export type ReadReport = ReportApart & { verdict: InboundVerdict; as: string };

export function reportsApart(file: string): ReportApart[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [language = "", is = "", by = "", subject = "", text = "", more] = line.split("|");
      return { language, is, by, subject, text: more ?? text };
    });
}

/** An id of ours in it proves that the server had our mail. */
export const isProven = ({ by }: ReportApart) => by === "ids" || by === "dsn";

export async function readReport(one: ReportApart): Promise<ReadReport> {
  const mail = await readMessage(Buffer.from(mailOf(one).join("\r\n")));
  const verdict = classify(mail, knownOf(mail));
  return { ...one, verdict, as: verdict.bounce?.class ?? verdict.kind };
}

/** As the database gives them: who is named, or else everybody at the company that writes. */
function knownOf(mail: IncomingMail): InboundFacts {
  const look = lookUpFor(mail);
  const contacts = FACTS.contacts.filter(({ emails }) => emails.some((one) => look.addresses.includes(one)));
  const named = FACTS.sent.filter(
    ({ messageId, to }) => look.messageIds.includes(messageId) || look.addresses.includes(to),
  );
  const colleagues = FACTS.sent.filter(({ to }) => look.companyDomains.includes(hostOf(to)));
  return { ...FACTS, contacts, sent: named.length > 0 ? named : colleagues };
}

const hostOf = (address: string) => address.slice(address.indexOf("@") + 1);

function mailOf({ language, by, subject, text }: ReportApart): string[] {
  const sent = FACTS.sent.find(({ id }) => id === `sent-${language}`) ?? FACTS.sent[0];
  if (!sent) return [];
  const filled = (words: string) =>
    words.replaceAll("{to}", sent.to).replaceAll("{subject}", sent.subject).replaceAll("\\n", "\r\n");
  const base64 = (words: string) => Buffer.from(filled(words)).toString("base64");
  const head = [
    ...["To: Ole Dahl <ole@fjordlys.example>", "Date: Tue, 03 Mar 2026 10:12:00 +0100"],
    ...["Message-ID: <apart@relay.example>", "MIME-Version: 1.0"],
  ];
  const daemon = ["From: Mail Delivery System <MAILER-DAEMON@relay.example>", "Return-Path: <>"];
  const plain = [
    `Subject: =?utf-8?B?${base64(subject)}?=`,
    ...["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", filled(text)],
  ];
  if (by === "daemon") return [...daemon, ...head, ...plain];
  if (by !== "dsn") {
    const answers = by === "ids" ? [`In-Reply-To: ${sent.messageId}`] : [];
    return [`From: postmaster@${hostOf(sent.to)}`, ...head, ...answers, ...plain];
  }
  const said = /^(?:smtp|x-\w+);/i.test(text) ? text : `smtp; ${text}`;
  return [
    ...daemon,
    ...head,
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ...["Subject: Undelivered Mail Returned to Sender", "", "--b", "Content-Type: text/plain", ""],
    ...["I'm sorry to have to inform you that your message could not", "be delivered.", "", "--b"],
    "Content-Type: message/delivery-status; charset=utf-8",
    ...["Content-Transfer-Encoding: 8bit", "", "Reporting-MTA: dns; relay.example", ""],
    ...[`Final-Recipient: rfc822; ${sent.to}`, "Action: failed", `Status: ${subject}`],
    `Diagnostic-Code: ${filled(said)}`,
    ...["", "--b", "Content-Type: message/rfc822", "", `Message-ID: ${sent.messageId}`],
    ...[
      "From: Ole Dahl <ole@fjordlys.example>",
      `To: ${sent.to}`,
      "Subject: Question",
      "",
      "Hi.",
      "",
      "--b--",
    ],
  ];
}
