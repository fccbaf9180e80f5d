import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act } from "../../app.ts";
import { CREDIT_KINDS } from "../../domain/credits.ts";
import { actFor } from "../../engine/act-for.ts";
import { sweep } from "../../engine/sweep.ts";
import { answerFor } from "../../http/errors.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { asOwner } from "../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";
import { refundCredits, releaseCredits, reserveCredits, settleCredits, spendCredits } from "./commands.ts";

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
  assert.ok(refusals.every((reason) => reason instanceof Refusal && reason.code === "insufficient_credits"));
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

test("what is held is not left for others, and settling spends some of it and frees the rest", async () => {
  const team = await teamWith(10);
  const held = await reserve(team, 6);
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 0, left_over: 4 });
  assert.equal(await actAs(team, (act) => settleCredits(act, held, 2)), 2);
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 2, left_over: 8 });
  const released = await reserve(team, 8);
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 2, left_over: 0 });
  await actAs(team, (act) => releaseCredits(act, released));
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 2, left_over: 8 });
  assert.deepEqual(await entriesOf(team), [2]);
});

test("settling again answers what was settled first, also by many at once", async () => {
  const team = await teamWith(10);
  const held = await reserve(team, 6);
  const settled = await Promise.all(
    [3, 5, 0, 6, 3].map((n) => actAs(team, (act) => settleCredits(act, held, n))),
  );
  assert.equal(new Set(settled).size, 1, `${settled}`);
  assert.equal(await actAs(team, (act) => releaseCredits(act, held)), settled[0]);
  assert.equal((await leadCredits(team)).consumed, settled[0]);
  const released = await reserve(team, 1);
  await actAs(team, (act) => releaseCredits(act, released));
  assert.equal(await actAs(team, (act) => settleCredits(act, released, 1)), 0, "what was let go is gone");
});

test("who has too little is told what is needed, what is left and what is held", async () => {
  const team = await teamWith(10);
  await spend(team, 3);
  await reserve(team, 4);
  for (const wish of [() => spend(team, 4), () => reserve(team, 4)]) {
    const refusal = await wish().then(
      () => assert.fail("it should have been refused"),
      (error: unknown) => error,
    );
    assert.ok(refusal instanceof Refusal);
    const { status, body } = answerFor(refusal);
    assert.equal(status, 422);
    assert.deepEqual(body, {
      error:
        "Insufficient credits: 4 of lead_credit are needed, and 3 are left in this cycle, beside 4 held for work under way.",
      code: "insufficient_credits",
      fix: "Ask for less, wait until the work under way is done, or until the next cycle.",
      kind: "lead_credit",
      needed: 4,
      balance: 3,
      reserved: 4,
    });
  }
  await reserve(team, 3);
  await reserve(team, 1, { kind: "export_credit" });
});

test("of fifty who hold one credit at once, ten find one, and settling meanwhile makes no room", async () => {
  const team = await teamWith(10);
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, async (_, n) => {
      const held = await reserve(team, 1);
      if (n % 2) await actAs(team, (act) => settleCredits(act, held, 1));
    }),
  );
  const refusals = tries.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  assert.equal(refusals.length, 40);
  for (const refusal of refusals)
    assert.ok(refusal instanceof Refusal && refusal.code === "insufficient_credits", String(refusal));
  assert.equal((await leadCredits(team)).left_over, 0);
});

test("what a killed holder held is free when its time is over, and the sweep closes it", async () => {
  const team = await teamWith(10);
  const [swept, late, tooLate] = [await reserve(team, 4), await reserve(team, 2), await reserve(team, 4)];
  assert.equal((await leadCredits(team)).left_over, 0);
  world.advance({ minutes: 61 });
  assert.equal((await leadCredits(team)).left_over, 10);
  await sweep(world.running.app);
  assert.deepEqual(
    await asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select id, spent from credit_reservations where team_id = $1 and settled_at is not null",
        [team.id],
      );
      return rows.length;
    }),
    3,
  );
  assert.equal(await actAs(team, (act) => settleCredits(act, late, 2)), 2, "there was enough left after all");
  await spend(team, 6);
  await assert.rejects(
    actAs(team, (act) => settleCredits(act, tooLate, 4)),
    (error: unknown) => error instanceof Refusal && error.code === "insufficient_credits",
  );
  assert.equal(await actAs(team, (act) => releaseCredits(act, swept)), 0);
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 8, left_over: 2 });
});

test("nobody settles more than is held, less than nothing, what is not there, or what is another team's", async () => {
  const [team, stranger] = [await teamWith(10), await teamWith(10)];
  const held = await reserve(team, 5);
  for (const spent of [6, -1, 0.5, Number.NaN])
    await assert.rejects(
      actAs(team, (act) => settleCredits(act, held, spent)),
      /cannot be settled/,
    );
  for (const [who, id] of [
    [team, newId()],
    [stranger, held],
  ] as const)
    await assert.rejects(
      actAs(who, (act) => settleCredits(act, id, 1)),
      (error: unknown) => error instanceof Refusal && error.code === "record_not_found",
    );
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 0, left_over: 5 });
});

async function teamWith(limit: number) {
  const team = await world.newTeam();
  await asOwner(world, (client) =>
    client.query("update credit_limits set amount = $2 where team_id = $1", [team.id, limit]),
  );
  return team;
}

async function leadCredits({ api }: Team) {
  return (await api.usageStats.creditUsage()).credit_usage_stats.lead_credit;
}

function reserve(team: Team, amount: number, rest: { kind?: "export_credit" } = {}) {
  return actAs(team, (act) =>
    reserveCredits(act, {
      kind: "lead_credit",
      amount,
      reason: "a test",
      subjectId: null,
      heldUntil: act.now.add({ minutes: 60 }),
      ...rest,
    }),
  );
}

function entriesOf(team: Team) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ amount: number }>(
      "select amount from credit_entries where team_id = $1 order by occurred_at",
      [team.id],
    );
    return rows.map(({ amount }) => amount);
  });
}

function spend(team: Team, amount: number, kind: "lead_credit" | "export_credit" = "lead_credit") {
  return actAs(team, (act) => spendCredits(act, { kind, amount, reason: "a test", subjectId: null }));
}

function actAs<T>(team: Team, work: (act: Act) => Promise<T>) {
  return actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "test" }, work);
}
