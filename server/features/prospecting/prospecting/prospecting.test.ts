import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { plantPeople } from "../../../testing/people.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const KRAFT = { name: "Norrland Kraft", domain: "kraft.example" };
const person = (n: number, rest: PersonWish = {}): PersonWish => ({
  externalId: `p${n}`,
  firstName: `Ines${n}`,
  lastName: "Okafor",
  title: "Plant Manager",
  email: `ines${n}@kraft.example`,
  emailStatus: "verified",
  city: "Umeå",
  country: "Sweden",
  organization: KRAFT,
  ...rest,
});

const spent = async (team: Team) =>
  (await team.api.usageStats.creditUsage()).credit_usage_stats.lead_credit.consumed;
const contactsOf = async (team: Team) => (await team.api.contacts.search({})).contacts;

test("people become contacts with what is known of them, and only verified ones cost", async () => {
  const team = await world.newTeam();
  const account = (await team.api.accounts.create({ name: "Kraft", domain: "kraft.example" })).account;
  const ids = await plantPeople(world, team, [
    person(1, { phones: [{ number: "+46905550101", type: "mobile", status: null }] }),
    person(2, { emailStatus: "unverified" }),
    person(3, { email: null, emailStatus: null }),
  ]);
  const answer = await team.api.prospecting.addToContacts({ person_ids: ids, label_names: ["Plants"] });
  assert.deepEqual(answer.counts, { created: 3, linked: 0, saved_already: 0, without_email: 1 });
  assert.deepEqual(answer.credits, { least: 1, expected: 1, most: 1, charged: 1 });
  assert.equal(await spent(team), 1);
  const contacts = await contactsOf(team);
  const first = contacts.find(({ person_id }) => person_id === ids[0]);
  assert.deepEqual(
    [first?.name, first?.email, first?.email_status, first?.city, first?.sanitized_phone, first?.account_id],
    ["Ines1 Okafor", "ines1@kraft.example", "verified", "Umeå", "+46905550101", account.id],
  );
  assert.deepEqual(
    contacts.map(({ label_ids, email_status }) => [label_ids.length, email_status]).sort(),
    [
      [1, "unverified"],
      [1, "verified"],
      [1, null],
    ].sort(),
  );
  const found = await team.api.mixedPeople.searchWhole({});
  assert.deepEqual([found.contacts.length, found.people.length], [3, 0]);
});

test("repeated, the call saves and pays for no one twice", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [person(1)]);
  const first = await team.api.prospecting.addToContacts({ person_ids: ids });
  const again = await team.api.prospecting.addToContacts({ person_ids: [...ids, ...ids] });
  assert.deepEqual(again.contacts, [{ ...first.contacts[0], outcome: "saved_already" }]);
  assert.equal(again.credits.charged, 0);
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [1, 1]);
});

test("two who ask at once make each contact once", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(
    world,
    team,
    Array.from({ length: 20 }, (_, n) => person(n)),
  );
  const both = await Promise.all([1, 2].map(() => team.api.prospecting.addToContacts({ person_ids: ids })));
  assert.equal(
    both[0]?.counts.created === 20 ? both[1]?.counts.saved_already : both[0]?.counts.saved_already,
    20,
  );
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [20, 20]);
});

test("a contact found by name and company is linked to their person, and keeps what they have", async () => {
  const team = await world.newTeam();
  const { contact } = await team.api.contacts.create({
    first_name: "Ines1",
    last_name: "Okafor",
    organization_name: "Norrland Kraft",
    title: "Director",
    label_names: ["Old"],
  });
  const ids = await plantPeople(world, team, [person(1)]);
  const answer = await team.api.prospecting.addToContacts({ person_ids: ids, label_names: ["New"] });
  assert.deepEqual(answer.contacts, [{ person_id: ids[0], contact_id: contact.id, outcome: "linked" }]);
  assert.equal(answer.credits.charged, 0);
  const kept = (await team.api.contacts.get({ id: contact.id })).contact;
  assert.deepEqual([kept.person_id, kept.title, kept.label_ids.length], [ids[0], "Director", 2]);
});

/** What searches, facets and a contact say of a person. */
async function standing(team: Team, contactId: string) {
  const { total_entries: fresh } = await team.api.mixedPeople.search({ prospected_by_current_team: ["no"] });
  const found = await team.api.mixedPeople.search({ prospected_by_current_team: ["yes"] });
  const { facets } = await team.api.mixedPeople.facets({});
  const saved = facets.prospected_by_current_team.find(({ value }) => value === "yes")?.count ?? 0;
  const { contact } = await team.api.contacts.get({ id: contactId });
  return { fresh, saved, found: found.people.map((one) => [one.id, one.contact_id]), is: contact.person_id };
}

