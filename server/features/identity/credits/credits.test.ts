import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import pg from "pg";
import type { Act } from "../../../app.ts";
import { CREDIT_KINDS } from "../../../domain/identity/credits.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import { answerFor } from "../../../http/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { UNLIMITED } from "../../../kernel/usage.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { byCaller } from "../../events/events/store.ts";
import { barDeadAddress } from "../../sending/bouncing/commands.ts";
import { releaseCredits, reserveCredits, settleCredits, spendCredits } from "./commands.ts";
import { refundBounced } from "./giving-back.ts";

const world = useWorld({ role: "api" });

test("a new team has no limit of any kind, and has spent nothing", async () => {
  const { api } = await world.newTeam();
  const { credit_usage_stats: stats, current_credit_cycle: cycle } = await api.usageStats.creditUsage();
  assert.deepEqual(Object.keys(stats), [...CREDIT_KINDS]);
  for (const kind of CREDIT_KINDS)
    assert.deepEqual(stats[kind], { limit: UNLIMITED, consumed: 0, left_over: UNLIMITED });
  const [start, end] = [new Date(cycle.start_date), new Date(cycle.end_date)];
  assert.equal(cycle.start_date.slice(8), "01T00:00:00.000Z");
  assert.ok(start.getTime() <= Date.now() && Date.now() < end.getTime());
});

