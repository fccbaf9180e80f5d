// Every field that Apollo's reference prints in answers about tasks, deals and notes stands in ours: walked on real answers.
// What is null or an empty list there has no fields to look at; so everything is made that can hang on a task or a deal.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { plantCompanies } from "./testing/people.ts";
import { type Team, useWorld } from "./testing/world.ts";

const PUBLISHED: Record<string, string[]> = JSON.parse(
  readFileSync(new URL("./testing/published-fields.json", import.meta.url), "utf8"),
);

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** Whether the field stands there, wherever the thing it is of does; `looked` counts where it could be looked for. */
function lacks(value: unknown, [step, ...rest]: string[]): boolean {
  if (step === undefined || value === null || value === undefined) return false;
  const key = step.replace("[]", "");
  if (!(key in (value as object))) return true;
  const inner = (value as Record<string, unknown>)[key];
  return step.endsWith("[]") ? (inner as unknown[]).some((one) => lacks(one, rest)) : lacks(inner, rest);
}

async function answers(): Promise<Record<string, unknown>> {
  const { api } = team;
  await plantCompanies(world, team, [{ name: "Kraft", domain: "kraft.example", linkedinUid: "77" }]);
  const { account } = await api.accounts.create({
    name: "Kraft",
    domain: "kraft.example",
    phone: "+46905550100",
  });
  const { contact } = await api.contacts.create({
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@kraft.example",
    account_id: account.id,
    direct_phone: "+46905550101",
  });
  const deal = { name: "Plant", account_id: account.id, amount: "1000", contact_id: contact.id };
  const created = await api.opportunities.create(deal);
  const { id } = created.opportunity;
  const about = { contact_id: contact.id, account_id: account.id, opportunity_id: id, type: "call" as const };
  const task = await api.tasks.create(about);
  await api.notes.create({ content: "x", contact_id: contact.id });
  await api.phoneCalls.create({ contact_id: contact.id, outreach_task_id: task.task.id, to_number: "+4690" });
  const { task: open } = await api.tasks.create(about);
  return {
    "tasks.create": task,
    "tasks.bulkCreate": await api.tasks.bulkCreate({ tasks_attributes: [about] }),
    "tasks.get": await api.tasks.get({ id: task.task.id }),
    "tasks.update": await api.tasks.update({ id: open.id, title: "Ring" }),
    "tasks.search": await api.tasks.search({}),
    "tasks.complete": await api.tasks.complete({ id: open.id }),
    "opportunities.create": created,
    "opportunities.update": await api.opportunities.update({ id, description: "x" }),
    "opportunities.get": await api.opportunities.get({ id }),
    "opportunities.search": await api.opportunities.search({}),
    "opportunities.ofContact": await api.opportunities.ofContact({ id: contact.id }),
    "notes.list": await api.notes.list({ contact_id: contact.id }),
  };
}

test("every published field of tasks, deals and notes stands in the answers", async () => {
  const given = await answers();
  assert.deepEqual(Object.keys(given).toSorted(), Object.keys(PUBLISHED).toSorted());
  for (const [name, fields] of Object.entries(PUBLISHED)) {
    const missing = fields.filter((field) => lacks(given[name], field.split(".")));
    assert.deepEqual(missing, [], name);
  }
});

test("what stands beside a task and a call is what is known of it", async () => {
  const given = await answers();
  const { task } = given["tasks.get"] as Awaited<ReturnType<Team["api"]["tasks"]["get"]>>;
  assert.deepEqual(
    [
      task.contact?.last_name,
      task.contact?.phone_numbers.length,
      task.account?.linkedin_uid,
      task.account?.domain,
    ],
    ["Okafor", 1, "77", "kraft.example"],
  );
  assert.deepEqual([task.opportunity?.name, task.opportunity?.account?.id], ["Plant", task.account_id]);
  assert.deepEqual([task.phone_call?.to_number, task.phone_call?.answered], ["+4690", null]);
  const { phone_calls } = await team.api.phoneCalls.search({});
  assert.deepEqual(
    [phone_calls[0]?.contact?.last_name, phone_calls[0]?.contact?.email],
    ["Okafor", "ines@kraft.example"],
  );
});
