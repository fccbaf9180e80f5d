// Contacts are sorted by every column that their table has, and come in groups.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { plantEnrollment } from "../../../testing/planted.ts";
import { newContacts, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

type Search = Input<"contacts", "search">;

let team: Team;
let ids: Record<string, string>;
const field: Record<string, string> = {};

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam("Sorters");
  const seller = (await team.api.users.invite({ email: "zoe@sort.example", first_name: "Zoe" })).user.id;
  const stages = (await team.api.contactStages.list({})).contact_stages;
  for (const [label, type] of [
    ["Boiler", "string"],
    ["Beds", "number"],
    ["Renewal", "date"],
    ["Call", "datetime"],
    ["Warm", "boolean"],
    ["Grade", "picklist"],
    ["Tags", "multipicklist"],
  ] as const) {
    const meta = type.endsWith("picklist")
      ? { picklist_values: [{ name: "Zinc" }, { name: "Alloy" }] }
      : undefined;
    const made = await team.api.customFields.create({
      label,
      modality: "contact",
      type,
      ...(meta && { meta }),
    });
    field[label] = made.typed_custom_fields[0]?.id ?? "";
  }
  const make = async (values: Input<"contacts", "create">) =>
    (await team.api.contacts.create(values)).contact.id;
  const own = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([label, value]) => [field[label], value]));
  const ines = await make({
    first_name: "Ines",
    title: "Plant manager",
    email: "ines@norrland.example",
    organization_name: "Norrland",
    contact_stage_id: stages[1]?.id,
    direct_phone: "+46 70 111 11 11",
    linkedin_url: "https://www.linkedin.com/in/ines",
    typed_custom_fields: own({ Boiler: "Beta", Beds: 120, Warm: true, Grade: "Zinc" }),
  });
  const ole = await make({
    first_name: "Ole",
    title: "buyer",
    email: "ole@sydkraft.example",
    organization_name: "sydkraft",
    owner_id: seller,
    contact_stage_id: stages[0]?.id,
    typed_custom_fields: own({
      Boiler: "alfa",
      Beds: 7.5,
      Renewal: "2026-05-04",
      Call: "2026-05-04T23:30:00Z",
      Warm: false,
      Grade: "Alloy",
    }),
  });
  const ada = await make({
    first_name: "Ada",
    organization_name: "NORRLAND",
    contact_stage_id: stages[1]?.id,
    typed_custom_fields: own({ Renewal: "2025-01-01", Call: "2027-01-01T00:00:00Z" }),
  });
  const bo = await make({ first_name: "Bo" });
  ids = { ines, ole, ada, bo };
  await asOwner(opened, (client) =>
    client.query(
      `update contacts set contact_stage_id = null, owner_id = null where team_id = $1 and id = $2`,
      [team.id, bo],
    ),
  );
  await asOwner(opened, (client) =>
    client.query(
      `update contacts set city = case first_name when 'Ines' then 'Umeå' when 'Ole' then 'Oslo' end,
              country = case first_name when 'Ole' then 'Norway' when 'Ada' then 'Denmark' end,
              email_status = case first_name when 'Ines' then 'verified' when 'Ole' then 'unverified' end,
              prospect_score = case first_name when 'Ines' then 9 when 'Ole' then 40 else 0 end
        where team_id = $1`,
      [team.id],
    ),
  );
});

function nameOf(id: string) {
  return Object.keys(ids).find((name) => ids[name] === id) ?? "?";
}

/** Upwards, and downwards; contacts without a value last both ways, in the order of their ids. */
const SORTS: [field: string, up: string, down: string][] = [
  ["title", "ole ines ada bo", "ines ole bo ada"],
  ["organization_name", "ines ada ole bo", "ole ada ines bo"],
  ["email", "ines ole ada bo", "ole ines bo ada"],
  ["email_status", "ole ines ada bo", "ines ole bo ada"],
  ["contact_stage", "ole ines ada bo", "ada ines ole bo"],
  ["phone", "ines ole ada bo", "ines bo ada ole"],
  ["city", "ole ines ada bo", "ines ole bo ada"],
  ["country", "ada ole ines bo", "ole ada bo ines"],
  ["linkedin_url", "ines ole ada bo", "ines bo ada ole"],
  ["prospect_score", "ada bo ines ole", "ole ines bo ada"],
  ["field:Boiler", "ole ines ada bo", "ines ole bo ada"],
  ["field:Beds", "ole ines ada bo", "ines ole bo ada"],
  ["field:Renewal", "ada ole ines bo", "ole ada bo ines"],
  ["field:Call", "ole ada ines bo", "ada ole bo ines"],
  ["field:Warm", "ole ines ada bo", "ines ole bo ada"],
  ["field:Grade", "ole ines ada bo", "ines ole bo ada"],
];

