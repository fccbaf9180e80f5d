// Deals come from a file and go into one: the file comes back as it was, and what an import did is taken back as a whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce, countWaiting, stayOpen } from "../../../testing/held-open.ts";
import { bringIn, overOf, undo } from "../../../testing/imported.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { createTasks } from "../../desk/tasks/commands.ts";
import { changeDeal } from "../../work/deals/commands.ts";

const world = useWorld();

const fileOf = async ({ api }: Team) => (await api.opportunities.search.csv({})).text();
const linesOf = (text: string) => text.split("\r\n").filter((line) => line !== "");

/** Without the first column and the day of making, which a team gives itself; in the order of the names. */
const comparable = (text: string) =>
  linesOf(text)
    .map((line) => line.replace(/^[^,]*,/, "").replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/, ""))
    .toSorted();

async function fieldsIn({ api }: Team) {
  const site = await api.customFields.create({ modality: "opportunity", label: "Site", type: "string" });
  const pumps = await api.customFields.create({ modality: "opportunity", label: "Pumps", type: "number" });
  return [site, pumps].map((made) => made.typed_custom_fields[0]?.id ?? "");
}

async function filled(team: Team) {
  const { api } = team;
  const [site = "", pumps = ""] = await fieldsIn(team);
  const { opportunity_stages: stages } = await api.opportunityStages.list();
  const stageId = (name: string) => stages.find((stage) => stage.name === name)?.id ?? "";
  const { account } = await api.accounts.create({ name: "Norrland, Kraft", domain: "norrland.example" });
  const people = { ines: "ines@norrland.example", ole: "ole@norrland.example" };
  const [ines, ole] = await Promise.all(
    Object.values(people).map(
      async (email) => (await api.contacts.create({ first_name: email.slice(0, 3), email })).contact.id,
    ),
  );
  const { contact } = await api.contacts.create({ first_name: "Bo", last_name: "Ek" });
  await api.opportunities.create({
    name: 'Heat; "pumps", plant 2',
    account_id: account.id,
    opportunity_stage_id: stageId("Proposal"),
    amount: "48500.5",
    currency_code: "NOK",
    closed_date: "2026-12-15",
    next_step: "=Send +offer; today",
    next_step_date: "2026-12-01",
    description: "Two lines;\nand more",
    deal_probability: 35,
    typed_custom_fields: { [site]: "Hall; north", [pumps]: 12 },
    opportunity_contact_roles: [
      { contact_id: ines ?? "", role_names: ["Buyer; local", "Champion"], is_primary: true },
      { contact_id: ole ?? "" },
      { contact_id: contact.id, role_names: ['"The" user'] },
    ],
  });
  const lost = { opportunity_stage_id: stageId("Closed Lost"), closed_lost_reason: "No budget" };
  await api.opportunities.create({ name: "Renewal", account_id: account.id, ...lost });
  await api.opportunities.create({ name: "Renewal", account_id: account.id, amount: "-100" });
  const won = { opportunity_stage_id: stageId("Closed Won"), closed_won_reason: "Price" };
  await api.opportunities.create({ name: "Without a company", ...won });
}

test("a file of deals comes back into another team as the same file", async () => {
  const [team, other] = [await world.newTeam("Old house"), await world.newTeam("New house")];
  await filled(team);
  await fieldsIn(other);
  const contacts = await (await team.api.contacts.search.csv({})).text();
  await bringIn(other, contacts);
  await other.api.contacts.create({ first_name: "Bo", last_name: "Ek" });
  const before = await fileOf(team);
  const { found, rows } = await bringIn(other, before, { kind: "opportunities" });
  assert.deepEqual([found.status, found.created, found.skipped], ["done", 4, 0]);
  for (const row of rows) {
    assert.deepEqual(Object.keys(row.left_out), ["id"], JSON.stringify(row.left_out));
    assert.ok(row.opportunity_id);
  }
  assert.deepEqual(comparable(await fileOf(other)), comparable(before));
  const { opportunities } = await other.api.opportunities.search({ q_opportunity_name: "pumps" });
  const [deal] = opportunities;
  assert.deepEqual(
    new Map(
      deal?.opportunity_contact_roles.map((one) => [one.contact.name, [one.role_names, one.is_primary]]),
    ),
    new Map([
      ["ine", [["Buyer; local", "Champion"], true]],
      ["ole", [[], false]],
      ["Bo Ek", [['"The" user'], false]],
    ]),
  );
  assert.equal(deal?.account?.domain, "norrland.example");
});

