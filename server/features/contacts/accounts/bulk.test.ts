import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa00000000000000beef";
const names = (rows: readonly { name: string | null }[]) => rows.map(({ name }) => name);

async function madeIn(at: Team, count: number) {
  const accounts = Array.from({ length: count }, (_, n) => ({ name: `Made ${n}` }));
  return (await at.api.accounts.bulkCreate({ accounts })).created_accounts.map(({ id }) => id);
}

/** Waits for the engine, which does put-off work by itself. */
async function untilOver(at: Team, id: string) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const { entity_progress_job: job } = await at.api.progress.get({ id });
    if (["done", "failed", "cancelled"].includes(job.status)) return job;
    await sleep(50);
  }
  throw new Error("the work is still not over");
}

test("a bulk makes rows with the ten keys of Apollo's, in the order given", async () => {
  const mine = await world.newTeam("Bulk");
  const answer = await mine.api.accounts.bulkCreate({
    accounts: [
      { name: "B", domain: "b.example", phone_status_cd: "valid_number" },
      { domain: "a.example" },
      { name: "C" },
    ],
    append_label_names: ["Imported"],
  });
  assert.deepEqual(names(answer.created_accounts), ["B", null, "C"]);
  assert.deepEqual(answer.existing_accounts, []);
  assert.equal((await mine.api.labels.list())[0]?.cached_count, 3);
  assert.equal(
    (await mine.api.accounts.search({ q_organization_name: "B" })).accounts[0]?.phone_status,
    "valid_number",
  );
});

test("rows with lists of their own come under another name, and get both kinds", async () => {
  const mine = await world.newTeam("Bulk lists");
  await mine.api.accounts.bulkCreate({
    accounts_with_labels: [{ name: "A", label_names: ["Own"] }, { name: "B" }],
    append_label_names: ["All"],
  });
  assert.deepEqual(
    (await mine.api.labels.list()).map(({ name, cached_count }) => [name, cached_count]),
    [
      ["All", 2],
      ["Own", 1],
    ],
  );
});

test("without dedupe only CRM ids find what is there, and what is found stays as it is", async () => {
  const mine = await world.newTeam("No dedupe");
  await mine.api.accounts.create({ name: "Kraft", domain: "kraft.example", salesforce_id: "sf1" });
  const answer = await mine.api.accounts.bulkCreate({
    accounts: [
      { name: "Overwritten?", salesforce_id: "sf1", phone: "+4690555" },
      { name: "Kraft", domain: "kraft.example" },
    ],
    append_label_names: ["New ones"],
  });
  assert.deepEqual([names(answer.existing_accounts), names(answer.created_accounts)], [["Kraft"], ["Kraft"]]);
  assert.equal(answer.existing_accounts[0]?.phone, null);
  assert.equal((await mine.api.labels.list())[0]?.cached_count, 1, "what was there gets no list either");
});

test("with dedupe domain, organization and name find it too, and twins of one request are made once", async () => {
  const mine = await world.newTeam("Dedupe");
  await mine.api.accounts.create({ name: "Kraft", domain: "kraft.example", organization_id: NEVER });
  const answer = await mine.api.accounts.bulkCreate({
    run_dedupe: true,
    accounts: [
      { domain: "www.kraft.example" },
      { name: "kraft" },
      { organization_id: NEVER, name: "Other" },
      { name: "Fresh", domain: "fresh.example" },
      { domain: "fresh.example" },
    ],
  });
  assert.deepEqual([names(answer.existing_accounts), names(answer.created_accounts)], [["Kraft"], ["Fresh"]]);
  const again = await mine.api.accounts.bulkCreate({ run_dedupe: true, accounts: [{ name: "FRESH" }] });
  assert.deepEqual([names(again.existing_accounts), names(again.created_accounts)], [["Fresh"], []]);
});

test("twenty bulks of the same company at once make it once", async () => {
  const mine = await world.newTeam("Bulk crowd");
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      mine.api.accounts.bulkCreate({ run_dedupe: true, accounts: [{ domain: "rush.example" }] }),
    ),
  );
  assert.equal(answers.flatMap(({ created_accounts }) => created_accounts).length, 1);
  assert.equal((await mine.api.accounts.search()).pagination.total_entries, 1);
});

