// Whether somebody may be written to by whoever asks, and whether anybody may.

import { copiesAmong, type Recipient } from "../../domain/own-mails.ts";
import { Refusal } from "../../refusal.ts";
import type { Asking } from "../explaining/around.ts";
import { barring } from "../explaining/standings.ts";
import { subteamMatesOf } from "../sharing/store.ts";
import { findPerson, type Person } from "./store.ts";

export async function getPerson(asking: Asking, contactId: string): Promise<Person> {
  const person = await findPerson(asking.db, asking.caller.teamId, contactId);
  if (!person) throw new Refusal("mail_contact_unknown");
  if (!(await isTheirs(asking, person)))
    throw new Refusal("mail_contact_of_another", { name: person.name ?? "this contact" });
  return person;
}

/** Admins write to all contacts; others to their own, their group's, nobody's, and those of their accounts. */
async function isTheirs({ db, caller }: Asking, { ownerId, accountOwnerId }: Person) {
  if (caller.role === "admin" || ownerId === null) return true;
  if (ownerId === caller.userId || accountOwnerId === caller.userId) return true;
  return (await subteamMatesOf(db, caller.teamId, caller.userId)).has(ownerId);
}

/** Neither the contact nor anybody who would get a copy may be barred. */
export async function refuseBarred(asking: Asking, person: Person, copies: readonly string[]) {
  const addresses = [...(person.email === null ? [] : [person.email]), ...copies];
  const barred = await barring(asking, addresses);
  if (person.isBarred || addresses.some(barred.isBarred)) throw new Refusal("mail_barred");
}

/** Who gets a copy; refused where one of them is no address. */
export function readCopies(recipients: readonly Recipient[], person: Person) {
  const { cc, bcc, invalid } = copiesAmong(recipients, person.email);
  if (invalid.length > 0) throw new Refusal("mail_recipients_invalid", { emails: JSON.stringify(invalid) });
  return { cc, bcc };
}