test("the file imported again into its own team changes nothing", async () => {
  const team = await world.newTeam("Same house");
  await filled(team);
  const before = await fileOf(team);
  for (const overwrite of ["never", "fill", "replace"] as const) {
    const { found } = await bringIn(team, before, { kind: "opportunities", overwrite });
    assert.deepEqual([found.unchanged, found.created, found.updated, found.skipped], [4, 0, 0, 0], overwrite);
  }
  assert.equal(await fileOf(team), before);
});

test("what a row says is filled in or overwritten as asked, and taken back with the import", async () => {
  const team = await world.newTeam("Changed");
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler", amount: "10" });
  const file = `Id,Name,Amount,Currency,Next step,Company\n${opportunity.id},Boiler,20,EUR,Call,Lund AS\n`;
  const filling = await bringIn(team, file, { kind: "opportunities" });
  assert.deepEqual([filling.found.updated, filling.found.created], [1, 0]);
  const shown = async () => (await team.api.opportunities.get({ id: opportunity.id })).opportunity;
  const seen = ({ amount, currency, next_step, account }: Awaited<ReturnType<typeof shown>>) => [
    ...[amount, currency.iso_code, next_step, account?.name ?? null],
  ];
  assert.deepEqual(seen(await shown()), [10, "USD", "Call", "Lund AS"]);
  const replacing = await bringIn(team, file, { kind: "opportunities", overwrite: "replace" });
  assert.deepEqual(seen(await shown()), [20, "EUR", "Call", "Lund AS"]);
  assert.deepEqual(replacing.rows[0]?.before, { amount: "10", currency_code: "USD" });
  await undo(team, replacing.found.id);
  assert.deepEqual(seen(await shown()), [10, "USD", "Call", "Lund AS"]);
  const { found } = await undo(team, filling.found.id);
  assert.equal(found.status, "undone");
  assert.deepEqual(seen(await shown()), [10, "USD", null, null]);
  const { accounts } = await team.api.accounts.search({ q_organization_name: "Lund AS" });
  assert.deepEqual(accounts, [], "the company that the import made is gone with it");
});

test("new deals are deleted with the import, except where a user has worked with them", async () => {
  const team = await world.newTeam("Undone");
  const { found, rows } = await bringIn(team, "Deal name,Value\nOne,1\nTwo,2\nThree,3\n", {
    kind: "opportunities",
  });
  assert.equal(found.created, 3);
  const [, two, three] = rows.map(({ opportunity_id }) => opportunity_id ?? "");
  await team.api.opportunities.update({ id: two ?? "", name: "Two and a half" });
  await team.api.tasks.create({
    opportunity_id: three ?? "",
    type: "action_item",
    user_id: team.owner.id,
    due_at: "2026-12-01T09:00:00Z",
    priority: "low",
    status: "scheduled",
  });
  const after = await undo(team, found.id);
  assert.deepEqual(
    after.rows.map(({ undone }) => undone),
    ["undone", "changed_since", "has_tasks"],
  );
  assert.deepEqual(
    (await team.api.opportunities.search({})).opportunities.map(({ name }) => name).toSorted(),
    ["Three", "Two and a half"],
  );
});

for (const [what, code] of [
  ["changes", "changed_since"],
  ["gives a task", "has_tasks"],
] as const)
  test(`a deal that a user ${what} while its import is taken back stays`, async () => {
    const team = await world.newTeam("At once");
    const file = "Deal name,Value\nOne,1\nTwo,2\n";
    const { found, rows } = await bringIn(team, file, { kind: "opportunities" });
    const id = rows[0]?.opportunity_id ?? "";
    const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
    const [, after] = await bothAtOnce(
      world,
      (beforeCommit) =>
        actFor(world.running.app, onBehalf, async (act) => {
          if (what === "changes") await changeDeal(act, id, { name: "One and a half" });
          else await createTasks(act, [{ ...TASK, userId: team.owner.id, dealId: id }]);
          await beforeCommit();
        }),
      () => undo(team, found.id),
    );
    assert.deepEqual(
      after.rows.map(({ undone }) => undone),
      [code, "undone"],
    );
    assert.equal((await team.api.opportunities.search({})).opportunities.length, 1);
  });

