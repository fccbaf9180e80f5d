import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act } from "../../../app.ts";
import type { OrganizationWish } from "../../../domain/prospecting/organization.ts";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { newId } from "../../../kernel/ids.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { saveOrganizations } from "../../contacts/organizations/commands.ts";
import { findOrganizationsBy, readOrganizations } from "../../contacts/organizations/store.ts";
import { savePeople } from "./commands.ts";
import { findPeopleBy, readPeople } from "./store.ts";

const world = useWorld();

type Writer = Pick<Act, "db" | "now" | "caller">;

function inTeam<T>(team: Team, work: (act: Writer) => Promise<T>) {
  const { app } = world.running;
  return app.db.inTeam(team.id, (db) =>
    work({
      db,
      now: app.now(),
      caller: {
        teamId: team.id,
        userId: team.owner.id,
        role: "admin",
        isOperator: false,
        credential: { kind: "engine", id: null },
      },
    }),
  );
}

const save = (team: Team, wishes: readonly PersonWish[], source = "file") =>
  inTeam(team, (act) => savePeople(act, source, wishes));
const saveCompanies = (team: Team, wishes: readonly OrganizationWish[], source = "file") =>
  inTeam(team, (act) => saveOrganizations(act, source, wishes));
const read = (team: Team, ids: readonly string[]) => inTeam(team, ({ db }) => readPeople(db, team.id, ids));
const readCompanies = (team: Team, ids: readonly string[]) =>
  inTeam(team, ({ db }) => readOrganizations(db, team.id, ids));

const INES: PersonWish = {
  externalId: "p1",
  firstName: "Ines",
  lastName: "Okafor",
  title: "VP of Operations",
  email: "Ines@Norrland.example",
  linkedinUrl: "https://www.linkedin.com/in/ines-okafor/",
  organization: {
    name: "Norrland Kraft",
    domain: "https://www.norrland.example",
    estimatedNumEmployees: 120,
  },
  employments: [
    {
      organizationId: null,
      organizationName: "Norrland Kraft",
      title: "VP of Operations",
      isCurrent: true,
      startDate: "2024-03-01",
      endDate: null,
    },
    {
      organizationId: null,
      organizationName: "Fjord",
      title: "Buyer",
      isCurrent: false,
      startDate: "2019-01-01",
      endDate: "2024-02-01",
    },
  ],
};

test("people come with their company, rank, department and history", async () => {
  const team = await world.newTeam();
  const [saved] = await save(team, [INES]);
  assert.equal(saved?.outcome, "created");
  const [person] = await read(team, [saved?.id ?? ""]);
  assert.deepEqual(
    [
      person?.name,
      person?.email,
      person?.emailStatus,
      person?.seniority,
      person?.departments,
      person?.organizationName,
    ],
    ["Ines Okafor", "ines@norrland.example", "unverified", "vp", ["operations"], "Norrland Kraft"],
  );
  assert.deepEqual(
    person?.employments.map(({ organizationName, isCurrent, startDate }) => [
      organizationName,
      isCurrent,
      startDate,
    ]),
    [
      ["Norrland Kraft", true, "2024-03-01"],
      ["Fjord", false, "2019-01-01"],
    ],
  );
  assert.equal(person?.contactId, null);
  const [company] = await readCompanies(team, [person?.organizationId ?? ""]);
  assert.deepEqual(
    [company?.name, company?.domain, company?.estimatedNumEmployees],
    ["Norrland Kraft", "norrland.example", 120],
  );
});

const SAYING_THE_SAME: [string, PersonWish][] = [
  ["the source's id", { externalId: "p1" }],
  ["the profile, spelled otherwise", { linkedinUrl: "http://se.linkedin.com/in/Ines-Okafor?trk=x" }],
  ["the address", { email: "INES@norrland.example" }],
  [
    "the name at the same company",
    { firstName: "ines", lastName: "okafor", organization: { domain: "norrland.example" } },
  ],
];

for (const [by, wish] of SAYING_THE_SAME)
  test(`a person who exists is found by ${by}, learns what is said and forgets nothing`, async () => {
    const team = await world.newTeam();
    const [first] = await save(team, [INES]);
    const [again] = await save(team, [{ ...wish, city: "Umeå" }]);
    assert.deepEqual(again, { id: first?.id, outcome: "updated" });
    const [person] = await read(team, [first?.id ?? ""]);
    assert.deepEqual(
      [person?.city, person?.title, person?.employments.length],
      ["Umeå", "VP of Operations", 2],
    );
  });

