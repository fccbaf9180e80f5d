// Companies as a file: whatever a search finds, formula-safe.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("what a search finds is a file, with names in place of ids and no formula in it", async () => {
  const { api } = await world.newTeam();
  await api.accounts.create({
    name: "=cmd()",
    domain: "evil.example",
    label_names: ["Key"],
    industry: "Energy",
  });
  await api.accounts.create({ name: "Borealis", domain: "borealis.example" });
  const { accounts } = await api.accounts.search({});
  const stage = (await api.accountStages.list({})).account_stages.find(
    ({ id }) => id === accounts[0]?.account_stage_id,
  );
  const linesOf = async (search: Parameters<typeof api.accounts.search>[0]) =>
    (await (await api.accounts.search.csv(search)).text())
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
  const all = await linesOf({});
  assert.deepEqual([all.length, all[0]?.[1], all[1]?.[1], all[2]?.[1]], [3, "Name", "'=cmd()", "Borealis"]);
  assert.deepEqual([all[1]?.[9], all[1]?.[11]], [stage?.name, "Key"]);
  assert.equal((await linesOf({ q_keywords: "boreal" })).length, 2);
});

test("companies are sorted by each column, grouped, and written with the columns that are asked for", async () => {
  const { api } = await world.newTeam("Sorted companies");
  const [first, second] = (await api.accountStages.list({})).account_stages;
  const made = await api.customFields.create({ label: "Beds", modality: "account", type: "number" });
  const beds = made.typed_custom_fields[0]?.id ?? "";
  const make = (name: string, values: object) => api.accounts.create({ name, ...values });
  await make("Alta", { domain: "z.example", account_stage_id: second?.id, industry: "Paper" });
  await make("=B", { domain: "a.example", account_stage_id: first?.id, typed_custom_fields: { [beds]: 7 } });
  await make("Cato", {
    account_stage_id: second?.id,
    industry: "energy",
    typed_custom_fields: { [beds]: 12 },
  });
  const sorted = async (sort_by_field: string, sort_ascending: boolean) => {
    const names: (string | null)[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof api.accounts.search>> = await api.accounts.search({
        sort_by_field,
        sort_ascending,
        per_page: 1,
        ...(cursor && { cursor }),
      });
      names.push(...page.accounts.map(({ name }) => name));
      cursor = page.pagination.next_cursor ?? undefined;
    }
    return names.join(" ");
  };
  const cases: [string, string, string][] = [
    ["domain", "=B Alta Cato", "Alta =B Cato"],
    ["industry", "Cato Alta =B", "Alta Cato =B"],
    ["account_stage", "=B Alta Cato", "Cato Alta =B"],
    [`field:${beds}`, "=B Cato Alta", "Cato =B Alta"],
    ["account_last_activity_date", "Alta =B Cato", "Cato =B Alta"],
  ];
  for (const [field, up, down] of cases)
    assert.deepEqual([await sorted(field, true), await sorted(field, false)], [up, down], field);

  const grouped = await api.accounts.search({ group_by: "stage", sort_by_field: "account_name" });
  assert.deepEqual(
    grouped.groups?.map(({ id, name, count }) => [id, name, count]),
    [
      [first?.id, first?.name, 1],
      [second?.id, second?.name, 2],
    ],
  );
  assert.equal(grouped.accounts.map(({ name }) => name).join(" "), "=B Cato Alta");

  const file = await api.accounts.search.csv({
    csv_columns: ["name", `field:${beds}`, "stage"],
    sort_by_field: `field:${beds}`,
    sort_ascending: true,
  });
  assert.deepEqual((await file.text()).trimEnd().split("\r\n"), [
    "Name,Beds,Stage",
    `'=B,7,${first?.name}`,
    `Cato,12,${second?.name}`,
    `Alta,,${second?.name}`,
  ]);
  const refusal = await refused(api.accounts.search.csv({ csv_columns: ["name", "salary"] }));
  assert.deepEqual([refusal.status, refusal.code], [422, "parameter_invalid"]);
});