test("a person with a contact's address is saved already, whichever of the two came first", async () => {
  const team = await world.newTeam();
  const { contact: first } = await team.api.contacts.create({ email: "INES1@kraft.example" });
  const [one = "", two = ""] = await plantPeople(world, team, [person(1), person(2)]);
  const said = { fresh: 1, saved: 1, found: [[one, first.id]], is: one };
  assert.deepEqual(await standing(team, first.id), said);
  const price = await team.api.prospecting.addToContacts({ person_filter: {} }, { dryRun: true });
  assert.deepEqual([price.counts.saved_already, price.credits.most], [1, 1]);
  const { contact: second } = await team.api.contacts.create({ first_name: "Ines" });
  await team.api.contacts.update({ id: second.id, email: "ines2@Kraft.example" });
  const { is, fresh } = await standing(team, second.id);
  assert.deepEqual([is, fresh], [two, 0]);
});

test("a further address counts too, of a contact that has it and of one that gets it by a merge", async () => {
  const team = await world.newTeam();
  const create = async (email: string) => (await team.api.contacts.create({ email })).contact.id;
  const winner = await create("a@fjord.example");
  const later = await create("b@fjord.example");
  const merge = async (winner_id: string, email: string) =>
    team.api.contacts.merge({ winner_id, loser_ids: [await create(email)] });
  await merge(winner, "ines1@kraft.example");
  const [one = "", two = ""] = await plantPeople(world, team, [person(1), person(2)]);
  assert.equal((await standing(team, winner)).is, one);
  await merge(later, "ines2@kraft.example");
  assert.equal((await standing(team, later)).is, two);
});

test("a contact keeps their person, and one whose person was deleted gets another", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [person(1)]);
  const { contacts } = await team.api.prospecting.addToContacts({ person_ids: ids });
  const contactId = contacts[0]?.contact_id ?? "";
  await team.api.contacts.update({ id: contactId, email: "ines2@kraft.example" });
  const [other = ""] = await plantPeople(world, team, [person(2)]);
  assert.equal((await standing(team, contactId)).is, ids[0]);
  await team.api.prospecting.deletePeople({ person_ids: ids });
  await plantPeople(world, team, [person(2, { title: "Head of Plant" })]);
  assert.equal((await standing(team, contactId)).is, other);
});

test("a person who was paid for, deleted and saved again costs nothing more, nor when they are looked up", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [person(1), person(2)]);
  const save = async () => {
    const { contacts, credits } = await team.api.prospecting.addToContacts({ person_ids: ids });
    return { ids: contacts.map(({ contact_id }) => contact_id), charged: credits.charged };
  };
  const remove = (all: readonly string[]) => Promise.all(all.map((id) => team.api.contacts.delete({ id })));
  const first = await save();
  assert.equal(first.charged, 2);
  await remove(first.ids);
  await team.api.people.match({ id: ids[0] ?? "" });
  const price = await team.api.prospecting.addToContacts({ person_ids: ids }, { dryRun: true });
  assert.deepEqual([price.counts.created, price.credits.most], [2, 0]);
  const again = await save();
  assert.deepEqual([again.charged, await spent(team)], [0, 2]);
  const { movements } = await team.api.credits.movements({ contact_id: again.ids[0] ?? "" });
  assert.equal(movements.length, 1, "the ledger tells it of the contact that is there");
  await remove(again.ids);
  world.advance({ hours: 30 * 24 + 1 });
  assert.equal((await save()).charged, 2, "after thirty days they may cost again");
});

test("a person who was looked up and paid for costs nothing more when saved, nor the other way round", async () => {
  const team = await world.newTeam();
  const [first = "", second = ""] = await plantPeople(world, team, [person(1), person(2)]);
  await team.api.people.match({ id: first });
  assert.equal(await spent(team), 1);
  const wish = { person_ids: [first, second] };
  assert.equal((await team.api.prospecting.addToContacts(wish, { dryRun: true })).credits.most, 1);
  assert.equal((await team.api.prospecting.addToContacts(wish)).credits.charged, 1, "for the second alone");
  await team.api.people.match({ id: second });
  await team.api.people.bulkMatch({ details: [{ id: first }, { email: "ines2@kraft.example" }] });
  assert.equal(await spent(team), 2);
  world.advance({ hours: 30 * 24 + 1 });
  const { credits_consumed } = await team.api.people.bulkMatch({ details: [{ id: first }, { id: second }] });
  assert.equal(credits_consumed, 2, "after thirty days they may cost again");
});

test("a dry run tells the price and writes nothing", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [person(1), person(2)]);
  const answer = await team.api.prospecting.addToContacts({ person_ids: ids }, { dryRun: true });
  assert.deepEqual(answer.credits, { least: 2, expected: 2, most: 2, charged: 0 });
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [0, 0]);
});

test("where the credits do not suffice, no one is added", async () => {
  const team = await world.newTeam();
  await team.api.credits.allow({ kind: "lead_credit", limit: 1 });
  const ids = await plantPeople(world, team, [person(1), person(2)]);
  const refusal = await refused(team.api.prospecting.addToContacts({ person_ids: ids }));
  assert.equal(refusal.code, "insufficient_credits");
  assert.equal((await contactsOf(team)).length, 0);
});

