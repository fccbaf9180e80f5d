import assert from "node:assert/strict";
import { test } from "node:test";
import { CREDIT_KINDS } from "../../domain/credits.ts";
import { actFor } from "../../engine/act-for.ts";
import { Refusal } from "../../refusal.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";
import { refundCredits, spendCredits } from "./commands.ts";

const world = useWorld({ role: "api" });

test("a new team has a limit of every kind, and has spent nothing", async () => {
  const { api } = await world.newTeam();
  const { credit_usage_stats: stats, current_credit_cycle: cycle } = await api.usageStats.creditUsage();
  assert.deepEqual(Object.keys(stats), [...CREDIT_KINDS]);
  for (const kind of CREDIT_KINDS)
    assert.deepEqual(stats[kind], { limit: 1_000_000, consumed: 0, left_over: 1_000_000 });
  const [start, end] = [new Date(cycle.start_date), new Date(cycle.end_date)];
  assert.equal(cycle.start_date.slice(8), "01T00:00:00.000Z");
  assert.ok(start.getTime() <= Date.now() && Date.now() < end.getTime());
});

test("what is spent and given back shows in the statistics and in the profile, until the cycle ends", async () => {
  const team = await world.newTeam();
  await spend(team, 30);
  await spend(team, 5, "export_credit");
  await actAs(team, (act) =>
    refundCredits(act, { kind: "lead_credit", amount: 10, reason: "bounced", subjectId: null }),
  );
  const { credit_usage_stats: stats } = await team.api.usageStats.creditUsage();
  assert.deepEqual(stats.lead_credit, { limit: 1_000_000, consumed: 20, left_over: 999_980 });
  const profile = await team.api.users.apiProfile({ include_credit_usage: true });
  assert.deepEqual(
    [profile.num_lead_credits_used, profile.num_export_credits_used, profile.total_unified_credits_used],
    [20, 5, 25],
  );
  assert.deepEqual(
    [profile.num_credits_remaining, profile.effective_num_lead_credits],
    [5_000_000 - 25, 1_000_000],
  );
  await asOwner(world, (client) =>
    client.query(
      "update credit_entries set occurred_at = occurred_at - interval '32 days' where team_id = $1",
      [team.id],
    ),
  );
  assert.equal((await team.api.usageStats.creditUsage()).credit_usage_stats.lead_credit.consumed, 0);
});

test("the profile is without figures unless they are asked for", async () => {
  const { api } = await world.newTeam();
  assert.equal("num_credits_remaining" in (await api.users.apiProfile()), false);
  assert.equal(
    "num_credits_remaining" in (await api.users.apiProfile({ include_credit_usage: false })),
    false,
  );
});

test("nobody spends over the limit, and not by spending at once either", async () => {
  const team = await world.newTeam();
  await asOwner(world, (client) =>
    client.query("update credit_limits set amount = 100 where team_id = $1 and kind = 'lead_credit'", [
      team.id,
    ]),
  );
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => spend(team, 30)));
  const refusals = tries.filter((one) => one.status === "rejected").map((one) => one.reason);
  assert.equal(refusals.length, 5);
  assert.ok(refusals.every((reason) => reason instanceof Refusal && reason.code === "credits_used_up"));
  const { credit_usage_stats: stats } = await team.api.usageStats.creditUsage();
  assert.deepEqual(stats.lead_credit, { limit: 100, consumed: 90, left_over: 10 });
});

test("a key without the scope is refused, and a team sees its own figures only", async () => {
  const team = await world.newTeam();
  await spend(team, 7);
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/users/search"] });
  assert.equal((await refused(world.client({ apiKey: api_key.key }).usageStats.creditUsage())).status, 403);
  const stranger = await world.newTeam("Elsewhere");
  assert.equal((await stranger.api.usageStats.creditUsage()).credit_usage_stats.lead_credit.consumed, 0);
});

function spend(team: Team, amount: number, kind: "lead_credit" | "export_credit" = "lead_credit") {
  return actAs(team, (act) => spendCredits(act, { kind, amount, reason: "a test", subjectId: null }));
}

function actAs(team: Team, work: Parameters<typeof actFor<void>>[2]) {
  return actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "test" }, work);
}
