// Deals are sorted by each column of their table, come in groups, and are written with the columns that are asked for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let beds: string;
let stages: { id: string; name: string | null }[];

useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { api } = team;
  stages = (await api.opportunityStages.list({})).opportunity_stages;
  const made = await api.customFields.create({ label: "Beds", modality: "opportunity", type: "number" });
  beds = made.typed_custom_fields[0]?.id ?? "";
  const account = (await api.accounts.create({ name: "Norrland" })).account.id;
  const [ada, bo] = await Promise.all(
    ["Ada", "Bo"].map(async (first_name) => (await api.contacts.create({ first_name })).contact.id),
  );
  await api.opportunities.create({
    name: "Turbines",
    amount: "3000",
    opportunity_stage_id: stages[1]?.id ?? "",
    account_id: account,
    closed_date: "2027-03-01",
    next_step: "write",
    opportunity_contact_roles: [{ contact_id: bo ?? "", is_primary: true }, { contact_id: ada ?? "" }],
    typed_custom_fields: { [beds]: 7 },
  });
  await api.opportunities.create({
    name: "Pumps",
    amount: "1000",
    opportunity_stage_id: stages[0]?.id ?? "",
    next_step: "Call",
    opportunity_contact_roles: [{ contact_id: ada ?? "" }],
    typed_custom_fields: { [beds]: 12 },
  });
  await api.opportunities.create({ name: "Valves", opportunity_stage_id: stages[1]?.id ?? "" });
});

const SORTS: [field: string, up: string, down: string][] = [
  ["amount", "Pumps Turbines Valves", "Turbines Pumps Valves"],
  ["stage", "Pumps Turbines Valves", "Valves Turbines Pumps"],
  ["account", "Turbines Pumps Valves", "Turbines Valves Pumps"],
  ["contact", "Pumps Turbines Valves", "Turbines Pumps Valves"],
  ["closed_date", "Turbines Pumps Valves", "Turbines Valves Pumps"],
  ["next_step", "Pumps Turbines Valves", "Turbines Pumps Valves"],
  ["forecasted_revenue", "Pumps Turbines Valves", "Turbines Pumps Valves"],
  ["field", "Turbines Pumps Valves", "Pumps Turbines Valves"],
];

for (const [name, up, down] of SORTS) {
  test(`sorted by ${name}, as a list and as a file`, async () => {
    const sort_by_field = name === "field" ? `field:${beds}` : name;
    for (const [sort_ascending, expected] of [
      [true, up],
      [false, down],
    ] as const) {
      const asked = { sort_by_field, sort_ascending };
      const { opportunities } = await team.api.opportunities.search(asked);
      assert.equal(opportunities.map((deal) => deal.name).join(" "), expected);
      const file = await team.api.opportunities.search.csv({ ...asked, csv_columns: ["name"] });
      assert.equal((await file.text()).trimEnd().split("\r\n").slice(1).join(" "), expected);
    }
  });
}

test("in groups the rows come in the groups' order, deals without a company last", async () => {
  const answer = await team.api.opportunities.search({ group_by: "company", sort_by_field: "name" });
  assert.deepEqual(
    answer.groups?.map(({ name, count }) => [name, count]),
    [
      ["Norrland", 1],
      [null, 2],
    ],
  );
  assert.equal(answer.opportunities.map((deal) => deal.name).join(" "), "Turbines Valves Pumps");
  const byStage = await team.api.opportunities.search({ group_by: "stage", page: 2, per_page: 2 });
  assert.deepEqual([byStage.groups, byStage.opportunities.length], [[], 1]);
});

test("the amounts of a file are numbers beside their currency; an unknown column is refused", async () => {
  const columns = ["name", "amount", "currency", "probability", "weighted", `field:${beds}`];
  const file = await team.api.opportunities.search.csv({ csv_columns: columns, sort_by_field: "amount" });
  const [head, first = ""] = (await file.text()).split("\r\n");
  assert.equal(head, "Deal,Amount,Currency,Probability,Weighted amount,Beds");
  const [deal, amount, currency, probability, weighted, field] = first.split(",");
  assert.deepEqual([deal, amount, field], ["Turbines", "3000", "7"]);
  assert.match(currency ?? "", /^[A-Z]{3}$/);
  assert.equal(Number(weighted), (3000 * Number(probability)) / 100);
  const refusal = await refused(team.api.opportunities.search.csv({ csv_columns: ["nothing"] }));
  assert.deepEqual([refusal.status, refusal.code], [422, "parameter_invalid"]);
});
