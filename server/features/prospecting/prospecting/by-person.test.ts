import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { plantPeople } from "../../../testing/people.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const ines = (rest: PersonWish = {}): PersonWish => ({
  externalId: "p1",
  firstName: "Ines",
  lastName: "Okafor",
  title: "Plant Manager",
  email: "ines@kraft.example",
  emailStatus: "verified",
  city: "Umeå",
  country: "Sweden",
  phones: [{ number: "+46905550101", type: "mobile", status: null }],
  organization: { name: "Norrland Kraft", domain: "kraft.example" },
  ...rest,
});

async function withInes(rest?: PersonWish) {
  const team = await world.newTeam();
  const [id] = await plantPeople(world, team, [ines(rest)]);
  return { team, person_id: id ?? "" };
}

const spent = async (team: Team) =>
  (await team.api.usageStats.creditUsage()).credit_usage_stats.lead_credit.consumed;

test("a contact made by a person's id alone is that person, and costs what adding them costs", async () => {
  const { team, person_id } = await withInes();
  const account = (await team.api.accounts.create({ name: "Kraft", domain: "kraft.example" })).account;
  const { contact } = await team.api.contacts.create({ person_id });
  assert.deepEqual(
    [contact.name, contact.title, contact.email, contact.email_status, contact.organization_name],
    ["Ines Okafor", "Plant Manager", "ines@kraft.example", "verified", "Norrland Kraft"],
  );
  assert.deepEqual(
    [contact.person_id, contact.account_id, contact.city, contact.sanitized_phone, contact.time_zone],
    [person_id, account.id, "Umeå", "+46905550101", "Europe/Stockholm"],
  );
  assert.equal(await spent(team), 1);
  await team.api.contacts.create({ person_id });
  await team.api.prospecting.addToContacts({ person_ids: [person_id] });
  assert.equal(await spent(team), 1, "whoever is saved costs nothing more");
});

test("what is said of them holds, and an address of one's own is not bought", async () => {
  const { team, person_id } = await withInes();
  const { contact } = await team.api.contacts.create({
    person_id,
    first_name: "Inez",
    title: "Director",
    email: "inez@own.example",
    organization_name: "Sydkraft",
    mobile_phone: "+46 90 555 02 02",
  });
  assert.deepEqual(
    [contact.name, contact.title, contact.email, contact.organization_name, contact.organization_id],
    ["Inez", "Director", "inez@own.example", "Sydkraft", null],
  );
  assert.deepEqual([contact.sanitized_phone, contact.city], ["+46905550202", "Umeå"]);
  assert.equal(await spent(team), 0);
});

test("with run_dedupe they are known by the person's address, and get nothing that was not said", async () => {
  const { team, person_id } = await withInes();
  const mine = (await team.api.contacts.create({ email: "ines@kraft.example", title: "Boss" })).contact;
  const { contact, dedupe_result } = await team.api.contacts.create({ person_id, run_dedupe: true });
  assert.deepEqual([contact.id, contact.title, contact.person_id], [mine.id, "Boss", person_id]);
  assert.equal(dedupe_result?.found_existing, true);
  assert.equal(await spent(team), 0);
});

test("many are made so at once, each person once, and paid for together", async () => {
  const team = await world.newTeam();
  const ids = await plantPeople(world, team, [
    ines(),
    ines({ externalId: "p2", firstName: "Ole", email: "ole@kraft.example" }),
    ines({ externalId: "p3", firstName: "Eva", email: "eva@kraft.example", emailStatus: "unverified" }),
  ]);
  const contacts = [...ids, ids[0]].map((person_id) => ({ person_id }));
  const answer = await team.api.contacts.bulkCreate({ contacts, run_dedupe: true });
  assert.deepEqual(
    [answer.created_contacts.map(({ first_name }) => first_name), answer.existing_contacts.length],
    [["Ines", "Ole", "Eva"], 1],
  );
  assert.equal(await spent(team), 2);
});

test("a person who cannot be paid for is not saved, and an unknown person adds nothing", async () => {
  const { team, person_id } = await withInes();
  await team.api.credits.allow({ kind: "lead_credit", limit: 0 });
  assert.equal((await refused(team.api.contacts.create({ person_id }))).code, "insufficient_credits");
  assert.deepEqual((await team.api.contacts.search({})).contacts, []);
  const stranger = await world.newTeam();
  const { contact } = await stranger.api.contacts.create({ person_id });
  assert.deepEqual([contact.name, contact.email, contact.person_id], [null, null, person_id]);
});
