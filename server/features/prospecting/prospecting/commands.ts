// Saves people from the people database as contacts, many at once. Saved people stay as they are, and contacts found by
// another clue are linked to their person. The rest are created, and paid for if their address is verified.

import type { Act } from "../../../app.ts";
import { contactOf, isPaidFor } from "../../../domain/prospecting/prospecting.ts";
import { findDuplicates } from "../../contacts/duplicates/store.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import { changeContacts, makeContacts, refuseLeaver } from "../../saving/contact-writing/commands.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { candidateOf, marksOf } from "../../saving/contact-writing/duplicate-marks.ts";
import { beyondMeans } from "../enrichment/paying.ts";
import { type PersonRow, readPeople } from "../people/store.ts";
import { payForPeople } from "./from-people-database.ts";
import { findCompanyDomains } from "./store.ts";

type AddWish = {
  personIds: readonly string[];
  labelNames: readonly string[] | undefined;
  contactStageId: string | undefined;
  ownerId: string | undefined;
  /** Leaves out people for whom the credits do not suffice; otherwise none is added. */
  onlyWhatFits: boolean;
};

export type SaveOutcome = "created" | "linked" | "saved_already";
export type Added = { personId: string; contactId: string; outcome: SaveOutcome };

export async function addPeopleToContacts(act: Act, wish: AddWish) {
  const { db, caller } = act;
  await lockWorld(db, caller.teamId); // another call that adds the same people waits until this one is done
  if (wish.ownerId) await refuseLeaver(act, wish.ownerId);
  const named = await readPeople(db, caller.teamId, [...new Set(wish.personIds)]);
  const all = await whoTheyAre(act, named, wish);
  const leftOut = wish.onlyWhatFits ? await withoutMeans(act, all) : [];
  const { people, wishes, known, fresh, placeOf } = without(all, leftOut);
  const made = await makeContacts(
    act,
    fresh.map((place) => wishes[place] as ContactWrite),
    "search",
  );
  const madeAt = new Map(fresh.map((place, n) => [place, made[n]?.id ?? ""]));

  const added = people.map((person, place): Added => {
    const contactId = known[place] ?? madeAt.get(placeOf[place] as number) ?? "";
    const outcome = person.contactId ? "saved_already" : madeAt.has(place) ? "created" : "linked";
    return { personId: person.id, contactId, outcome };
  });
  // Pays first, as lookups that fill contacts in do: in the other order two such calls could deadlock.
  const charged = await pay(act, added, people);
  await learn(act, added, people, wish);
  const found = new Set(named.map(({ id }) => id));
  return {
    added,
    people,
    notFound: [...new Set(wish.personIds)].filter((id) => !found.has(id)),
    leftOut: leftOut.map((place) => all.people[place]?.id ?? ""),
    charged,
  };
}

type Looked = {
  people: readonly PersonRow[];
  wishes: readonly ContactWrite[];
  /** The contact that each of them is already. */
  known: readonly (string | null)[];
};

async function whoTheyAre(act: Act, people: readonly PersonRow[], wish: AddWish): Promise<Looked> {
  const wishes = await wishesFor(act, people, wish);
  return { people, wishes, known: await contactsOf(act, people, wishes) };
}

/** The positions of people who cost a credit that the team does not have, and of their duplicates. */
async function withoutMeans(act: Act, { people, wishes, known }: Looked) {
  const { fresh, placeOf } = withoutTwins(wishes, known);
  const places = new Map(fresh.map((place) => [people[place]?.id ?? "", place]));
  const costing = fresh.flatMap((place) =>
    isPaidFor(people[place] as PersonRow) ? (people[place]?.id ?? []) : [],
  );
  const beyond = new Set(
    (await beyondMeans(act, "add_net_new_contact", costing)).map((id) => places.get(id)),
  );
  return people.flatMap((_, place) => (known[place] === null && beyond.has(placeOf[place]) ? [place] : []));
}

function without({ people, wishes, known }: Looked, places: readonly number[]) {
  const out = new Set(places);
  const left = <Of>(all: readonly Of[]) => (out.size === 0 ? all : all.filter((_, place) => !out.has(place)));
  const rest = { people: left(people), wishes: left(wishes), known: left(known) };
  return { ...rest, ...withoutTwins(rest.wishes, rest.known) };
}

async function wishesFor(act: Act, people: readonly PersonRow[], wish: AddWish): Promise<ContactWrite[]> {
  const ids = [...new Set(people.flatMap(({ organizationId }) => organizationId ?? []))];
  const domains = await findCompanyDomains(act.db, act.caller.teamId, ids);
  return people.map((person) => ({
    ...contactOf(person),
    websiteUrl: domains.get(person.organizationId ?? ""),
    labelNames: wish.labelNames,
    contactStageId: wish.contactStageId,
    ownerId: wish.ownerId,
  }));
}

/** Who is a contact already, in the order in which one is looked for everywhere. */
async function contactsOf(
  { db, caller }: Act,
  people: readonly PersonRow[],
  wishes: readonly ContactWrite[],
) {
  const matches = await findDuplicates(db, caller.teamId, wishes.map(candidateOf));
  return people.map(({ contactId }, place) => contactId ?? matches[place]?.contactId ?? null);
}

/** Of several who are the same person by a mark, the first is made. */
function withoutTwins(wishes: readonly ContactWrite[], known: readonly (string | null)[]) {
  const fresh: number[] = [];
  const firstBy = new Map<string, number>();
  const placeOf = wishes.map((wish, place) => {
    if (known[place]) return place;
    const marks = marksOf(candidateOf(wish));
    const first = marks.map((mark) => firstBy.get(mark)).find((one) => one !== undefined) ?? place;
    if (first === place) fresh.push(place);
    for (const mark of marks) if (!firstBy.has(mark)) firstBy.set(mark, first);
    return first;
  });
  return { fresh, placeOf };
}

/** Who was there: whose person they are, and the lists. Nothing that the team knows of them is written over. */
async function learn(act: Act, added: readonly Added[], people: readonly PersonRow[], wish: AddWish) {
  const { labelNames } = wish;
  const changes = added.flatMap(({ contactId, outcome }, place) => {
    const { id, organizationId } = people[place] as PersonRow;
    const link = outcome === "linked" ? { personId: id, ...(organizationId && { organizationId }) } : {};
    const isToLearn = outcome === "linked" || (outcome === "saved_already" && labelNames !== undefined);
    return isToLearn ? [{ id: contactId, wish: { ...link, ...(labelNames && { labelNames }) } }] : [];
  });
  if (changes.length > 0) await changeContacts(act, changes, "add");
}

async function pay(act: Act, added: readonly Added[], people: readonly PersonRow[]) {
  return payForPeople(
    act,
    added.filter(({ outcome }, place) => outcome === "created" && isPaidFor(people[place] as PersonRow)),
  );
}
