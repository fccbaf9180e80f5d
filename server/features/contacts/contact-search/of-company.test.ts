// Contacts narrowed by facts of their company.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const names = new Map<string, string>();

useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const sizes = [
    ["Ada", "Aalen Guss", 12, "Foundries"],
    ["Bo", "Borg Stahl", 200, "Steel & Foundries"],
    ["Cy", "Cern Papier", null, "Paper Mills"],
  ] as const;
  for (const [first_name, name, estimated_num_employees, industry] of sizes) {
    const { account } = await team.api.accounts.create({ name, estimated_num_employees, industry });
    const { contact } = await team.api.contacts.create({ first_name, account_id: account.id });
    names.set(contact.id, first_name);
  }
  const { contact } = await team.api.contacts.create({ first_name: "Di" });
  names.set(contact.id, "Di");
});

type Search = NonNullable<Parameters<Team["api"]["contacts"]["search"]>[0]>;

const found = async (search: Search) =>
  (await team.api.contacts.search(search)).contacts.map(({ id }) => names.get(id)).toSorted();

test("by the number of employees, and by words of the industry", async () => {
  const cases: [Search, string[]][] = [
    [{ organization_num_employees_ranges: ["1,50"] }, ["Ada"]],
    [{ organization_num_employees_ranges: ["12,12", "200,"] }, ["Ada", "Bo"]],
    [{ organization_num_employees_ranges: [",11", "201,"] }, []],
    [{ organization_num_employees_ranges: ["50,10"] }, []],
    [{ organization_num_employees_ranges: [] }, ["Ada", "Bo", "Cy", "Di"]],
    [{ q_industry: "foundries" }, ["Ada", "Bo"]],
    [{ q_industry: "foundries steel" }, ["Bo"]],
    [{ q_industry: "foundries", organization_num_employees_ranges: ["100,"] }, ["Bo"]],
    [{ q_industry: "_oundries" }, []],
  ];
  for (const [search, expected] of cases)
    assert.deepEqual(await found(search), expected, JSON.stringify(search));
});

test("all that a search finds follows the same filter, and the answer says how it was understood", async () => {
  const search = { organization_num_employees_ranges: ["100,"] };
  const { contacts } = await team.api.contacts.matching(search);
  assert.deepEqual(
    contacts.map(({ id }) => names.get(id)),
    ["Bo"],
  );
  const { breadcrumbs } = await team.api.contacts.search({ ...search, q_industry: "steel" });
  assert.deepEqual(
    breadcrumbs.map(({ label, value }) => [label, value]),
    [
      ["Industry", "steel"],
      ["# Employees", "100,"],
    ],
  );
});

test("what is no range is refused", async () => {
  for (const range of ["many", ",", "1-10", "-5,", "1,2,3"])
    for (const search of [team.api.contacts.search, team.api.accounts.search]) {
      const { code } = await refused(search({ organization_num_employees_ranges: [range] }));
      assert.equal(code, "search_entered_wrongly", range);
    }
});

test("a trial of a workflow shows the company size and the industry of a contact that its filters leave out", async () => {
  const [ada = ""] = [...names].find(([, name]) => name === "Ada") ?? [];
  const { trial } = await team.api.workflowTrials.tryOut({
    entity_id: ada,
    trigger: { type: "event", event: "contact.created" },
    filters: { organization_num_employees_ranges: ["100,"], q_industry: "foundries" },
    actions: [{ type: "notify", text: "Look" }],
  });
  assert.deepEqual(trial.filters, [
    { filter: "organization_num_employees_ranges", holds: false, value: "12" },
    { filter: "q_industry", holds: true, value: "Foundries" },
  ]);
});