test("two files that name one deal of a CRM at once make one of it", async () => {
  const team = await world.newTeam("Twice");
  const file = "Deal name,CRM id\nBoiler,crm-1\n";
  const stages = await heldStages(team);
  const started = await Promise.all(
    [1, 2].map(() => team.api.imports.create({ text: file, kind: "opportunities" })),
  );
  await until(async () => (await waiting()) === 2);
  await stages.release();
  for (const one of started) await overOf(team, one.import.id, one.entity_progress_job.id);
  assert.equal((await team.api.opportunities.search({})).opportunities.length, 1);
});

const TASK = {
  type: "action_item" as const,
  creatorId: undefined,
  contactId: undefined,
  accountId: undefined,
  status: undefined,
  priority: undefined,
  dueAt: undefined,
  title: undefined,
  note: undefined,
};

/** Nobody makes a deal until they are let go. */
function heldStages({ id }: Team) {
  return stayOpen((untilReleased) =>
    asOwner(world, async (client) => {
      await client.query("begin");
      await client.query("select from deal_stages where team_id = $1 for update", [id]);
      await untilReleased();
      await client.query("commit");
    }),
  );
}

const waiting = () => countWaiting(world);

test("what cannot be used is told with the row, and the rest of it counts", async () => {
  const team = await world.newTeam("Told");
  const head = "Name,Amount,Currency,Close date,Stage,Owner,Probability,Contacts,Record ID\n";
  const { found, rows } = await bringIn(
    team,
    `${head}A,"48,5",XXX1,31.12.2026,Nowhere,Nobody,120 %,no@where.example,77\n,,,,,,,x@y.example,\nB,"$48,500.25",eur,2026-12-31 10:00,proposal,,40%,,78\n`,
    { kind: "opportunities" },
  );
  assert.deepEqual([found.created, found.skipped], [2, 1]);
  assert.deepEqual(Object.keys(rows[0]?.left_out ?? {}).toSorted(), [
    ...["amount", "closed_date", "contact_emails", "currency_code"],
    ...["deal_probability", "opportunity_stage_name", "owner_email"],
  ]);
  assert.equal(rows[1]?.sentence, "The row has no name for the deal.");
  const id = rows[2]?.opportunity_id ?? "";
  const { opportunity } = await team.api.opportunities.get({ id });
  assert.deepEqual(
    [opportunity.amount, opportunity.currency.iso_code, opportunity.stage_name, opportunity.deal_probability],
    [48500.25, "EUR", "Proposal", 40],
  );
  // The id of the other program means the same deal again; a name that two deals have means none.
  const again = await bringIn(team, "Name,Record ID,Next step\nB renamed,78,Call\n", {
    kind: "opportunities",
    overwrite: "replace",
  });
  assert.equal(again.rows[0]?.opportunity_id, id);
  await team.api.opportunities.create({ name: "A" });
  const alike = await bringIn(team, "Name,Next step\nA,Call\n", { kind: "opportunities" });
  assert.match(alike.rows[0]?.sentence ?? "", /^Several deals have this name/);
});

test("two rows about one deal: the later one counts, and says which row it follows", async () => {
  const team = await world.newTeam("Twice");
  const file = "Name,Salesforce id,Amount,Next step\nA,006x,1,\nA,006x,2,Call\n";
  const { found, rows } = await bringIn(team, file, { kind: "opportunities" });
  assert.deepEqual([found.created, rows[1]?.same_as_row], [1, 2]);
  const { opportunities } = await team.api.opportunities.search({});
  assert.deepEqual(
    opportunities.map(({ amount, next_step }) => [amount, next_step]),
    [[2, "Call"]],
  );
  const after = await undo(team, found.id);
  assert.equal(after.found.status, "undone");
  assert.equal((await team.api.opportunities.search({})).pagination.total_entries, 0);
});
