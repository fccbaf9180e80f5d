// A date field that is reached sets a workflow off: once for each date, so many days before or after it, and never for dates of
// before it was turned on.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { newContact } from "../../../testing/sequenced.ts";
import {
  allCandidates,
  lookedAt,
  newWorkflow,
  onWorkflow,
  settled,
  untilHolds,
} from "../../../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const TELL = [{ type: "notify" as const, text: "It is time" }];

async function newField(team: Team, wish: Partial<Input<"customFields", "create">> = {}) {
  const asked = { label: "Renewal", modality: "contact", type: "date", ...wish } as const;
  const { typed_custom_fields } = await team.api.customFields.create(asked);
  return typed_custom_fields[0]?.id ?? "";
}

const today = () => world.running.app.now().toZonedDateTimeISO("UTC").toPlainDate();
const inDays = (days: number) => today().add({ days }).toString();

/** To the hour of the clock on the day after. */
function toTomorrow(hour = 12) {
  const now = world.running.app.now();
  const then = today().add({ days: 1 }).toZonedDateTime("UTC").add({ hours: hour }).toInstant();
  world.advance(
    now.until(then, { largestUnit: "hours", smallestUnit: "milliseconds", roundingMode: "ceil" }),
  );
}

const dated = (team: Team, field: string, date: string) =>
  newContact(team, { typed_custom_fields: { [field]: date } });
const idsOf = (all: readonly { entity_id: string }[]) => all.map(({ entity_id }) => entity_id).sort();

/** Until its next run lies ahead, and all of the last one are through. */
async function passed(team: Team, id: string) {
  await untilHolds(
    async () => {
      const [{ workflow }, { workflow_runs }] = await Promise.all([
        team.api.workflows.get({ id }),
        team.api.workflows.runs({ id }),
      ]);
      return { next: workflow.next_run_at, runs: workflow_runs.map(({ status }) => status) };
    },
    ({ next, runs }) =>
      next !== null &&
      Temporal.Instant.compare(Temporal.Instant.from(next), world.running.app.now()) > 0 &&
      runs.every((status) => status === "done"),
  );
  return allCandidates(team, id);
}

test("a contact is taken when their date comes, and nobody whose date is past or still ahead", async () => {
  const team = await world.newTeam();
  const field = await newField(team);
  toTomorrow(10);
  const trigger = { type: "date_field", field, days: -30, at: "09:00" } as const;
  await dated(team, field, inDays(29));
  const next = await dated(team, field, inDays(31));
  await dated(team, field, inDays(32));
  await newContact(team);
  const { id } = await onWorkflow(team, { trigger, actions: TELL });
  assert.deepEqual(await passed(team, id), [], "what was due today was due before it was turned on");
  toTomorrow();
  assert.deepEqual(idsOf(await settled(team, id, 1)), [next]);
});

test("days on which the server was away are made up for, each date once", async () => {
  const team = await world.newTeam();
  const field = await newField(team, { type: "datetime" });
  const { id } = await onWorkflow(team, { trigger: { type: "date_field", field }, actions: TELL });
  const contacts = [];
  for (const days of [1, 2, 3]) contacts.push(await dated(team, field, `${inDays(days)}T15:00:00Z`));
  world.advance({ hours: 24 * 4 });
  assert.deepEqual(idsOf(await settled(team, id, 3)), contacts.sort());
  toTomorrow();
  assert.equal((await passed(team, id)).length, 3);
});

test("a changed date takes the contact again, the same date does not", async () => {
  const team = await world.newTeam();
  const field = await newField(team);
  const { id } = await onWorkflow(team, { trigger: { type: "date_field", field }, actions: TELL });
  const contact = await dated(team, field, inDays(1));
  toTomorrow();
  await settled(team, id, 1);
  await team.api.contacts.update({ id: contact, typed_custom_fields: { [field]: inDays(1) } });
  toTomorrow();
  assert.equal((await settled(team, id, 2)).length, 2);
  await team.api.workflows.update({ id, trigger: { type: "date_field", field, days: 1 } });
  toTomorrow();
  assert.equal((await passed(team, id)).length, 2, "it has been taken for this date");
});

test("a change of its conditions does not pass over a time that is due", async () => {
  const team = await world.newTeam();
  const field = await newField(team);
  const { id } = await onWorkflow(team, { trigger: { type: "date_field", field }, actions: TELL });
  const { workflow: before } = await team.api.workflows.get({ id });
  await team.api.workflows.update({ id, caps: { per_run: 10 } });
  assert.equal((await team.api.workflows.get({ id })).workflow.next_run_at, before.next_run_at);
});

