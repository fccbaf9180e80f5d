import assert from "node:assert/strict";
import { test } from "node:test";
import { GOAL_METRICS, GOAL_PERIODS } from "@cadenza/contract";
import type { Client } from "@cadenza/sdk";
import { plant, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const CALLS = { metric: "num_phone_calls", period: "week" } as const;

async function colleague(team: Team, role: "member" | "admin" = "member") {
  const { user } = await team.api.users.invite({ email: `${role}${team.id}@goals.example.no`, role });
  const { api_key } = await team.api.apiKeys.create({ name: role, master: true, user_id: user.id });
  return { id: user.id, api: world.client({ apiKey: api_key.key }) };
}

async function logCalls({ api }: Pick<Team, "api">, contact_id: string, count: number) {
  for (let call = 0; call < count; call++)
    await api.phoneCalls.create({ contact_id, status: "completed", logged: true });
}

const listed = async (api: Client, rest: Parameters<Client["goals"]["list"]>[0] = {}) =>
  (await api.goals.list(rest)).goals;

test("a goal counts what its user does, and setting it again changes its target", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  const { goal } = await team.api.goals.save({ ...CALLS, target: 50 });
  const contact = await newContact(team);
  await logCalls(team, contact, 2);
  await logCalls(mate, contact, 1);
  const again = (await team.api.goals.save({ ...CALLS, target: 3 })).goal;
  assert.equal(again.id, goal.id);
  const [one, ...others] = await listed(team.api, { time_zone: "Europe/Oslo" });
  assert.deepEqual([one?.figure, one?.target, one?.set_by.id, others.length], [2, 3, team.owner.id, 0]);
  await team.api.goals.save({ ...CALLS, period: "day", target: 1 });
  assert.deepEqual(
    (await listed(team.api)).map(({ period, figure }) => [period, figure]),
    [
      ["day", 2],
      ["week", 2],
    ],
  );
});

test("each figure is what the report says of the same user and time, and as many rows are behind it", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  const { id: sequence } = await newSequence(team);
  const box = await newMailbox(team);
  const now = world.running.app.now().toString();
  for (const [user_id, mails] of [
    [team.owner.id, 3],
    [mate.id, 1],
  ] as const)
    for (let mail = 0; mail < mails; mail++) {
      const contact_id = await newContact(team);
      await plantEnrollment(world, team, sequence, { contact_id, added_by: user_id, added_at: now });
      await plantMessage(world, team, sequence, {
        contact_id,
        user_id,
        mailbox_id: box.id,
        completed_at: now,
        ...(mail === 0 && { replied_at: now, reply_class: "willing_to_meet", demoed_at: now }),
      });
      await logCalls(user_id === mate.id ? mate : team, contact_id, 1);
      const wish = { type: "call" as const, user_id, contact_id, due_at: now };
      const { task } = await team.api.tasks.create(wish);
      await team.api.tasks.complete({ id: task.id });
    }
  await plant(world, team, "deals", {
    name: "Boiler",
    owner_id: team.owner.id,
    source: "api",
    created_at: now,
    updated_at: now,
  });
  for (const metric of GOAL_METRICS)
    for (const period of GOAL_PERIODS) await team.api.goals.save({ metric, period, target: 10 });
  const goals = await listed(team.api, { time_zone: "America/New_York" });
  assert.equal(goals.length, GOAL_METRICS.length * GOAL_PERIODS.length);
  for (const { metric, period, figure, from, until } of goals) {
    const filters = { smart_user_id: [team.owner.id], smart_datetime_range: { min: from, max: until } };
    const asked = { filters, date_ranges: [{ modality: "custom_range" as const }] };
    const report = await team.api.reports.sync({ metrics: [{ value: metric }], ...asked });
    assert.equal(figure, report.response.table_response[metric] ?? 0, `${metric} a ${period}`);
    const { pagination } = await team.api.reports.behind({ metric, ...asked });
    assert.equal(pagination.total_entries, figure, `rows of ${metric} a ${period}`);
  }
  const ofDay = new Map(
    goals.flatMap(({ metric, period, figure }) => (period === "day" ? [[metric, figure]] : [])),
  );
  assert.deepEqual(
    [ofDay.get("num_emails_sent"), ofDay.get("num_contacts_replied"), ofDay.get("num_phone_calls")],
    [3, 1, 3],
  );
  assert.deepEqual([ofDay.get("num_opportunities_created"), ofDay.get("num_emails_demoed")], [1, 1]);
});

test("an admin sets goals of others, who see who set them; a member sets and sees only their own", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  const { goal } = await team.api.goals.save({ user_id: mate.id, ...CALLS, target: 40 });
  const [theirs] = await listed(mate.api);
  assert.deepEqual([theirs?.id, theirs?.set_by.id], [goal.id, team.owner.id]);
  assert.equal((await listed(team.api)).length, 0);
  assert.equal((await listed(team.api, { user_id: mate.id })).length, 1);
  const own = (await mate.api.goals.save({ ...CALLS, target: 30 })).goal;
  assert.deepEqual([own.id, own.set_by.id], [goal.id, mate.id]);
  const mine = (await team.api.goals.save({ ...CALLS, target: 10 })).goal;
  const refusals = [
    mate.api.goals.list({ user_id: team.owner.id }),
    mate.api.goals.save({ user_id: team.owner.id, ...CALLS, target: 1 }),
    mate.api.goals.delete({ id: mine.id }),
  ].map(async (call) => (await refused(call)).status);
  assert.deepEqual(await Promise.all(refusals), [403, 403, 404]);
  await team.api.goals.delete({ id: goal.id });
  assert.deepEqual(await listed(mate.api), []);
  const log = (await team.api.auditLog.list({ subject_id: mate.id })).audit_log;
  const sentences = log.flatMap(({ type, sentence }) => (type.startsWith("goal.") ? [sentence] : []));
  assert.equal(sentences.length, 3);
  assert.match(sentences[0] ?? "", /deleted the goal of .*: 30 calls a week$/);
});

test("a deactivated user keeps the goals, and gets no new ones", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  await mate.api.goals.save({ ...CALLS, target: 40 });
  await team.api.users.deactivate({ id: mate.id });
  assert.equal((await listed(team.api, { user_id: mate.id })).length, 1);
  const refusal = await refused(team.api.goals.save({ user_id: mate.id, ...CALLS, target: 5 }));
  assert.equal(refusal.code, "user_deactivated");
});

test("a dry run sets nothing, and two calls at once set one goal", async () => {
  const team = await world.newTeam();
  await team.api.goals.save({ ...CALLS, target: 5 }, { dryRun: true });
  assert.deepEqual(await listed(team.api), []);
  await Promise.all([4, 5, 6].map((target) => team.api.goals.save({ ...CALLS, target })));
  const { rows } = await asOwner(world, (client) =>
    client.query("select target from goals where team_id = $1", [team.id]),
  );
  assert.equal(rows.length, 1);
});

test("another team sees and changes nothing of it", async () => {
  const team = await world.newTeam();
  const stranger = await world.newTeam("Strangers");
  const { goal } = await team.api.goals.save({ ...CALLS, target: 5 });
  assert.equal((await refused(stranger.api.goals.delete({ id: goal.id }))).status, 404);
  assert.equal((await refused(stranger.api.goals.list({ user_id: team.owner.id }))).status, 404);
  const wish = { user_id: team.owner.id, ...CALLS, target: 1 };
  assert.equal((await refused(stranger.api.goals.save(wish))).status, 404);
});
