// Workflows are sorted by every column of their table.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { plant } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

type Asked = Input<"workflows", "list">;

let team: Team;

useWorld({}, async (opened) => {
  team = await opened.newTeam("Workflow sorters");
  const actions = [{ type: "add_to_list" as const, label_names: ["Buyers"] }];
  const zoe = (await team.api.users.invite({ email: "zoe@sort.example", first_name: "Zoe" })).user.id;
  const make = async (name: string, wish: Omit<Input<"workflows", "create">, "name" | "actions">) =>
    (await team.api.workflows.create({ name, actions, ...wish })).workflow.id;
  const nightly = await make("nightly", { trigger: { type: "schedule", every: "day", time_zone: "UTC" } });
  const arriving = await make("Arriving", { trigger: { type: "event", event: "contact.created" } });
  const companies = await make("Companies", {
    entity: "account",
    trigger: { type: "event", event: "account.created" },
  });
  const runOf = (workflow_id: string, started_at: string, counts: Record<string, number>) =>
    plant(opened, team, "workflow_runs", {
      workflow_id,
      version: 1,
      cause: "manual",
      trigger_key: started_at,
      status: "done",
      started_at,
      finished_at: started_at,
      counts,
    });
  await runOf(nightly, "2026-01-02T00:00:00Z", { done: 9, "skipped already_there": 1 });
  await runOf(nightly, "2026-01-03T00:00:00Z", {
    done: 1,
    "failed no_address": 1,
    "skipped already_there": 4,
  });
  await runOf(companies, "2026-01-04T00:00:00Z", { "done ok": 5, "skipped cap": 2 });
  await asOwner(opened, (db) =>
    db.query(
      `update workflows set is_active = id = $2, user_id = case id when $2 then $5 else user_id end,
              inactive_reason = case id when $3 then 'owner_left' end,
              next_run_at = case id when $2 then timestamptz '2099-02-02' end,
              created_at = timestamptz '2026-01-01' + (array_position(array[$2, $3, $4], id) * interval '1 day'),
              updated_at = timestamptz '2026-01-09' - (array_position(array[$2, $3, $4], id) * interval '1 day')
        where team_id = $1`,
      [team.id, nightly, arriving, companies, zoe],
    ),
  );
});

/** As asked without a direction, and the other way; those without a value last both ways. */
const SORTS: [field: NonNullable<Asked["sort_by_field"]>, first: string, turned: string][] = [
  ["name", "Arriving Companies nightly", "nightly Companies Arriving"],
  ["status", "nightly Arriving Companies", "Companies Arriving nightly"],
  ["entity", "Companies Arriving nightly", "Arriving nightly Companies"],
  ["trigger", "Companies Arriving nightly", "nightly Arriving Companies"],
  ["last_run_at", "Companies nightly Arriving", "nightly Companies Arriving"],
  ["num_included", "Companies nightly Arriving", "nightly Companies Arriving"],
  ["num_skipped", "nightly Companies Arriving", "Companies nightly Arriving"],
  ["num_waiting", "Arriving Companies nightly", "Arriving Companies nightly"],
  ["next_run_at", "nightly Arriving Companies", "nightly Arriving Companies"],
  ["updated_at", "nightly Arriving Companies", "Companies Arriving nightly"],
  ["created_at", "Companies Arriving nightly", "nightly Arriving Companies"],
];

const UPWARDS: readonly string[] = ["name", "status", "entity", "trigger", "owner", "next_run_at"];

for (const [sort_by_field, first, turned] of SORTS)
  test(`sorted by ${sort_by_field}, by pages too`, async () => {
    const sort_ascending = !UPWARDS.includes(sort_by_field);
    assert.equal(await namesOf({ sort_by_field }), first);
    assert.equal(await namesOf({ sort_by_field, sort_ascending }), turned);
  });

async function namesOf(asked: Asked) {
  const { workflows } = await team.api.workflows.list(asked);
  const paged: string[] = [];
  for (let page = 1; page <= 3; page++)
    paged.push(
      ...(await team.api.workflows.list({ ...asked, page, per_page: 1 })).workflows.map(({ name }) => name),
    );
  const names = workflows.map(({ name }) => name);
  assert.deepEqual(paged, names);
  return names.join(" ");
}

test("by owner it is the owners' names that count", async () => {
  const downwards = await namesOf({ sort_by_field: "owner", sort_ascending: false });
  assert.equal(downwards.split(" ")[0], "nightly", "it is Zoe's");
});

test("an order that does not exist is refused", async () => {
  const asked = { sort_by_field: "1; drop table workflows" as "name" };
  assert.equal((await refused(team.api.workflows.list(asked))).status, 422);
});