test("what is spent shows in the statistics and in the profile, until the cycle ends", async () => {
  const team = await world.newTeam();
  await spend(team, 20);
  await spend(team, 5, "export_credit");
  const { credit_usage_stats: stats } = await team.api.usageStats.creditUsage();
  assert.deepEqual(stats.lead_credit, { limit: UNLIMITED, consumed: 20, left_over: UNLIMITED - 20 });
  const profile = await team.api.users.apiProfile({ include_credit_usage: true });
  assert.deepEqual(
    [profile.num_lead_credits_used, profile.num_export_credits_used, profile.total_unified_credits_used],
    [20, 5, 25],
  );
  assert.deepEqual(
    [profile.num_credits_remaining, profile.effective_num_lead_credits],
    [UNLIMITED, UNLIMITED],
  );
  for (const kind of [
    "lead_credit",
    "direct_dial_credit",
    "export_credit",
    "ai_credit",
    "power_up_credit",
  ] as const)
    await team.api.credits.allow({ kind, limit: 100 });
  const limited = await team.api.users.apiProfile({ include_credit_usage: true });
  assert.deepEqual([limited.num_credits_remaining, limited.effective_num_lead_credits], [475, 100]);
  await asOwner(world, (client) =>
    client.query(
      "update credit_movements set counted_at = counted_at - interval '32 days' where team_id = $1",
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

test("no caller spends over the limit, and not by spending at once either", async () => {
  const team = await world.newTeam();
  await team.api.credits.allow({ kind: "lead_credit", limit: 100 });
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
  assert.deepEqual(await spentBy(team), [2]);
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
        "Insufficient credits: 4 of lead_credit are needed, and 3 are left in the team's allowance for this cycle. 4 more are reserved for lookups in progress. You can request up to 3 now.",
      code: "insufficient_credits",
      fix: "Request fewer, wait for lookups in progress or the next cycle, or ask an admin to raise the allowance.",
      kind: "lead_credit",
      needed: 4,
      balance: 3,
      reserved: 4,
      whose: "team",
      fits: 3,
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

test("settling is refused for more than is held, less than nothing, an unknown hold, or another team's", async () => {
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

test("fifty who spend and hold at once leave a ledger that sums to nothing, and never pass the limit", async () => {
  const team = await teamWith(60);
  await nextCycle(team); // what is held runs out in the cycle it was held in, on the last day of a month too
  await Promise.allSettled(
    Array.from({ length: 50 }, async (_, n) => {
      if (n % 3 === 0) return spend(team, 2);
      const held = await reserve(team, 3);
      if (n % 3 === 1) await actAs(team, (act) => settleCredits(act, held, n % 4));
    }),
  );
  world.advance({ minutes: 61 });
  await Promise.all([sweep(world.running.app), sweep(world.running.app)]);
  assert.deepEqual(await whatIsWrong(), []);
  const { consumed, left_over } = await leadCredits(team);
  assert.ok(consumed > 0 && consumed <= 60);
  assert.equal(consumed + left_over, 60);
});

test("the database takes no movement whose legs do not sum to nothing, and lets no one change one", async () => {
  const team = await teamWith(10);
  await spend(team, 1);
  const app = new pg.Client(world.appConnection);
  await app.connect();
  try {
    const inTeam = async (sql: string) => {
      await app.query("begin");
      await app.query("select set_config('cadenza.team_id', $1, true)", [team.id]);
      return app.query(sql).finally(() => app.query("rollback"));
    };
    const id = await asOwner(world, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        "select id from credit_movements where team_id = $1",
        [team.id],
      );
      return rows[0]?.id;
    });
    const leg = `insert into credit_legs (team_id, movement_id, position, account, amount)
                 values ('${team.id}', '${id}', 9, 'purse', 5)`;
    await assert.rejects(inTeam(leg), /must sum to nothing/);
    await assert.rejects(inTeam("update credit_legs set amount = 0"), /permission denied/);
    await assert.rejects(inTeam("delete from credit_movements"), /permission denied/);
  } finally {
    await app.end();
  }
});

test("a user's own allowance binds beside the team's, and without an allowance no call is blocked", async () => {
  const team = await world.newTeam();
  await spend(team, 5000);
  await team.api.credits.allow({ user_id: team.owner.id, kind: "lead_credit", limit: 5010 });
  const refusal = await spend(team, 16).catch((error: unknown) => error);
  assert.ok(refusal instanceof Refusal && refusal.code === "insufficient_credits");
  assert.equal((answerFor(refusal).body as { whose?: string }).whose, "user");
  await spend(team, 10);
  const { allowances } = await team.api.credits.allow({
    user_id: team.owner.id,
    kind: "lead_credit",
    limit: null,
  });
  const leads = allowances.filter(({ kind }) => kind === "lead_credit");
  assert.deepEqual(
    leads.map(({ user_id, limit, consumed }) => [user_id, limit, consumed]).sort(),
    [
      [team.owner.id, null, 5010],
      [null, null, 5010],
    ].sort(),
  );
  await spend(team, 16);
});

test("only admins set allowances, for people of their own team", async () => {
  const [team, stranger] = [await world.newTeam(), await world.newTeam()];
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["read_only"] });
  const narrow = world.client({ apiKey: api_key.key });
  assert.equal((await refused(narrow.credits.allow({ kind: "lead_credit", limit: 1 }))).status, 403);
  const theirs = { user_id: stranger.owner.id, kind: "lead_credit", limit: 1 } as const;
  assert.equal((await refused(team.api.credits.allow(theirs))).status, 404);
});

test("a price is told before anything is spent, with what of the batch would fit", async () => {
  const team = await world.newTeam();
  const ask = async (count: number) =>
    (await team.api.credits.quote({ action: "phone_reveal", count })).quote;
  const price = { kind: "direct_dial_credit", least: 0, expected: 80, most: 80 };
  assert.deepEqual(await ask(10), { action: "phone_reveal", count: 10, ...price, balance: null, fits: 10 });
  await team.api.credits.allow({ kind: "direct_dial_credit", limit: 50 });
  assert.deepEqual(await ask(10), { action: "phone_reveal", count: 10, ...price, balance: 50, fits: 6 });
  assert.equal((await ask(0)).most, 0);
});

test("usage is told by day, person and action, and the ledger by what it was spent on", async () => {
  const team = await world.newTeam();
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const [one, two] = [newId(), contact.id];
  const held = await reserve(team, 5);
  await actAs(team, (act) =>
    settleCredits(act, held, [
      { subjectId: one, amount: 1 },
      { subjectId: two, amount: 2 },
    ]),
  );
  await spend(team, 4);
  const { usage } = await team.api.credits.usage();
  assert.deepEqual(
    usage.map(({ user_id, action, kind, spent, refunded }) => [user_id, action, kind, spent, refunded]),
    [[team.owner.id, "person_match", "lead_credit", 7, 0]],
  );
  const { movements, pagination } = await team.api.credits.movements({ contact_id: two });
  assert.equal(pagination.total_entries, 1);
  assert.deepEqual(
    movements[0]?.legs.map(({ account, amount }) => [account, amount]),
    [
      ["held", -5],
      ["purse", 2],
      ["spent", 1],
      ["spent", 2],
    ],
  );
  assert.equal((await refused(team.api.credits.usage({ user_id: newId() }))).status, 404);
  const span = { since: "2026-02-01", until: "2026-01-01" };
  assert.equal((await refused(team.api.credits.usage(span))).code, "usage_span");
});

test("an address that was paid for and bounces is given back once, for the next cycle", async () => {
  const team = await teamWith(10);
  const { contact } = await team.api.contacts.create({ first_name: "Ines", email: "ines@example.no" });
  await actAs(team, (act) =>
    spendCredits(act, {
      kind: "lead_credit",
      action: "person_match",
      spent: [{ subjectId: contact.id, amount: 1 }],
    }),
  );
  const said = { source: "delivery", sourceId: contact.id };
  const dead = { contactId: contact.id, address: "ines@example.no", said };
  await actAs(team, (act) => barDeadAddress(byCaller(act), dead));
  await actAs(team, (act) => refundBounced({ ...act, teamId: team.id }, [contact.id]));
  assert.equal((await leadCredits(team)).consumed, 1);
  const [line] = (await team.api.credits.usage()).usage;
  assert.deepEqual([line?.spent, line?.refunded], [1, 1]);
  await nextCycle(team);
  assert.deepEqual(await leadCredits(team), { limit: 10, consumed: 0, left_over: 11 });
  assert.deepEqual(await whatIsWrong(), []);
});

test("what was paid for longer than thirty days ago is not given back", async () => {
  const team = await teamWith(10);
  const { contact } = await team.api.contacts.create({ first_name: "Ole", email: "ole@example.no" });
  const spent = [{ subjectId: contact.id, amount: 1 }];
  await actAs(team, (act) => spendCredits(act, { kind: "lead_credit", action: "person_match", spent }));
  world.advance({ hours: 30 * 24 + 1 });
  await actAs(team, (act) => refundBounced({ ...act, teamId: team.id }, [contact.id]));
  const { movements } = await team.api.credits.movements({ contact_id: contact.id });
  assert.deepEqual(
    movements.map(({ type }) => type),
    ["spend"],
  );
});

/** What must never be so of the ledger, of all teams of this file at once. */
function whatIsWrong() {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(CHECKS);
    return rows;
  });
}

const CHECKS = readFileSync(new URL("../../../testing/ledger-invariants.sql", import.meta.url), "utf8");

async function teamWith(limit: number) {
  const team = await world.newTeam();
  await asOwner(world, (client) =>
    client.query("update credit_limits set amount = $2 where team_id = $1", [team.id, limit]),
  );
  return team;
}

/** To its first minute: months are not equally long, and it may be the last hour of one. */
async function nextCycle({ api }: Team) {
  const { end_date } = (await api.usageStats.creditUsage()).current_credit_cycle;
  const left = Temporal.Instant.from(end_date).epochMilliseconds - world.running.app.now().epochMilliseconds;
  world.advance({ milliseconds: left + 60_000 });
}

async function leadCredits({ api }: Team) {
  return (await api.usageStats.creditUsage()).credit_usage_stats.lead_credit;
}

function reserve(team: Team, amount: number, rest: { kind?: "export_credit" } = {}) {
  return actAs(team, (act) =>
    reserveCredits(act, {
      kind: "lead_credit",
      amount,
      action: "person_match",
      subjectId: null,
      heldUntil: act.now.add({ minutes: 60 }),
      ...rest,
    }),
  );
}

function spentBy(team: Team) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ amount: number }>(
      "select amount from credit_legs where team_id = $1 and account = 'spent'",
      [team.id],
    );
    return rows.map(({ amount }) => amount);
  });
}

function spend(team: Team, amount: number, kind: "lead_credit" | "export_credit" = "lead_credit") {
  const spent = [{ subjectId: null, amount }];
  return actAs(team, (act) => spendCredits(act, { kind, action: "person_match", spent }));
}

function actAs<T>(team: Team, work: (act: Act) => Promise<T>) {
  return actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "test" }, work);
}
