// Refusals of real servers, on every way by which a refusal reaches us: said to us in a conversation, in the report of
// a Postfix, and in the words of an Exim without a code that a machine reads.

import { readFileSync } from "node:fs";
import type { BounceClass } from "../domain/receiving/bounces.ts";
import { classify } from "../domain/receiving/inbound.ts";
import { afterRefusal } from "../domain/sending/send-retry.ts";
import type { MailService } from "../mail/door.ts";
import { readMessage } from "../mail/read-message.ts";
import type { ScriptedPeer } from "./scripted-peer.ts";
import { FACTS } from "./specimens.ts";
import { go, MAIL, mailbox } from "./transmitting.ts";

export type RefusedApart = { is: BounceClass; source: string; said: string };

const TO = "ines.okafor@norrland.example";

export type RefusalsFile = `set-apart-bounces${"" | "-2"}.txt`;

export function refusalsApart(file: RefusalsFile): RefusedApart[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, is = "", source = "", said = ""] = /^(\w+)\|([^|]+)\|(.*)$/.exec(line) ?? [];
      return { is: is as BounceClass, source, said: filled(said) };
    });
}

const filled = (said: string) =>
  said
    .replaceAll("{to}", TO)
    .replaceAll("{ip}", "203.0.113.7")
    .replaceAll("{us}", "fjordlys.example")
    .replaceAll("\\n", "\n");

const isReply = (said: string) => /^[45]\d\d[ -]/.test(said);

/** As our own mail program hears it from the server; null for what only a report says. */
export async function readAsReply({ said }: RefusedApart, peer: ScriptedPeer, door: MailService) {
  if (!isReply(said)) return null;
  peer.script = { rcpt: said.replaceAll("\n", "\r\n") };
  const outcome = await door.transmit(mailbox(peer), MAIL, { mayRelease: go });
  if (outcome.kind !== "refused") return outcome.kind;
  const { is } = afterRefusal(outcome, 0);
  return is === "hardBounced" ? "hard" : is === "spamBlocked" ? "policy" : "soft";
}

/** RFC 3464: the status is the server's own, or says no more than that it failed. */
export function readAsReport({ said }: RefusedApart) {
  const status = /^[45]\d\d[ -](?<code>[45]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.groups?.code;
  return classOf([
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "Subject: Undelivered Mail Returned to Sender",
    ...[
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "I'm sorry to have to inform you that your message could not",
    ],
    ...["be delivered to one or more recipients.", "", "--b", "Content-Type: message/delivery-status", ""],
    ...["Reporting-MTA: dns; relay.example", "", `Final-Recipient: rfc822; ${TO}`, "Action: failed"],
    `Status: ${status ?? (/^4\d\d/.test(said) ? "4.0.0" : "5.0.0")}`,
    `Diagnostic-Code: ${isReply(said) ? "smtp" : "X-Postfix"}; ${said.replaceAll("\n", " ")}`,
    ...["", "--b", "Content-Type: message/rfc822", "", ...RETURNED, "", "--b--"],
  ]);
}

export function readAsText({ said }: RefusedApart) {
  const before = isReply(said) ? [`    SMTP error from remote mail server after RCPT TO:<${TO}>:`] : [];
  return classOf([
    "Subject: Mail delivery failed: returning message to sender",
    `X-Failed-Recipients: ${TO}`,
    ...["Content-Type: text/plain; charset=utf-8", ""],
    "This message was created automatically by mail delivery software.",
    ...["", "A message that you sent could not be delivered to one or more of its"],
    "recipients. This is a permanent error. The following address(es) failed:",
    ...["", `  ${TO}`, ...before, ...said.split("\n").map((line) => `    ${line}`)],
    ...["", "------ This is a copy of the message, including all the headers. ------", "", ...RETURNED],
  ]);
}

const RETURNED = [
  "Message-ID: <01en.7f3a9c@fjordlys.example>",
  ...["From: Ole Dahl <ole@fjordlys.example>", `To: ${TO}`, "Subject: Question", "", "Hi."],
];

async function classOf(lines: readonly string[]) {
  const head = [
    "From: Mail Delivery System <MAILER-DAEMON@relay.example>",
    ...["Return-Path: <>", "Auto-Submitted: auto-replied", "To: Ole Dahl <ole@fjordlys.example>"],
    ...["Date: Tue, 03 Mar 2026 10:12:00 +0100", "Message-ID: <apart@relay.example>", "MIME-Version: 1.0"],
  ];
  const verdict = classify(await readMessage(Buffer.from([...head, ...lines].join("\r\n"))), FACTS);
  const rule = verdict.evidence.at(-1)?.rule ?? "";
  return { is: verdict.bounce?.class ?? verdict.kind, isSure: verdict.certainty === "sure", rule };
}