test("one batch may name a person twice, and a company a hundred times", async () => {
  const team = await world.newTeam();
  const people = Array.from({ length: 100 }, (_, n) => ({
    externalId: `p${n % 50}`,
    title: n < 50 ? "Buyer" : "Head of IT",
    organization: { domain: "norrland.example", name: "Norrland" },
  }));
  const saved = await save(team, people);
  assert.equal(new Set(saved.map(({ id }) => id)).size, 50);
  const read_ = await read(team, [saved[0]?.id ?? ""]);
  assert.deepEqual([read_[0]?.title, read_[0]?.seniority], ["Head of IT", "head"]);
  const counted = await asOwner(world, (client) =>
    client.query("select count(*)::int as n from organizations where team_id = $1", [team.id]),
  );
  assert.equal(counted.rows[0].n, 1);
});

test("two who write at once make one person", async () => {
  const team = await world.newTeam();
  const both = await Promise.all([save(team, [INES]), save(team, [INES])]);
  assert.equal(new Set(both.flat().map(({ id }) => id)).size, 1);
});

test("what a company becomes is told to its people", async () => {
  const team = await world.newTeam();
  const [saved] = await save(team, [INES]);
  const [person] = await read(team, [saved?.id ?? ""]);
  await saveCompanies(team, [
    { id: person?.organizationId ?? "", estimatedNumEmployees: 900, country: "Sweden" },
  ]);
  const { rows } = await asOwner(world, (client) =>
    client.query(
      `select p.organization_employees, p.organization_marks = o.people_marks as alike, cardinality(p.organization_marks) > 0 as any
         from people p join organizations o on o.id = p.organization_id where p.id = $1`,
      [saved?.id],
    ),
  );
  assert.deepEqual(rows, [{ organization_employees: 900, alike: true, any: true }]);
});

test("a person is found by an address's digest, and no one by nothing", async () => {
  const team = await world.newTeam();
  const [saved] = await save(team, [INES]);
  const clues = [
    { hashedEmail: "5d8ff1ef2f1ec9f0b5c1ae4d4f0f1bb1" },
    { hashedEmail: await digestOf("md5") },
    { hashedEmail: (await digestOf("sha256")).toUpperCase() },
    {},
    { name: "Ines Okafor", organizationName: "norrland kraft" },
  ];
  const found = await inTeam(team, ({ db }) => findPeopleBy(db, team.id, clues));
  const id = saved?.id;
  assert.deepEqual(found, [null, id, id, null, id]);
});

async function digestOf(kind: "md5" | "sha256") {
  const { createHash } = await import("node:crypto");
  return createHash(kind).update("ines@norrland.example").digest("hex");
}

test("another team's people and companies are neither found nor touched", async () => {
  const ours = await world.newTeam();
  const theirs = await world.newTeam();
  const [saved] = await save(ours, [INES]);
  const [person] = await read(ours, [saved?.id ?? ""]);
  const company = person?.organizationId ?? "";
  assert.deepEqual(await read(theirs, [saved?.id ?? ""]), []);
  assert.deepEqual(await readCompanies(theirs, [company]), []);
  const clue = { id: company, domain: "norrland.example", name: "Norrland Kraft" };
  assert.deepEqual(await inTeam(theirs, ({ db }) => findOrganizationsBy(db, theirs.id, [clue])), [null]);
  const [copy] = await save(theirs, [
    { ...INES, id: saved?.id, organization: null, organizationId: company },
  ]);
  assert.equal(copy?.outcome, "created");
  assert.notEqual(copy?.id, saved?.id);
  assert.equal((await read(theirs, [copy?.id ?? ""]))[0]?.organizationId, null);
  assert.equal((await read(ours, [saved?.id ?? ""]))[0]?.title, "VP of Operations");
});

test("an unknown id creates no one, and a bad address is no address", async () => {
  const team = await world.newTeam();
  const [saved] = await save(team, [
    { id: newId(), lastName: "Dahl", email: "no address", emailStatus: "verified" },
  ]);
  const [person] = await read(team, [saved?.id ?? ""]);
  assert.deepEqual([saved?.outcome, person?.email, person?.emailStatus], ["created", null, "verified"]);
});