for (const [name, up, down] of SORTS) {
  test(`sorted by ${name}; by page and by cursor it is the same`, async () => {
    const sort_by_field = name.startsWith("field:") ? `field:${field[name.slice(6)]}` : name;
    for (const [sort_ascending, expected] of [
      [true, up],
      [false, down],
    ] as const) {
      const asked: Search = { sort_by_field, sort_ascending };
      const { contacts } = await team.api.contacts.search(asked);
      assert.equal(contacts.map(({ id }) => nameOf(id)).join(" "), expected, `${sort_ascending}`);
      assert.equal((await followed(asked)).join(" "), expected, `by cursor, ${sort_ascending}`);
    }
  });
}

async function followed(asked: Search) {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const { contacts, pagination } = await team.api.contacts.search({
      ...asked,
      per_page: 1,
      ...(cursor && { cursor }),
    });
    names.push(...contacts.map(({ id }) => nameOf(id)));
    cursor = pagination.next_cursor ?? undefined;
  } while (cursor && names.length < 10);
  return names;
}

test("by owner it is the owners' names that count", async () => {
  const { contacts } = await team.api.contacts.search({ sort_by_field: "owner", sort_ascending: false });
  assert.equal(contacts.map(({ id }) => nameOf(id)).join(" "), "ole ada ines bo");
});

test("by sequences the contact with the most active ones is first; those that are hidden from a member do not count", async () => {
  const mates = await world.newTeam("In sequences");
  const { user, invitation_url } = await mates.api.users.invite({
    email: "mia@mates.example",
    role: "member",
  });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  const member = (await world.signIn("mia@mates.example", password)).api;
  const mine = { owner_id: user.id };
  const [none = "", over = "", one = "", two = ""] = await newContacts(mates, 4, mine);
  const [open, hidden, past] = [await newSequence(mates), await newSequence(mates), await newSequence(mates)];
  for (const { id } of [open, past])
    await mates.api.sequences.update({
      id,
      sharing_permission: { visibility: "everyone", access_type: "can_edit" },
    });
  for (const [sequence, contact_id, state] of [
    [open, two, "active"],
    [hidden, two, "active"],
    [open, one, "active"],
    [past, one, "finished"],
    [past, over, "finished"],
    [past, none, "removed"],
  ] as const)
    await plantEnrollment(world, mates, sequence.id, {
      contact_id,
      state,
      ...(state === "removed" && { removed_at: "2026-01-01T00:00:00Z" }),
    });
  const names = new Map([none, over, one, two].map((id, at) => [id, ["none", "over", "one", "two"][at]]));
  const sorted = async (api: Team["api"], sort_ascending: boolean) => {
    const asked = { sort_by_field: "num_sequences", sort_ascending };
    const { contacts } = await api.contacts.search(asked);
    const { contacts: first, pagination } = await api.contacts.search({ ...asked, per_page: 1 });
    const cursor = pagination.next_cursor ?? "";
    const { contacts: further } = await api.contacts.search({ ...asked, per_page: 3, cursor });
    assert.deepEqual(
      [...first, ...further].map(({ id }) => id),
      contacts.map(({ id }) => id),
      "by cursor",
    );
    return contacts.map(({ id }) => names.get(id)).join(" ");
  };
  assert.equal(await sorted(mates.api, false), "two one over none");
  assert.equal(await sorted(mates.api, true), "over one two none");
  assert.equal(await sorted(member, false), "one two over none", "one is in two that the member sees");
});

test("words are found in any order, too, with blanks at the end of the cursor's way", async () => {
  for (const sort_ascending of [true, false]) {
    const asked: Search = { q_keywords: "example", sort_by_field: "country", sort_ascending };
    assert.deepEqual(await followed(asked), ["ole", "ines"], "only those with an address fit");
  }
});

test("what cannot be sorted by is refused: several choices, unknown fields, a cursor of another kind", async () => {
  for (const sort_by_field of [
    `field:${field.Tags}`,
    "field:64f0aa0000000000000000ff",
    "field:",
    "__proto__",
  ])
    assert.equal((await refused(team.api.contacts.search({ sort_by_field }))).code, "sort_invalid");
  const { pagination } = await team.api.contacts.search({ sort_by_field: "prospect_score", per_page: 1 });
  const [, , , id] = JSON.parse(Buffer.from(pagination.next_cursor ?? "", "base64url").toString());
  for (const value of ["x", "1; drop table contacts", "99999999999999"]) {
    const cursor = Buffer.from(JSON.stringify(["prospect_score", null, value, id])).toString("base64url");
    const refusal = await refused(team.api.contacts.search({ sort_by_field: "prospect_score", cursor }));
    assert.equal(refusal.code, "invalid_cursor", value);
  }
});

