// The reader names another person as the right one. The contact's owner gets a task with the name, and writes or does
// not. No mail is sent and no contact is created: what a stranger typed is not consent.

import { readEmail } from "../../../domain/contacts/contact-emails.ts";
import { newId } from "../../../kernel/ids.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { type By, record } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";
import { insertTasks } from "../../work/tasks/store.ts";
import { mayChoose } from "./readers.ts";

export type ReferredPerson = { name: string; email: string };

const LONGEST = 200;
/** More names than that from one mail are of no use. */
const MOST = 3;

/** As one line of plain text; null where neither a name nor an address is given, or what is given is no address. */
export function readNamed(name: unknown, email: unknown): ReferredPerson | null {
  const named = { name: lineOf(name), email: lineOf(email) };
  if (named.name === "" && named.email === "") return null;
  return named.email !== "" && !readEmail(named.email) ? null : named;
}

function lineOf(given: unknown) {
  if (typeof given !== "string") return "";
  return given
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST);
}

/** Answers whether that is news. */
export async function refer(by: By, letter: store.LinkedMail, named: ReferredPerson) {
  const { db, teamId, now } = by;
  const { messageId, contactId } = letter;
  if (!mayChoose(letter) || contactId === null) return false;
  await lockIds(db, teamId, [contactId]); // ten at once are one
  const whose = await store.findOwner(db, teamId, messageId);
  const before = await store.referralNotes(db, teamId, messageId);
  const note = noteOf(named, whose.subject);
  if (whose.userId === null || before.length >= MOST || before.includes(note)) return false;
  const taskId = newId();
  const task = {
    id: taskId,
    userId: whose.userId,
    creatorId: null,
    contactId,
    accountId: whose.accountId,
    dealId: null,
    ...({ type: "action_item", status: "scheduled", priority: "high" } as const),
    title: `${whose.contactName ?? "A contact"} named another person to contact`.slice(0, LONGEST),
    note,
    callScript: null,
    relevantFields: null,
    dueAt: now,
    createdFrom: "referral",
    completedAt: null,
    completedBy: null,
    skippedAt: null,
  };
  await insertTasks(db, teamId, [task], now);
  const event = { id: newId(), messageId, contactId, type: "referral" as const, detail: { taskId } };
  await store.insertMessageEvent(db, teamId, event, now);
  await record(
    by,
    {
      type: "task.created",
      subject: { type: "task", id: taskId },
      data: { type: task.type, contact_id: contactId },
    },
    {
      type: "contact.referred",
      subject: { type: "contact", id: contactId },
      data: { task_id: taskId, message_id: messageId },
    },
  );
  return true;
}

function noteOf({ name, email }: ReferredPerson, subject: string | null) {
  const whom = email === "" ? name : name === "" ? email : `${name} <${email}>`;
  const where = subject ? ` Sent with the link in the email "${subject}".` : "";
  return `Person to contact instead: ${whom}.${where} No email has been sent to this person.`;
}
