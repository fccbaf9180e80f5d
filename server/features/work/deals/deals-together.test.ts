// Many deals changed or deleted by one call, and what the history of a deal tells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa0000000000000000ff";

async function stageId(name: string, at = team) {
  const { opportunity_stages } = await at.api.opportunityStages.list();
  return opportunity_stages.find((stage) => stage.name === name)?.id ?? "";
}

const newDeal = async (wish: Parameters<Team["api"]["opportunities"]["create"]>[0], at = team) =>
  (await at.api.opportunities.create(wish)).opportunity;

async function told(id: string, kinds?: "event"[]) {
  const { timeline } = await team.api.opportunities.timeline({ id, ...(kinds && { kinds }) });
  return timeline.map(({ sentence }) => sentence);
}

test("many deals get one stage, and each can get its own", async () => {
  const [one, two, three] = await Promise.all(["A", "B", "C"].map((name) => newDeal({ name })));
  assert.ok(one && two && three);
  const [proposal, discovery] = [await stageId("Proposal"), await stageId("Discovery")];
  const { opportunities } = await team.api.opportunities.bulkUpdate({
    opportunity_ids: [one.id, two.id],
    opportunity_stage_id: proposal,
    owner_id: null,
    opportunity_attributes: [
      { id: two.id, owner_id: team.owner.id },
      { id: three.id, opportunity_stage_id: discovery },
    ],
  });
  assert.deepEqual(
    opportunities.map(({ id, stage_name, owner_id }) => [id, stage_name, owner_id]),
    [
      [one.id, "Proposal", null],
      [two.id, "Proposal", team.owner.id],
      [three.id, "Discovery", team.owner.id],
    ],
  );
});

test("either all deals change or none: one that is unknown, of another team, or no deal at all", async () => {
  const mine = await newDeal({ name: "Mine" });
  const theirs = await newDeal({ name: "Theirs" }, await world.newTeam());
  for (const id of [NEVER, theirs.id])
    assert.equal(
      (await refused(team.api.opportunities.bulkUpdate({ opportunity_ids: [mine.id, id], owner_id: null })))
        .code,
      "deal_does_not_exist",
    );
  const { opportunity } = await team.api.opportunities.get({ id: mine.id });
  assert.equal(opportunity.owner_id, team.owner.id);
  assert.equal((await refused(team.api.opportunities.bulkUpdate({}))).status, 422);
});

test("many are deleted, and ids that are unknown are skipped", async () => {
  const ids = await Promise.all(["D", "E"].map(async (name) => (await newDeal({ name })).id));
  const theirs = await newDeal({ name: "Theirs" }, await world.newTeam());
  const { deleted_opportunity_ids } = await team.api.opportunities.bulkDelete({
    opportunity_ids: [...ids, NEVER, theirs.id],
  });
  assert.deepEqual(deleted_opportunity_ids.toSorted(), ids.toSorted());
  for (const id of ids) assert.equal((await refused(team.api.opportunities.get({ id }))).status, 404);
});

test("the history of a deal says what was changed, and of a figure or a day from what to what", async () => {
  const { id } = await newDeal({ name: "Boiler", amount: "10000", currency_code: "EUR" });
  await team.api.opportunities.update({ id, amount: "48500" });
  await team.api.opportunities.update({ id, closed_date: "2026-12-02" });
  await team.api.opportunities.update({ id, next_step: "Send the offer", deal_probability: 40 });
  await team.api.opportunities.update({ id, opportunity_stage_id: await stageId("Proposal") });
  await team.api.opportunities.update({ id, amount: "48500" });
  const who = (await told(id)).at(-1)?.replace(" created the deal Boiler", "");
  assert.deepEqual(
    (await told(id, ["event"])).map((sentence) => sentence.replace(`${who} `, "")),
    [
      "moved the deal Boiler from Qualification to Proposal",
      "changed the next step and probability of the deal Boiler",
      "changed the close date of the deal Boiler to 2 December 2026",
      "changed the amount of the deal Boiler from 10,000 to 48,500",
      "created the deal Boiler",
    ],
  );
});

