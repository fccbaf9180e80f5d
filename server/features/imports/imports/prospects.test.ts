// People and companies of the store, brought in from files as contacts are: CSV or JSON lines, told row by row, taken back.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { bringIn, undo } from "../../../testing/imported.ts";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const short = (rows: readonly { row: number; verdict: string; code: string | null }[]) =>
  rows.map(({ row, verdict, code }) => [row, verdict, code]);
const lines = (...all: unknown[]) => all.map((one) => JSON.stringify(one)).join("\n");

test("people come in as CSV, with the usual names of columns, and are known again", async () => {
  const team = await world.newTeam();
  const text = [
    "First Name;Last Name;Job Title;E-mail;Company;Website;City;Country;Shoe size",
    "Ines;Okafor;VP Operations;ines@kraft.example;Norrland Kraft;https://www.kraft.example;Umeå;Sweden;41",
    '"Ole";"Dahl; the elder";Buyer;nowhere;Fjord Foods;fjord.example;Bergen;Norway;',
    ";;;;;;;;40",
  ].join("\r\n");
  const first = await bringIn(team, text, { kind: "people" });
  assert.deepEqual(short(first.rows), [
    [2, "created", null],
    [3, "created", null],
    [4, "skipped", "row_unidentified"],
  ]);
  assert.deepEqual(
    [first.found.mapping.Website, first.found.mapping["Shoe size"], first.found.format],
    ["organization_domain", null, "csv"],
  );
  assert.deepEqual(first.rows[1]?.left_out, { email: "is not an email address" });
  const again = await bringIn(team, "email,city\nINES@kraft.example,Luleå", {
    kind: "people",
    overwrite: "replace",
  });
  assert.deepEqual(
    [again.rows[0]?.verdict, again.rows[0]?.before, again.rows[0]?.after, again.rows[0]?.person_id],
    ["updated", { city: "Umeå" }, { city: "Luleå" }, first.rows[0]?.person_id],
  );
  const { people } = await team.api.mixedPeople.searchWhole({
    q_organization_domains_list: ["kraft.example"],
  });
  assert.deepEqual(
    people.map(({ first_name, seniority, city, organization_name }) => [
      first_name,
      seniority,
      city,
      organization_name,
    ]),
    [["Ines", "vp", "Luleå", "Norrland Kraft"]],
  );
});

test("companies and people come in as JSON lines, whole, with positions and news", async () => {
  const team = await world.newTeam();
  const company = {
    id: "c1",
    name: "Norrland Kraft",
    primary_domain: "kraft.example",
    estimated_num_employees: "1,200",
    annual_revenue: 4e7,
    technology_names: ["Google Analytics", "Tools; and more"],
    latest_funding_round_date: "2026-03-01",
    funding_events: [{ type: "Series B", amount: 5e6, currency: "€", date: "2026-03-01" }],
    departmental_head_count: { sales: 40, engineering: -1 },
    job_postings: [{ title: "Buyer", city: "Umeå", posted_at: "2026-05-01" }, { url: "no title" }],
    news: [{ title: "Norrland Kraft grows", url: "https://news.example/1", published_at: "2026-05-02" }],
  };
  const options = { source: "crm", kind: "organizations" as const };
  const { rows, found } = await bringIn(team, lines(company), options);
  assert.deepEqual(
    [short(rows), found.format, found.delimiter],
    [[[1, "created", null]], "json_lines", null],
  );
  const id = rows[0]?.organization_id as string;
  const { organization_job_postings: jobs } = await team.api.organizations.jobPostings({ id });
  assert.deepEqual(
    jobs.map(({ title, city }) => [title, city]),
    [["Buyer", "Umeå"]],
  );
  const { news_articles: news } = await team.api.newsArticles.search({ organization_ids: [id] });
  assert.deepEqual(
    news.map(({ title }) => title),
    ["Norrland Kraft grows"],
  );
  const more = await bringIn(
    team,
    lines({ id: "c1", job_postings: [{ title: "Buyer" }, { title: "Seller" }] }),
    options,
  );
  assert.equal(more.rows[0]?.verdict, "updated");
  const after = await team.api.organizations.jobPostings({ id });
  assert.deepEqual(after.organization_job_postings.map(({ title }) => title).sort(), ["Buyer", "Seller"]);

  const person = {
    id: "p1",
    name: "Ines Okafor",
    organization: { id: "c1", country: "Sweden" },
    employment_history: [
      { organization_name: "Norrland Kraft", title: "Buyer", current: true, start_date: "2024-03" },
      { organization_name: "Fjord", start_date: "2026-13-40" },
    ],
  };
  assert.equal(
    (await bringIn(team, `${lines(person)}\n\n`, { kind: "people", source: "crm" })).found.created,
    1,
  );
  const { people } = await team.api.mixedPeople.searchWhole({
    currently_using_any_of_technology_uids: ["google_analytics"],
    organization_num_employees_ranges: ["1200,1200"],
    organization_locations: ["Sweden"],
  });
  assert.deepEqual(
    people[0]?.employment_history.map(({ title, current, start_date }) => [title, current, start_date]),
    [
      ["Buyer", true, "2024-03-01"],
      [null, false, null],
    ],
  );
});