type Told = [name: string | null, count: number];

test("in groups the rows come in the groups' order, which the first page tells with their numbers", async () => {
  const [first, second] = (await team.api.contactStages.list({})).contact_stages.map(({ name }) => name);
  const cases: [Search["group_by"], Told[], string][] = [
    [
      "stage",
      [
        [first ?? "", 1],
        [second ?? "", 2],
        [null, 1],
      ],
      "ole ada ines bo",
    ],
    [
      "company",
      [
        ["Norrland", 2],
        ["sydkraft", 1],
        [null, 1],
      ],
      "ada ines ole bo",
    ],
  ];
  for (const [group_by, groups, rows] of cases) {
    const answer = await team.api.contacts.search({ group_by, sort_by_field: "contact_name" });
    const told = (answer.groups ?? []).map(({ name, count }): Told => [name?.toLowerCase() ?? null, count]);
    const expected = groups.map(([name, count]): Told => [name?.toLowerCase() ?? null, count]);
    assert.deepEqual(told, expected);
    assert.equal(answer.contacts.map(({ id }) => nameOf(id)).join(" "), rows);
    const next = await team.api.contacts.search({
      group_by,
      sort_by_field: "contact_name",
      page: 2,
      per_page: 2,
    });
    assert.equal(next.contacts.map(({ id }) => nameOf(id)).join(" "), rows.split(" ").slice(2).join(" "));
    assert.deepEqual(
      [next.groups, next.pagination.total_entries, next.pagination.next_cursor],
      [[], 4, null],
    );
  }
});

test("in groups of owners the contacts without one come last", async () => {
  const { groups = [] } = await team.api.contacts.search({ group_by: "owner" });
  assert.deepEqual([groups[1]?.name, groups.map(({ count }) => count)], ["Zoe", [2, 1, 1]]);
  assert.deepEqual(groups[2], { id: null, name: null, count: 1 });
});

test("groups are of what the filters find, of a list too", async () => {
  await team.api.contacts.update({ id: ids.ole ?? "", label_names: ["Grouped"] });
  const [list] = (await team.api.labels.list()).filter(({ name }) => name === "Grouped");
  const ofList = await team.api.contacts.search({ contact_label_ids: [list?.id ?? ""], group_by: "company" });
  assert.deepEqual(
    ofList.groups?.map(({ name, count }) => [name, count]),
    [["sydkraft", 1]],
  );
  const byWord = await team.api.contacts.search({ q_keywords: "norrland", group_by: "company" });
  assert.equal(
    byWord.groups?.reduce((sum, { count }) => sum + count, 0),
    byWord.contacts.length,
  );
  const none = await team.api.contacts.search({ q_keywords: "nobodyiscalledthis", group_by: "stage" });
  assert.deepEqual([none.groups, none.contacts], [[], []]);
  const plain = await team.api.contacts.search({});
  assert.equal("groups" in plain, false, "Apollo's answer has no groups");
});

test("other teams have groups of their own", async () => {
  const other = await world.newTeam("Other sorters");
  const answer = await other.api.contacts.search({ group_by: "company" });
  assert.deepEqual([answer.groups, answer.contacts], [[], []]);
});

test("a file has the columns that are asked for, in the order of the list; others are refused", async () => {
  const file = await team.api.contacts.search.csv({
    csv_columns: ["name", "stage", `field:${field.Grade}`, "sequences"],
    sort_by_field: "title",
    sort_ascending: true,
  });
  const [first, second] = (await team.api.contactStages.list({})).contact_stages.map(({ name }) => name);
  assert.deepEqual((await file.text()).trimEnd().split("\r\n"), [
    "Name,Stage,Grade,Active sequences",
    `Ole,${first},Alloy,0`,
    `Ines,${second},Zinc,0`,
    `Ada,${second},,0`,
    "Bo,,,0",
  ]);
  for (const column of ["nothing", "field:64f0aa0000000000000000ff", "__proto__"]) {
    const refusal = await refused(team.api.contacts.search.csv({ csv_columns: [column] }));
    assert.deepEqual([refusal.status, refusal.code], [422, "parameter_invalid"], column);
  }
});
