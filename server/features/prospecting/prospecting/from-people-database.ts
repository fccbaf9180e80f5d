// A contact that is made by a person's id is that person: what the caller does not say is taken from the store, and whose
// verified address is taken is paid for, as by `mixed_people/add_to_contacts`.

import type { Act } from "../../../app.ts";
import { PRICES } from "../../../domain/identity/credit-prices.ts";
import { filledFrom, isPaidFor, takesAddressOf } from "../../../domain/prospecting/prospecting.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { payOnce } from "../enrichment/paying.ts";
import { readPeople } from "../people/store.ts";
import { findCompanyDomains } from "./store.ts";

/** A wish with what the store adds to it, and whose address that takes. */
export type CompletedWish = { wish: ContactWrite; boughtId: string | null };

/** In the order given; an unknown person adds nothing. */
export async function withPeople(
  { db, caller }: Act,
  wishes: readonly ContactWrite[],
): Promise<CompletedWish[]> {
  const asked = [...new Set(wishes.flatMap(({ personId }) => personId ?? []))];
  const people = asked.length > 0 ? await readPeople(db, caller.teamId, asked) : [];
  const byId = new Map(people.map((person) => [person.id, person]));
  const companies = [...new Set(people.flatMap(({ organizationId }) => organizationId ?? []))];
  const domains = companies.length > 0 ? await findCompanyDomains(db, caller.teamId, companies) : new Map();
  return wishes.map((wish) => {
    const person = byId.get(wish.personId ?? "");
    if (!person) return { wish, boughtId: null };
    const isBought = person.contactId === null && isPaidFor(person) && takesAddressOf(wish);
    const filled = filledFrom(wish, person, domains.get(person.organizationId ?? ""));
    return { wish: filled, boughtId: isBought ? person.id : null };
  });
}

type Bought = { personId: string; contactId: string };

/** Adding people is paid for here and nowhere else. It is noted by the person: the contact may be deleted and made again. */
export async function payForPeople(act: Act, bought: readonly Bought[]) {
  const owed = bought.map(({ personId, contactId }) => ({ subjectId: personId, alias: contactId }));
  return (await payOnce(act, "add_net_new_contact", owed)) * PRICES.add_net_new_contact.each;
}