test("the overwrite policy decides what a file may change in existing records", async () => {
  const team = await world.newTeam();
  const ask = (text: string, overwrite: "never" | "fill" | "replace") =>
    bringIn(team, text, { kind: "organizations", overwrite });
  await ask("name,domain,city\nNorrland,norrland.example,Oslo\n", "fill");
  const text = "domain,city,industry\nnorrland.example,Bergen,Power\n";
  assert.deepEqual(short((await ask(text, "never")).rows), [[2, "unchanged", "already_there"]]);
  assert.deepEqual((await ask(text, "fill")).rows[0]?.after, { industry: "Power" });
  assert.deepEqual(short((await ask(text, "fill")).rows), [[2, "unchanged", "nothing_to_fill"]]);
  assert.deepEqual((await ask(text, "replace")).rows[0]?.after, { city: "Bergen" });
  assert.deepEqual(short((await ask(text, "replace")).rows), [[2, "unchanged", "same_already"]]);
});

test("of two rows about one person the later wins, field by field, whichever batch they are in", async () => {
  const team = await world.newTeam();
  const others = Array.from({ length: 2_100 }, (_, at) => `p${at}@x.example,Person,Number ${at},Buyer,`);
  const rows = [
    "email,first name,last name,title,city",
    "ines@x.example,Ines,Berg,Buyer,",
    "INES@x.example,,,Chief Buyer,Oslo",
    ...others,
    "ines@x.example,,,,Bergen",
  ];
  const { found } = await bringIn(team, rows.join("\n"), { kind: "people" });
  assert.deepEqual([found.created, found.updated, found.codes], [2_101, 2, { same_as_earlier_row: 2 }]);
  const { people } = await team.api.mixedPeople.searchWhole({ q_keywords: "Ines Berg" });
  assert.deepEqual(
    people.map(({ title, city }) => [title, city]),
    [["Chief Buyer", "Bergen"]],
  );
});

test("an import of people is taken back, but for those who were saved or changed since", async () => {
  const team = await world.newTeam();
  const text = (city: string) =>
    [
      "email,name,city,company",
      ...["a", "b", "c"].map((n) => `${n}@x.example,Person ${n},${city},X Co`),
    ].join("\n");
  await bringIn(team, text("Oslo").split("\n").slice(0, 2).join("\n"), { kind: "people" });
  const { found, rows } = await bringIn(team, text("Bergen"), { kind: "people", overwrite: "replace" });
  assert.deepEqual(short(rows), [
    [2, "updated", null],
    [3, "created", null],
    [4, "created", null],
  ]);
  await team.api.prospecting.addToContacts({ person_ids: [rows[2]?.person_id as string] });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["undone", "undone", "saved_as_contact"],
  );
  const { people, contacts } = await team.api.mixedPeople.searchWhole({ q_keywords: "Person" });
  assert.deepEqual(
    [people.map(({ city }) => city), contacts.map(({ name }) => name)],
    [["Oslo"], ["Person c"]],
  );
});

test("an older contact with the same address does not stop the undo of imported people", async () => {
  const team = await world.newTeam();
  const before = await team.api.contacts.create({ email: "a@x.example" });
  const text = "email,name\na@x.example,Ada Lund\nb@x.example,Bo Lund\n";
  const { found, rows } = await bringIn(team, text, { kind: "people" });
  const ids = rows.map(({ person_id }) => person_id as string);
  const { contact } = await team.api.contacts.get({ id: before.contact.id });
  assert.equal(contact.person_id, ids[0]);
  await team.api.prospecting.addToContacts({ person_ids: ids });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["undone", "saved_as_contact"],
  );
});

