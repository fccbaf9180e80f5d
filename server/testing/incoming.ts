// A contact who was mailed, and the mails that come back from them, as bytes.

import { lookUpFor } from "../domain/receiving/inbound-facts.ts";
import { takeIn } from "../features/receiving/incoming/commands.ts";
import type { Arrival } from "../features/receiving/incoming/facts.ts";
import { readMessage } from "../mail/read-message.ts";
import { plant, plantEnrollment, plantMessage } from "./planted.ts";
import {
  type ContactInput,
  type MailboxWish,
  newMailbox,
  newSequence,
  type SequenceWish,
} from "./sequenced.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export type Mailed = {
  contactId: string;
  email: string;
  mailboxId: string;
  mailboxEmail: string;
  sequenceId: string;
  enrollmentId: string;
  messageId: string;
  internetId: string;
  token: string;
};

let made = 0;

/** A contact in a sequence of their own, whose first mail went out an hour ago. */
export async function mailed(
  world: World,
  team: Team,
  {
    sequence = {},
    enrollment = {},
    message = {},
    contact = {},
    mailbox = {},
  }: {
    sequence?: SequenceWish;
    enrollment?: Record<string, unknown>;
    message?: Record<string, unknown>;
    contact?: ContactInput;
    mailbox?: MailboxWish;
  } = {},
): Promise<Mailed> {
  const n = ++made;
  const email = String(contact.email ?? `ines${n}@kraft${n}.example`);
  const wish = { first_name: "Ines", last_name: `Okafor${n}`, email, ...contact };
  const contactId = (await team.api.contacts.create(wish)).contact.id;
  const { id: sequenceId, steps } = await newSequence(team, sequence);
  const box = await newMailbox(team, mailbox);
  const enrollmentId = await plantEnrollment(world, team, sequenceId, {
    contact_id: contactId,
    mailbox_id: box.id,
    current_step_id: steps[1],
    due_at: world.running.app.now().add({ hours: 48 }).toString(),
    ...enrollment,
  });
  const internetId = `<${n}.k3y@norrland.example>`;
  const token = `t0ken${String(n).padStart(8, "0")}`;
  const sentAt = world.running.app.now().subtract({ hours: 1 }).toString();
  const messageId = await plantMessage(world, team, sequenceId, {
    contact_id: contactId,
    enrollment_id: enrollmentId,
    mailbox_id: box.id,
    step_id: steps[0],
    internet_message_id: internetId,
    token,
    to_email: email,
    from_email: box.email,
    subject: `Your plant number ${n}`,
    body_text: `Hi Ines, I saw that Kraft opens plant number ${n} soon.`,
    completed_at: sentAt,
    confirmation: "confirmed",
    ...message,
  });
  const { id: mailboxId, email: mailboxEmail } = box;
  return {
    contactId,
    email,
    mailboxId,
    mailboxEmail,
    sequenceId,
    enrollmentId,
    messageId,
    internetId,
    token,
  };
}

type Written = {
  from?: string;
  to?: string;
  subject?: string;
  text: string;
  headers?: readonly string[];
  id?: string;
};

