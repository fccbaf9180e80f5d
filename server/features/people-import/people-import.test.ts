import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, useWorld } from "../../testing/world.ts";

const world = useWorld();

test("people come in as CSV, with the usual names of columns, and are known again", async () => {
  const { api } = await world.newTeam();
  const text = [
    "First Name;Last Name;Job Title;E-mail;Company;Website;City;Country",
    "Ines;Okafor;VP Operations;ines@kraft.example;Norrland Kraft;https://www.kraft.example;Umeå;Sweden",
    '"Ole";"Dahl; the elder";Buyer;;Fjord Foods;fjord.example;Bergen;Norway',
    ";;;;;;;",
  ].join("\r\n");
  const first = await api.prospecting.importPeople({ text: text.replace("E-mail", "Email") });
  assert.deepEqual(
    [first.total, first.created, first.updated, first.skipped, first.errors.map(({ row }) => row)],
    [3, 2, 0, 1, [4]],
  );
  const again = await api.prospecting.importPeople({ text: "email,city\nINES@kraft.example,Luleå" });
  assert.deepEqual([again.created, again.updated], [0, 1]);
  const { people } = await api.mixedPeople.searchWhole({ q_organization_domains_list: ["kraft.example"] });
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

test("companies and people come in as JSON lines, whole", async () => {
  const { api } = await world.newTeam();
  const company = {
    id: "c1",
    name: "Norrland Kraft",
    primary_domain: "kraft.example",
    estimated_num_employees: "1,200",
    annual_revenue: 4e7,
    technology_names: ["Google Analytics"],
    latest_funding_round_date: "2026-03-01",
  };
  assert.equal(
    (await api.prospecting.importOrganizations({ text: JSON.stringify(company), source: "crm" })).created,
    1,
  );
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
    (await api.prospecting.importPeople({ text: `${JSON.stringify(person)}\n\n`, source: "crm" })).created,
    1,
  );
  const { people } = await api.mixedPeople.searchWhole({
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

const ODD: readonly [string, string, number][] = [
  ["a line that is no JSON", '{"name":"A"}\n{"name":', 1],
  ["a line that is no object", '{"name":"A"}\n[1,2]', 1],
  ["a prototype", '{"__proto__":{"name":"B"}}\n{"name":"A","constructor":{"x":1}}', 1],
  ["a column by that name", "__proto__,name\nx,A\ny,", 1],
  ["NUL and half a letter", '{"name":"A\\u0000B \\ud800"}\n{"name":"\\u0000"}', 1],
  [
    "numbers without end",
    '{"name":"A","organization":{"name":"C","annual_revenue":1e400,"founded_year":"9999999"}}\n{}',
    1,
  ],
  ["depth", `{"name":"A","x":${"[".repeat(5_000)}${"]".repeat(5_000)}}\n{"name":{"first":"B"}}`, 1],
];

for (const [name, text, skipped] of ODD)
  test(`${name} does no harm to the lines beside`, async () => {
    const { api } = await world.newTeam();
    const answer = await api.prospecting.importPeople({ text });
    assert.deepEqual([answer.created, answer.skipped], [1, skipped]);
  });

test("what cannot be read is refused whole", async () => {
  const { api } = await world.newTeam();
  const code = async (text: string, source?: string) =>
    (await refused(api.prospecting.importPeople({ text, ...(source && { source }) }))).code;
  assert.equal(await code('name\n"open'), "import_quote_open");
  assert.equal(await code(`${"c,".repeat(10_000)}c\n1`), "import_too_many_columns");
  assert.equal(await code(`name\n${"A\n".repeat(20_001)}`), "import_too_many_rows");
  assert.equal(await code(`name\n${"x".repeat(2_000_000)}`), "import_row_too_long");
  assert.equal(await code(""), "import_empty");
  assert.equal(await code("name\nA", "sample"), "parameter_invalid");
  assert.equal((await api.mixedPeople.search({})).total_entries, 0);
});