test("companies are undone too, except those where people work", async () => {
  const team = await world.newTeam();
  const options = { kind: "organizations" as const, overwrite: "replace" as const };
  await bringIn(team, "name,domain,technologies\nThere,there.example,Outreach\n", options);
  const { found } = await bringIn(
    team,
    "name,domain,technologies\nThere,there.example,Salesforce\nNew,new.example,\nWorked at,work.example,\n",
    options,
  );
  await bringIn(team, "name,organization_domain\nAda Lund,work.example\n", { kind: "people" });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["undone", "undone", "has_people"],
  );
  const { organizations } = await team.api.mixedCompanies.search({
    currently_using_any_of_technology_uids: ["outreach"],
  });
  assert.deepEqual(
    organizations.map(({ name }) => name),
    ["There"],
  );
});

test("a dry run shows what would be, and leaves nothing behind", async () => {
  const team = await world.newTeam();
  const wish = { kind: "people" as const, text: "name,company\nInes Berg,Norrland\n,\nOle,Fjord\n" };
  const tried = await team.api.imports.create(wish, { dryRun: true });
  assert.deepEqual(
    [tried.import.created, tried.rows?.map(({ verdict }) => verdict)],
    [2, ["created", "skipped", "created"]],
  );
  assert.equal((await team.api.mixedPeople.search({})).total_entries, 0);
  const { preview } = await team.api.imports.preview({ ...wish, text: '{"name":"Ines","shoes":[1]}\n{"cut' });
  assert.deepEqual(
    [preview.format, preview.mapping, preview.rows.map(({ code }) => code)],
    ["json_lines", { name: "name", shoes: null }, [null, "line_no_json"]],
  );
});

test("contacts come in as JSON lines just as well", async () => {
  const team = await world.newTeam();
  const person = { first_name: "Ines", email: "ines@norrland.example", Lists: ["Fair", "Energy"] };
  const { rows, found } = await bringIn(team, lines(person, [1], { email: "nobody" }));
  assert.deepEqual(short(rows), [
    [1, "created", null],
    [2, "skipped", "line_no_object"],
    [3, "skipped", "email_invalid"],
  ]);
  assert.equal(found.mapping.Lists, "label_names");
  const { contacts } = await team.api.contacts.search({});
  assert.equal(contacts[0]?.label_ids.length, 2);
});

const ODD: readonly [string, string, number][] = [
  ["a line that is no JSON", '{"name":"A"}\n{"name":', 1],
  ["a line that is no object", '{"name":"A"}\n[1,2]', 1],
  ["a prototype", '{"__proto__":{"name":"B"}}\n{"name":"A","constructor":{"x":1}}', 1],
  ["a column by that name", "__proto__,name\nx,A\ny,", 1],
  ["NUL", '{"name":"A\\u0000B"}\n{"name":"C"}', 1],
  ["half a letter", '{"name":"A \\ud800"}\n{"name":"C"}', 1],
  [
    "numbers without end",
    '{"name":"A","organization":{"name":"C","annual_revenue":1e400,"founded_year":"9999999"}}\n{}',
    1,
  ],
  ["depth", `{"name":"A","x":${"[".repeat(50_000)}${"]".repeat(50_000)}}\n{"name":{}}`, 1],
  ["no name of a key", '{"":"x","name":"A"}\n{" ":1}', 1],
];

for (const [name, text, skipped] of ODD)
  test(`${name} does no harm to the lines beside`, async () => {
    const team = await world.newTeam();
    const { found, job } = await bringIn(team, text, { kind: "people" });
    assert.deepEqual([job.status, found.created, found.skipped], ["done", 1, skipped]);
  });

test("what cannot be read, or means nothing here, is refused whole", async () => {
  const { api } = await world.newTeam();
  const code = async (text: string, options: Partial<Input<"imports", "create">> = {}) =>
    (await refused(api.imports.create({ kind: "people", text, ...options }))).code;
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`c${at}`, 1])));
  assert.equal(await code(wide), "import_too_many_columns");
  assert.equal(await code(`{"name":"${"x".repeat(2_000_000)}"}`), "import_row_too_long");
  assert.equal(await code('[{"name":"A"}]'), "import_not_text");
  assert.equal(await code("{\n{\n"), "import_unreadable");
  assert.equal(await code('{"color":"red"}'), "import_nothing_mapped");
  assert.equal(await code("name\nA", { source: "sample" }), "parameter_invalid");
  assert.equal(await code("name\nA", { label_names: ["Fair"] }), "import_unsound");
  assert.equal(await code("name\nA", { kind: "contacts", source: "crm" }), "import_unsound");
  assert.equal(
    await code("name,b\nA,1", { mapping: { b: "typed_custom_fields.new.string" } }),
    "import_field_unknown",
  );
  assert.equal((await api.mixedPeople.search({})).total_entries, 0);
});