/** The bytes of a mail; `answers` puts a Message-ID of ours into its header. */
export function mailOf({ from, to, subject = "Re: Your plant", text, headers = [], id }: Written) {
  const lines = [
    `From: ${from ?? "Ines <ines@kraft.example>"}`,
    `To: ${to ?? "ole@norrland.example"}`,
    `Subject: ${subject}`,
    `Date: Fri, 20 Nov 2026 10:00:00 +0100`,
    `Message-ID: ${id ?? `<theirs${++made}@kraft.example>`}`,
    "MIME-Version: 1.0",
    ...(headers.some((line) => /^content-type:/i.test(line))
      ? []
      : ["Content-Type: text/plain; charset=utf-8"]),
    ...headers,
    "",
    text,
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

export function replyTo(
  one: Pick<Mailed, "email" | "internetId">,
  text: string,
  headers: readonly string[] = [],
) {
  return mailOf({
    from: `Ines <${one.email}>`,
    text,
    headers: [`In-Reply-To: ${one.internetId}`, ...headers],
  });
}

type FileWish = { type: string; name?: string; content: Buffer; disposition?: string; headers?: string[] };

/** A reply with files, in base64 as mail programs send them. */
export function replyWithFiles(
  one: Pick<Mailed, "email" | "internetId">,
  text: string,
  files: readonly FileWish[],
) {
  const parts = files.map(({ type, name, content, disposition = "attachment", headers = [] }) =>
    [
      "--f1les",
      `Content-Type: ${type}`,
      "Content-Transfer-Encoding: base64",
      `Content-Disposition: ${disposition}${name === undefined ? "" : `; filename="${name}"`}`,
      ...headers,
      "",
      content.toString("base64").replace(/.{76}/g, "$&\r\n"),
    ].join("\r\n"),
  );
  const words = `--f1les\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
  return replyTo(one, [words, ...parts, "--f1les--"].join("\r\n"), [
    'Content-Type: multipart/mixed; boundary="f1les"',
  ]);
}

export function bounceOf(
  one: Mailed,
  status: string,
  diagnostic: string,
  { internetId = one.internetId } = {},
) {
  return mailOf({
    from: "Mail Delivery Subsystem <mailer-daemon@mx.example>",
    subject: "Undelivered Mail Returned to Sender",
    headers: [
      "Return-Path: <>",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b0und"',
    ],
    text: [
      "--b0und",
      "Content-Type: text/plain",
      "",
      "I could not deliver your message.",
      "",
      "--b0und",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example",
      "",
      `Final-Recipient: rfc822; ${one.email}`,
      "Action: failed",
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${diagnostic}`,
      "",
      "--b0und",
      "Content-Type: text/rfc822-headers",
      "",
      `Message-ID: ${internetId}`,
      `To: ${one.email}`,
      "Subject: Your plant",
      "",
      "--b0und--",
    ].join("\r\n"),
  });
}

let uids = 0;

/** As it lies in a mailbox. */
export async function arrival(world: World, raw: Buffer, rest: Partial<Arrival> = {}): Promise<Arrival> {
  const mail = rest.mail ?? (await readMessage(raw));
  return {
    uid: ++uids,
    receivedAt: world.running.app.now(),
    threadId: null,
    mail,
    lookUp: lookUpFor(mail),
    fault: null,
    ...rest,
  };
}

/** A reply of theirs that waits for a user. */
export async function holdContact(
  world: World,
  team: Team,
  contactId: string,
  { until, reason = "answered" }: { until: Temporal.Instant | null; reason?: string },
) {
  const now = world.running.app.now().toString();
  const { id: mailboxId } = await newMailbox(team);
  const mail = await plant(world, team, "incoming_mails", {
    mailbox_id: mailboxId,
    content_key: `held ${++made}`,
    folder: "INBOX",
    uid: 1,
    kind: "reply",
    certainty: reason === "answered" ? "sure" : "probable",
    contact_id: contactId,
    counts: reason === "answered",
    received_at: now,
    processed_at: now,
  });
  const hold = await plant(world, team, "answer_holds", {
    incoming_mail_id: mail,
    contact_id: contactId,
    reason,
    since: now,
    until_at: until?.toString() ?? null,
  });
  await asOwner(world, (client) =>
    client.query("insert into answer_hold_keys (team_id, hold_id, key) values ($1, $2, $3)", [
      ...[team.id, hold, contactId],
    ]),
  );
  return mail;
}

/** As it comes into the inbox; answers its id. */
export async function taken(
  world: World,
  team: Pick<Team, "id">,
  { mailboxId }: Pick<Mailed, "mailboxId">,
  raw: Buffer,
) {
  const { app } = world.running;
  const one = await arrival(world, raw);
  const place = {
    role: "inbox" as const,
    path: "INBOX",
    uidValidity: 1,
    lastUid: one.uid,
    readsFrom: app.now(),
  };
  const [row] = await takeIn(app, { teamId: team.id, mailboxId, folder: place }, [one]);
  return row?.id ?? "";
}

/** A reply that was taken in: its row, and what it is about. */
export async function plantIncoming(world: World, team: Team) {
  const one = await mailed(world, team);
  const now = world.running.app.now().toString();
  const id = await plant(world, team, "incoming_mails", {
    mailbox_id: one.mailboxId,
    content_key: `planted ${one.messageId}`,
    folder: "INBOX",
    uid: 1,
    kind: "reply",
    certainty: "sure",
    tied_by: "message_id",
    message_id: one.messageId,
    contact_id: one.contactId,
    enrollment_id: one.enrollmentId,
    counts: true,
    received_at: now,
    processed_at: now,
  });
  return { ...one, id };
}
