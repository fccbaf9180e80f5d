// Whether the caller may write to a contact, and whether any user may.

import { copiesAmong, type Recipient } from "../../../domain/contacts/own-mails.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { subteamMatesOf } from "../../access/sharing/store.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import type { MessageRow } from "../../sending/messages/store.ts";
import { taskOfMessage } from "../../work/tasks/store.ts";
import { type DraftRecipient, findDraftRecipient } from "./store.ts";

export async function getPerson(asking: ReadContext, contactId: string): Promise<DraftRecipient> {
  const person = await findDraftRecipient(asking.db, asking.caller.teamId, contactId);
  if (!person) throw new Refusal("mail_contact_unknown");
  if (!(await isTheirs(asking, person)))
    throw new Refusal("mail_contact_of_another", { name: person.name ?? "this contact" });
  return person;
}

/** To whom an email goes that exists already. What a step gave a user to write goes to its contact, also where the contact has another owner. */
export async function getRecipient(
  asking: ReadContext,
  message: Pick<MessageRow, "id" | "contactId" | "enrollmentId">,
): Promise<DraftRecipient> {
  if (!message.contactId) throw new Refusal("mail_contact_unknown");
  if (!(await isOwnStepMail(asking, message))) return getPerson(asking, message.contactId);
  const person = await findDraftRecipient(asking.db, asking.caller.teamId, message.contactId);
  if (!person) throw new Refusal("mail_contact_unknown");
  return person;
}

/** A step made it, and a task for the caller. */
export async function isOwnStepMail(
  { db, caller }: ReadContext,
  { id, enrollmentId }: Pick<MessageRow, "id" | "enrollmentId">,
) {
  if (enrollmentId === null) return false;
  const task = await taskOfMessage(db, caller.teamId, id);
  return task?.createdFrom === "sequence" && task.userId === caller.userId;
}

/** Admins write to all contacts; others to their own, their group's, unowned ones, and those of their accounts. */
async function isTheirs({ db, caller }: ReadContext, { ownerId, accountOwnerId }: DraftRecipient) {
  if (caller.role === "admin" || ownerId === null) return true;
  if (ownerId === caller.userId || accountOwnerId === caller.userId) return true;
  return (await subteamMatesOf(db, caller.teamId, caller.userId)).has(ownerId);
}

/** Neither the contact nor anybody who would get a copy may be barred. */
export async function refuseBarred(asking: ReadContext, person: DraftRecipient, copies: readonly string[]) {
  const addresses = [...(person.email === null ? [] : [person.email]), ...copies];
  const barred = await barsAmong(asking.db, asking.caller.teamId, addresses);
  if (person.isBarred || addresses.some(barred.isBarred)) throw new Refusal("mail_barred");
}

/** Who gets a copy; refused where one of them is no address. */
export function readCopies(recipients: readonly Recipient[], person: DraftRecipient) {
  const { cc, bcc, invalid } = copiesAmong(recipients, person.email);
  if (invalid.length > 0) throw new Refusal("mail_recipients_invalid", { emails: JSON.stringify(invalid) });
  return { cc, bcc };
}
