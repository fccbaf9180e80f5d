import assert from "node:assert/strict";
import { test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld({});

const stagesOf = async (team: Team) => (await team.api.opportunityStages.list()).opportunity_stages;
const namesOf = async (team: Team) => (await stagesOf(team)).map(({ name }) => name);

async function stageNamed(team: Team, name: string) {
  const stage = (await stagesOf(team)).find((one) => one.name === name);
  assert.ok(stage);
  return stage;
}

async function newDeal(team: Team, stage: string) {
  const opportunity_stage_id = (await stageNamed(team, stage)).id;
  return (await team.api.opportunities.create({ name: "Boiler", amount: "1000", opportunity_stage_id }))
    .opportunity;
}

const shown = async (team: Team, id: string) => (await team.api.opportunities.get({ id })).opportunity;

test("a stage of deals is added where it is wanted, changed, and its name is one of a kind", async () => {
  const team = await world.newTeam("Deal stages");
  const { opportunity_stage } = await team.api.opportunityStages.create({
    name: "Pilot",
    display_order: 2,
    probability: 35,
    forecast_category_cd: "BestCase",
    description: "They try it with ten people",
  });
  assert.deepEqual(
    [opportunity_stage.display_order, opportunity_stage.type, opportunity_stage.forecast_category_cd],
    [2, "Open", "BestCase"],
  );
  assert.deepEqual(await namesOf(team), [
    "Qualification",
    "Discovery",
    "Pilot",
    "Proposal",
    "Negotiation",
    "Closed Won",
    "Closed Lost",
  ]);
  const sentBack = { ...opportunity_stage, name: "Trial", description: null, display_order: 0 };
  const changed = (await team.api.opportunityStages.update(unchecked(sentBack))).opportunity_stage;
  assert.deepEqual(
    [changed.name, changed.description, changed.probability, changed.display_order],
    ["Trial", null, 35, 0],
  );
  const refusal = await refused(team.api.opportunityStages.create({ name: "trial" }));
  assert.deepEqual([refusal.status, refusal.code], [422, "stage_exists"]);
});

test("another probability is that of the deals that do not say their own", async () => {
  const team = await world.newTeam("Probabilities");
  const deal = await newDeal(team, "Proposal");
  const own = await newDeal(team, "Proposal");
  await team.api.opportunities.update({ id: own.id, deal_probability: 90 });
  await team.api.opportunityStages.update({ id: (await stageNamed(team, "Proposal")).id, probability: 40 });
  assert.deepEqual(
    [(await shown(team, deal.id)).forecasted_revenue, (await shown(team, own.id)).forecasted_revenue],
    [400, 900],
  );
});

test("a stage changed to won closes its deals today, and changed back opens them again", async () => {
  const team = await world.newTeam("Closing");
  const deal = await newDeal(team, "Negotiation");
  const { id } = await stageNamed(team, "Negotiation");
  const won = (await team.api.opportunityStages.update({ id, type: "Closed/Won" })).opportunity_stage;
  assert.deepEqual([won.is_won, won.probability, won.forecast_category_cd], [true, 100, "Closed"]);
  const today = `${Temporal.Now.instant().toZonedDateTimeISO("UTC").toPlainDate()}T00:00:00.000+00:00`;
  const closed = await shown(team, deal.id);
  assert.deepEqual([closed.is_won, closed.actual_close_date], [true, today]);
  await team.api.opportunityStages.update({ id, type: "Open", probability: 60 });
  const open = await shown(team, deal.id);
  assert.deepEqual([open.is_closed, open.actual_close_date, open.deal_probability], [false, null, 60]);
});

test("stages are put into an order; those not named follow", async () => {
  const team = await world.newTeam("Deal order");
  const lost = await stageNamed(team, "Closed Lost");
  await team.api.opportunityStages.reorder({ ids: [lost.id] });
  assert.deepEqual((await namesOf(team)).slice(0, 2), ["Closed Lost", "Qualification"]);
});

test("a stage with deals is deleted only with a place for them, and they are closed or opened by it", async () => {
  const team = await world.newTeam("Deal moving");
  const deal = await newDeal(team, "Discovery");
  const { id } = await stageNamed(team, "Discovery");
  const refusal = await refused(team.api.opportunityStages.delete({ id }));
  assert.deepEqual(
    [refusal.code, refusal.message],
    ["stage_in_use", "1 records are in the stage Discovery."],
  );
  const won = await stageNamed(team, "Closed Won");
  await team.api.opportunityStages.delete({ id, reassign_to: won.id });
  const moved = await shown(team, deal.id);
  assert.deepEqual(
    [moved.stage_name, moved.is_closed, moved.actual_close_date !== null],
    ["Closed Won", true, true],
  );
  await team.api.opportunityStages.delete({
    id: won.id,
    reassign_to: (await stageNamed(team, "Proposal")).id,
  });
  const back = await shown(team, deal.id);
  assert.deepEqual([back.is_closed, back.actual_close_date], [false, null]);
  assert.deepEqual(
    (await stagesOf(team)).map(({ display_order }) => display_order),
    [0, 1, 2, 3],
  );
});

test("deals that are moved, closed or opened with their stage say so, each in its history and in the feed", async () => {
  const team = await world.newTeam("Deals told");
  const deals = [await newDeal(team, "Discovery"), await newDeal(team, "Discovery")];
  const other = await newDeal(team, "Proposal");
  const { id } = await stageNamed(team, "Discovery");
  const to = await stageNamed(team, "Negotiation");
  const told = async (deal: { id: string }) =>
    (await team.api.auditLog.list({ subject_id: deal.id, types: ["deal.stage_changed"] })).audit_log;

  await team.api.opportunityStages.update({ id, type: "Closed/Won" });
  await team.api.opportunityStages.update({ id, type: "Open" });
  await team.api.opportunityStages.delete({ id, reassign_to: to.id });
  for (const deal of deals) {
    const entries = await told(deal);
    assert.deepEqual(
      entries.map(({ data }) => [data.from_stage_id, data.to_stage_id, data.is_closed, data.because]),
      [
        [id, to.id, false, "stage_deleted"],
        [id, id, false, "stage_opened"],
        [id, id, true, "stage_closed"],
      ],
    );
    assert.deepEqual(
      entries.map(({ sentence, actor }) => [sentence, actor.user_id]),
      [
        ["Ole Dahl moved the deal Boiler to another stage, because its stage was deleted", team.owner.id],
        ["Ole Dahl reopened the deal Boiler, because its stage now counts as open", team.owner.id],
        ["Ole Dahl closed the deal Boiler, because its stage now counts as closed", team.owner.id],
      ],
    );
  }
  assert.deepEqual(await told(other), []);
  await feedSettles(world);
  const { events } = await team.api.events.list({ types: ["deal.stage_changed"] });
  assert.equal(events.length, 6);
});

test("deals of a stage changed from won to lost say so, and keep their closing day", async () => {
  const team = await world.newTeam("Won and lost");
  const deal = await newDeal(team, "Closed Won");
  const { id } = await stageNamed(team, "Closed Won");
  const { actual_close_date } = await shown(team, deal.id);
  world.advance({ hours: 48 });
  await team.api.opportunityStages.update({ id, type: "Closed/Lost" });
  const [entry] = (await team.api.auditLog.list({ subject_id: deal.id, types: ["deal.stage_changed"] }))
    .audit_log;
  assert.deepEqual(
    [entry?.data.because, entry?.sentence],
    ["stage_lost", "Ole Dahl marked the deal Boiler as lost, because its stage now counts as lost"],
  );
  assert.equal((await shown(team, deal.id)).actual_close_date, actual_close_date);
});

test("a stage that is only renamed, and an empty one, write no event about a deal", async () => {
  const team = await world.newTeam("Nothing moved");
  await newDeal(team, "Discovery");
  await team.api.opportunityStages.update({ id: (await stageNamed(team, "Discovery")).id, name: "Talks" });
  await team.api.opportunityStages.delete({
    id: (await stageNamed(team, "Proposal")).id,
    reassign_to: (await stageNamed(team, "Talks")).id,
  });
  assert.deepEqual((await team.api.events.list({ types: ["deal.stage_changed"] })).events, []);
});

test("a stage of very many deals is deleted, and each says so", async () => {
  const team = await world.newTeam("Many deals");
  const { id } = await stageNamed(team, "Discovery");
  const to = await stageNamed(team, "Proposal");
  const deal = await newDeal(team, "Discovery");
  await asOwner(world, async (db) => {
    const { rows } = await db.query("select * from deals where id = $1", [deal.id]);
    const others = Object.keys(rows[0]).filter((name) => !["id"].includes(name));
    await db.query(
      `insert into deals (id, ${others.join(", ")})
       select new_ident(), ${others.join(", ")} from deals, generate_series(1, 25000) where id = $1`,
      [deal.id],
    );
  });
  await team.api.opportunityStages.delete({ id, reassign_to: to.id });
  const count = await asOwner(world, (db) =>
    db.query(
      "select count(distinct subject_id)::int from events where team_id = $1 and type = 'deal.stage_changed'",
      [team.id],
    ),
  );
  assert.deepEqual(count.rows, [{ count: 25_001 }]);
});

test("one stage for open deals is left, so that a new one stands somewhere", async () => {
  const team = await world.newTeam("Last open");
  for (const name of ["Qualification", "Discovery", "Proposal"])
    await team.api.opportunityStages.delete({ id: (await stageNamed(team, name)).id });
  const { id } = await stageNamed(team, "Negotiation");
  for (const call of [
    () => team.api.opportunityStages.delete({ id }),
    () => team.api.opportunityStages.update({ id, type: "Closed/Lost" }),
  ]) {
    assert.equal((await refused(call())).code, "deal_stage_last_open");
  }
  assert.equal((await team.api.opportunities.create({ name: "New" })).opportunity.opportunity_stage_id, id);
});

test("a deal that comes into a stage while it is deleted is moved with the others, or refused", async () => {
  const team = await world.newTeam("Deal races");
  const to = await stageNamed(team, "Qualification");
  for (let round = 0; round < 5; round += 1) {
    const { id } = (await team.api.opportunityStages.create({ name: `Short ${round}` })).opportunity_stage;
    const coming = Array.from({ length: 6 }, () =>
      team.api.opportunities.create({ name: "Late", opportunity_stage_id: id }),
    );
    const [deleted, ...made] = await Promise.allSettled([
      team.api.opportunityStages.delete({ id, reassign_to: to.id }),
      ...coming,
    ]);
    assert.equal(deleted.status, "fulfilled");
    for (const one of made) if (one.status === "rejected") assert.equal(one.reason.code, "unknown_id");
  }
  const { opportunities } = await team.api.opportunities.search({ per_page: 100 });
  assert.deepEqual(new Set(opportunities.map((deal) => deal.opportunity_stage_id)), new Set([to.id]));
});

test("a deal that comes into a stage while it is closed is closed with it, on that day", async () => {
  const team = await world.newTeam("Closing races");
  for (let round = 0; round < 6; round += 1) {
    const { id } = (await team.api.opportunityStages.create({ name: `Short ${round}` })).opportunity_stage;
    const come = () =>
      Array.from({ length: 6 }, () =>
        team.api.opportunities.create({ name: "Late", opportunity_stage_id: id }),
      );
    await Promise.all([...come(), team.api.opportunityStages.update({ id, type: "Closed/Won" }), ...come()]);
  }
  const { opportunities } = await team.api.opportunities.search({ per_page: 100 });
  assert.equal(opportunities.length, 72);
  assert.ok(opportunities.every((deal) => deal.is_closed && deal.actual_close_date !== null));
});

test("members change no stage of deals, and changes are in the log", async () => {
  const team = await world.newTeam("Deal stage members");
  const { invitation_url } = await team.api.users.invite({ email: "deal.stages@example.no" });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const { api } = await world.signIn("deal.stages@example.no", password);
  assert.equal((await refused(api.opportunityStages.create({ name: "Mine" }))).code, "admin_only");
  assert.equal((await api.opportunityStages.list()).opportunity_stages.length, 6);
  const { id } = (await team.api.opportunityStages.create({ name: "Pilot" })).opportunity_stage;
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.match(audit_log[0]?.sentence ?? "", /added the stage Pilot/);
});