test("a search that saves its matches gets as many as the credits allow, and all who cost nothing", async () => {
  const team = await world.newTeam();
  await team.api.credits.allow({ kind: "lead_credit", limit: 2 });
  const ids = await plantPeople(world, team, [
    person(1),
    person(2, { emailStatus: "unverified" }),
    person(3),
    person(4),
    person(5, { email: null, emailStatus: null }),
    person(6, { firstName: "Ines4" }), // the same as the fourth, by name and company
  ]);
  const wish = { person_ids: ids, only_what_fits: true };
  const price = await team.api.prospecting.addToContacts(wish, { dryRun: true });
  assert.deepEqual(price.left_out_person_ids, [ids[3], ids[5]]);
  assert.deepEqual(price.credits, { least: 2, expected: 2, most: 2, charged: 0 });
  const { contacts, left_out_person_ids } = await team.api.prospecting.addToContacts(wish);
  assert.deepEqual(
    contacts.map(({ person_id, outcome }) => [person_id, outcome]),
    [ids[0], ids[1], ids[2], ids[4]].map((id) => [id, "created"]),
  );
  assert.deepEqual(left_out_person_ids, [ids[3], ids[5]]);
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [4, 2]);

  await team.api.credits.allow({ kind: "lead_credit", limit: 3 });
  const rest = await team.api.prospecting.addToContacts(wish);
  assert.deepEqual([rest.left_out_person_ids, rest.credits.charged], [[], 1]);
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [5, 3]);
});

test("whose address was paid for before fits without any credit", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [person(1), person(2)]);
  await team.api.credits.allow({ kind: "lead_credit", limit: 1 });
  const { contacts } = await team.api.prospecting.addToContacts({ person_ids: ids.slice(0, 1) });
  await team.api.contacts.delete({ id: contacts[0]?.contact_id ?? "" });
  const again = await team.api.prospecting.addToContacts({ person_ids: ids, only_what_fits: true });
  assert.deepEqual(again.left_out_person_ids, [ids[1]]);
  assert.deepEqual([again.counts.created, again.credits.charged, await spent(team)], [1, 0, 1]);
});

test("two who ask for what fits at once spend no more than there is", async () => {
  const team = await world.newTeam();
  await team.api.credits.allow({ kind: "lead_credit", limit: 10 });
  const ids = await plantPeople(
    world,
    team,
    Array.from({ length: 30 }, (_, n) => person(n)),
  );
  const halves = [ids.slice(0, 20), ids.slice(10)];
  const both = await Promise.all(
    halves.map((person_ids) => team.api.prospecting.addToContacts({ person_ids, only_what_fits: true })),
  );
  assert.equal(
    both.reduce((sum, { credits }) => sum + credits.charged, 0),
    10,
  );
  assert.deepEqual([(await contactsOf(team)).length, await spent(team)], [10, 10]);
});

test("a search's filter adds all whom it finds, two thousand as well", async () => {
  const team = await world.newTeam();
  await plantPeople(world, team, [
    ...Array.from({ length: 2_000 }, (_, n) => person(n)),
    person(9_999, { title: "Astronaut" }),
  ]);
  const answer = await team.api.prospecting.addToContacts({
    person_filter: { person_titles: ["plant manager"] },
  });
  assert.deepEqual([answer.counts.created, answer.credits.charged], [2_000, 2_000]);
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select count(*)::int as n, count(distinct person_id)::int as people from contacts where team_id = $1",
      [team.id],
    ),
  );
  assert.deepEqual(rows, [{ n: 2_000, people: 2_000 }]);
});

test("a person who is deleted from the people database is gone with their past, and their contact stays", async () => {
  const team = await world.newTeam();
  const history = { organizationId: null, organizationName: "Fjord", title: null, isCurrent: false };
  const past = [{ ...history, startDate: null, endDate: null }];
  const ids = await plantPeople(world, team, [person(1, { employments: past }), person(2)]);
  await team.api.prospecting.addToContacts({ person_ids: ids });
  const { deleted_person_ids: gone } = await team.api.prospecting.deletePeople({
    person_ids: ids.slice(0, 1),
  });
  assert.deepEqual(gone, ids.slice(0, 1));
  assert.equal((await team.api.mixedPeople.search({})).total_entries, 1);
  assert.equal((await contactsOf(team)).length, 2);
  const { rows } = await asOwner(world, (client) =>
    client.query("select count(*)::int as n from employments where team_id = $1", [team.id]),
  );
  assert.deepEqual(rows, [{ n: 0 }]);
});

test("what is not there is named, and a call without people refused", async () => {
  const team = await world.newTeam();
  const stranger = await world.newTeam();
  const theirs = await plantPeople(world, stranger, [person(1)]);
  const answer = await team.api.prospecting.addToContacts({ person_ids: theirs });
  assert.deepEqual([answer.contacts, answer.not_found_person_ids], [[], theirs]);
  assert.equal((await refused(team.api.prospecting.addToContacts({}))).status, 422);
});