test("the timeline of a deal has its notes and tasks, and what happened with its contacts", async () => {
  const newContact = async (first_name: string) =>
    (await team.api.contacts.create({ first_name, last_name: "Okafor" })).contact.id;
  const [ines, other] = [await newContact("Ines"), await newContact("Ole")];
  const deal = await newDeal({ name: "Pumps", contact_id: ines });
  const strange = await newDeal({ name: "Other" });
  await team.api.notes.create({ opportunity_id: deal.id, content: "Wants a quote" });
  await team.api.notes.create({ opportunity_id: strange.id, content: "Not this one" });
  await team.api.tasks.create({ type: "call", opportunity_id: deal.id, title: "Of the deal" });
  await team.api.tasks.create({ type: "call", contact_id: ines, title: "Of the contact" });
  await team.api.tasks.create({ type: "call", contact_id: other, title: "Of nobody here" });
  await team.api.phoneCalls.create({ contact_id: ines, status: "completed" });
  await team.api.conversations.create({
    start_time: "2026-02-03",
    opportunity_ids: [deal.id],
    topic: "Demo",
  });
  const { timeline } = await team.api.opportunities.timeline({ id: deal.id });
  assert.deepEqual(
    timeline.map(({ kind, data }) => [kind, data.title ?? data.content ?? data.topic ?? null]).toSorted(),
    [
      ["call", null],
      ["conversation", "Demo"],
      ["event", null],
      ["note", "Wants a quote"],
      ["task", "Of the contact"],
      ["task", "Of the deal"],
    ],
  );
  const first = await team.api.opportunities.timeline({ id: deal.id, limit: 4 });
  const rest = await team.api.opportunities.timeline({ id: deal.id, cursor: first.next_cursor ?? "" });
  assert.deepEqual([...first.timeline, ...rest.timeline], timeline);
  assert.equal((await refused(team.api.opportunities.timeline({ id: NEVER }))).status, 404);
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.opportunities.timeline({ id: deal.id }))).status, 404);
});

test("deals are sorted by stage, owner, company, probability and next step", async () => {
  const at = await world.newTeam();
  const { account: acme } = await at.api.accounts.create({ name: "acme" });
  const { account: zeta } = await at.api.accounts.create({ name: "Zeta" });
  const early = await newDeal(
    { name: "Early", account_id: zeta.id, next_step_date: "2026-12-01", deal_probability: 90 },
    at,
  );
  const late = await newDeal(
    {
      name: "Late",
      account_id: acme.id,
      opportunity_stage_id: await stageId("Negotiation", at),
      next_step_date: "2026-12-09",
      owner_id: null,
    },
    at,
  );
  const orders: [string, string[]][] = [
    ["stage", [early.id, late.id]],
    ["account", [late.id, early.id]],
    ["owner", [early.id, late.id]],
    ["probability", [late.id, early.id]],
    ["next_step_date", [early.id, late.id]],
  ];
  for (const [sort_by_field, expected] of orders) {
    const found = await at.api.opportunities.search({ sort_by_field, sort_ascending: true });
    assert.deepEqual(
      found.opportunities.map(({ id }) => id),
      expected,
      sort_by_field,
    );
  }
});

test("deals are narrowed to several owners and to the days they close, also for what they come to", async () => {
  const at = await world.newTeam();
  const { user } = await at.api.users.invite({ email: "mona@nordlys.example", first_name: "Mona" });
  const second = user.id;
  const make = (name: string, owner_id: string | null, closed_date: string | null) =>
    newDeal({ name, owner_id, closed_date, amount: "10" }, at);
  await make("Mine", at.owner.id, "2026-12-01");
  await make("Theirs", second, "2026-12-31");
  await make("Nobody's", null, "2027-01-01");
  await make("Some day", at.owner.id, null);
  const namesOf = async (filter: Parameters<Team["api"]["opportunities"]["totals"]>[0]) => {
    const { opportunities } = await at.api.opportunities.search({ ...filter, sort_by_field: "name" });
    const { totals } = await at.api.opportunities.totals(filter);
    assert.equal(
      totals.reduce((all, { deals }) => all + deals, 0),
      opportunities.length,
    );
    return opportunities.map(({ name }) => name);
  };
  assert.deepEqual(await namesOf({ owner_ids: [at.owner.id, second] }), ["Theirs", "Some day", "Mine"]);
  assert.deepEqual(await namesOf({ closes_from: "2026-12-31" }), ["Theirs", "Nobody's"]);
  assert.deepEqual(await namesOf({ closes_until: "2026-12-31" }), ["Theirs", "Mine"]);
  const { opportunity_stages } = await at.api.opportunityStages.list();
  assert.equal((await namesOf({ opportunity_stage_ids: [opportunity_stages[1]?.id ?? ""] })).length, 0);
});