test("a bulk that is wrong in one row makes nothing", async () => {
  const mine = await world.newTeam("Bulk atom");
  const wrong = 'Please provide an array of account attributes in the "accounts" parameter.';
  const cases: [Parameters<Team["api"]["accounts"]["bulkCreate"]>[0], string][] = [
    [{}, wrong],
    [{ accounts: [] }, wrong],
    [
      { accounts: Array.from({ length: 101 }, () => ({ name: "X" })) },
      "Please limit your array to 100 accounts or fewer.",
    ],
    [{ accounts: [{ name: "X" }, { phone: "1" }] }, "Please specify at least a name or domain."],
    [{ accounts: [{ name: "X" }, { name: "Y", owner_id: NEVER }] }, `There is no owner_id ${NEVER}.`],
  ];
  for (const [input, sentence] of cases) {
    const refusal = await refused(mine.api.accounts.bulkCreate(input));
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  assert.equal((await mine.api.accounts.search()).pagination.total_entries, 0);
  assert.equal((await madeIn(mine, 100)).length, 100);
});

test("many change alike, or each in its own way, and only what was asked for is answered", async () => {
  const mine = await world.newTeam("Changes");
  const [a = "", b = ""] = await madeIn(mine, 2);
  const stages = (await mine.api.accountStages.list()).account_stages;
  const stage = stages[2]?.id ?? "";
  const alike = await mine.api.accounts.bulkUpdate({
    account_ids: [a, b, NEVER, a],
    account_stage_id: stage,
  });
  assert.deepEqual(alike, {
    accounts: [
      { id: a, account_stage_id: stage },
      { id: b, account_stage_id: stage },
    ],
  });
  const field =
    (await mine.api.customFields.create({ label: "Size", modality: "account", type: "number" }))
      .typed_custom_fields[0]?.id ?? "";
  const each = await mine.api.accounts.bulkUpdate({
    account_attributes: [
      { id: b, name: "Bee", owner_id: null },
      { id: a, typed_custom_fields: { [field]: 3 } },
    ],
  });
  assert.deepEqual(each, {
    accounts: [
      { id: b, name: "Bee", owner_id: null },
      { id: a, typed_custom_fields: { [field]: 3 } },
    ],
  });
});

test("what is wrong with a bulk change is said in Apollo's words, and changes nothing", async () => {
  const mine = await world.newTeam("Wrong changes");
  const [a = "", b = ""] = await madeIn(mine, 2);
  const many = Array.from({ length: 1001 }, (_, n) => n.toString(16).padStart(24, "0"));
  const cases: [Parameters<Team["api"]["accounts"]["bulkUpdate"]>[0], string][] = [
    [{ name: "X" }, "Please provide either account_ids or account_attributes"],
    [{ account_ids: many, name: "X" }, "Please limit your array to fewer than 1000."],
    [
      { account_attributes: many.map((id) => ({ id, name: "X" })) },
      "Please limit your array to fewer than 1000.",
    ],
    [{ account_attributes: [{ id: a, name: "X" }], async: true }, "Async processing is not permitted."],
    [{ account_ids: [a], owner_id: NEVER }, `There is no owner_id ${NEVER}.`],
    [{ account_ids: [a], owner_id: NEVER, async: true }, `There is no owner_id ${NEVER}.`],
    [
      {
        account_attributes: [
          { id: a, name: "X" },
          { id: b, name: "" },
        ],
      },
      "Please specify at least a name or domain.",
    ],
  ];
  for (const [input, sentence] of cases) {
    const refusal = await refused(mine.api.accounts.bulkUpdate(input));
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  const { accounts } = await mine.api.accounts.search({
    sort_by_field: "account_created_at",
    sort_ascending: true,
  });
  assert.deepEqual(new Set(names(accounts)), new Set(["Made 0", "Made 1"]));
});

test("put off, a bulk change is a job that does it", async () => {
  const mine = await world.newTeam("Later");
  const made = await madeIn(mine, 3);
  const answer = await mine.api.accounts.bulkUpdate({
    account_ids: [...made, NEVER],
    name: "Later",
    async: true,
  });
  assert.ok("entity_progress_job" in answer);
  const { id, job_type, status, entity_ids } = answer.entity_progress_job;
  assert.deepEqual([job_type, status, entity_ids], ["account_bulk_update", "pending", [...made, NEVER]]);
  const job = await untilOver(mine, id);
  assert.deepEqual([job.status, job.counts], ["done", { updated: 3, not_found: 1 }]);
  assert.deepEqual(names((await mine.api.accounts.search()).accounts), ["Later", "Later", "Later"]);
});

test("owners are changed by a call of its own, which needs both", async () => {
  const mine = await world.newTeam("Owners");
  const [a = "", b = ""] = await madeIn(mine, 2);
  const { user } = await mine.api.users.invite({ email: "new.owner@example.no" });
  assert.deepEqual(await mine.api.accounts.updateOwners({ account_ids: [b, a, NEVER], owner_id: user.id }), {
    accounts: [b, a].map((id) => ({ id, owner_id: user.id, crm_owner_id: null })),
  });
  const cases = [
    [{ owner_id: user.id }, "Required parameter 'account_ids' missing"],
    [{ account_ids: [a] }, "Required parameter 'owner_id' missing"],
    [{ account_ids: [a], owner_id: NEVER }, `There is no owner_id ${NEVER}.`],
  ] as const;
  for (const [body, sentence] of cases) {
    const answer = await call(`${world.url}/api/v1/accounts/update_owners`, {
      method: "POST",
      key: mine.key,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.deepEqual([answer.status, answer.body.error], [422, sentence]);
  }
});

test("another team's accounts are passed over in every bulk", async () => {
  const stranger = await world.newTeam("Bulk strangers");
  const [ours = ""] = await madeIn(team, 1);
  await team.api.accounts.update({ id: ours, salesforce_id: "shared-crm-id" });
  assert.deepEqual(await stranger.api.accounts.bulkUpdate({ account_ids: [ours], name: "Taken" }), {
    accounts: [],
  });
  const owners = await stranger.api.accounts.updateOwners({
    account_ids: [ours],
    owner_id: stranger.owner.id,
  });
  assert.deepEqual(owners, { accounts: [] });
  const made = await stranger.api.accounts.bulkCreate({
    accounts: [{ name: "Own", salesforce_id: "shared-crm-id" }],
  });
  assert.deepEqual([names(made.created_accounts), made.existing_accounts], [["Own"], []]);
  assert.equal((await team.api.accounts.get({ id: ours })).account.name, "Made 0");
});