test("conditions leave out a contact whose date comes, and say why", async () => {
  const team = await world.newTeam();
  const field = await newField(team);
  const wish = {
    trigger: { type: "date_field", field },
    filters: { q_title: "boss" },
    actions: TELL,
  } as const;
  const { id } = await onWorkflow(team, wish);
  await dated(team, field, inDays(1));
  toTomorrow();
  const [one] = await settled(team, id, 1);
  assert.deepEqual([one?.code, one?.filters], ["filter_not_met", [{ filter: "q_title", holds: false }]]);
});

test("dates of accounts take accounts, and those of deals the deal's contacts or its account", async () => {
  const team = await world.newTeam();
  const field = await newField(team, { modality: "account" });
  const ofDeals = await newField(team, { modality: "opportunity", label: "Kick-off" });
  const { account } = await team.api.accounts.create({ name: "Norrland", domain: "norrland.example" });
  await team.api.accounts.update({ id: account.id, typed_custom_fields: { [field]: inDays(1) } });
  const contact = await newContact(team);
  const { opportunity } = await team.api.opportunities.create({
    name: "Plants",
    account_id: account.id,
    closed_date: inDays(1),
    typed_custom_fields: { [ofDeals]: inDays(1) },
    opportunity_contact_roles: [{ contact_id: contact }],
  });
  assert.ok(opportunity.id);
  const on = async (entity: "contact" | "account", of: string) =>
    (await onWorkflow(team, { entity, trigger: { type: "date_field", field: of }, actions: TELL })).id;
  const wanted: [string, string][] = [
    [await on("account", field), account.id],
    [await on("account", "closed_date"), account.id],
    [await on("contact", "closed_date"), contact],
    [await on("contact", ofDeals), contact],
  ];
  toTomorrow();
  for (const [id, entity] of wanted) assert.deepEqual(idsOf(await settled(team, id, 1)), [entity]);
});

test("its time of day is in the team's zone where nothing else is said", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ time_zone: "Asia/Tokyo" });
  const field = await newField(team);
  const { workflow } = await newWorkflow(team, { trigger: { type: "date_field", field }, actions: TELL });
  assert.deepEqual(workflow.trigger, {
    type: "date_field",
    field,
    days: 0,
    at: "09:00",
    time_zone: "Asia/Tokyo",
  });
  await team.api.workflows.activate({ id: workflow.id });
  const { workflow: on } = await team.api.workflows.get({ id: workflow.id });
  assert.match(on.next_run_at ?? "", /T00:00:00/);
});

test("only date fields of the workflow's records or of deals are accepted", async () => {
  const [team, other] = [await world.newTeam(), await world.newTeam()];
  const create = (entity: "contact" | "person" | "account", field: string) =>
    refused(newWorkflow(team, { entity, trigger: { type: "date_field", field }, actions: TELL }));
  const text = await newField(team, { type: "string", label: "Words" });
  const ofAccounts = await newField(team, { modality: "account", label: "Founded" });
  assert.equal((await create("contact", text)).code, "parameter_invalid");
  assert.equal((await create("contact", ofAccounts)).code, "parameter_invalid");
  assert.equal((await create("person", "closed_date")).code, "parameter_invalid");
  assert.equal((await create("contact", await newField(other))).code, "workflow_names_missing");
});

test("the look back says for whom the date came in the last 30 days", async () => {
  const team = await world.newTeam();
  const field = await newField(team);
  toTomorrow(10);
  const trigger = { type: "date_field", field, days: 2, at: "09:00" } as const;
  const [old, late, last] = [
    await dated(team, field, inDays(-40)),
    await dated(team, field, inDays(-10)),
    await dated(team, field, inDays(-2)),
  ];
  await dated(team, field, inDays(-1));
  const { look_back } = await team.api.workflowTrials.lookBack({ trigger });
  assert.deepEqual(
    look_back.taken.map(({ entity_id }) => entity_id),
    [last, late],
  );
  assert.ok(!idsOf(look_back.taken).includes(old));
  assert.match(look_back.taken[0]?.at ?? "", new RegExp(`^${today().toString()}T09:00:00`));
  await lookedAt(world, team);
});
