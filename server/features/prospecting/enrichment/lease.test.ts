// A lookup is paid once: also where the provider takes longer than a lookup's lease, and where the asking process is
// suspended for longer, is cut off, or dies. The lease is one second here, in place of fifteen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { after, type TestContext, test } from "node:test";
import { createClient, waitForJob } from "@cadenza/sdk";
import { LIFE } from "../../../db/liveness-lock.ts";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { startProcess } from "../../../testing/process.ts";
import { json, openProvider } from "../../../testing/provider-peer.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, urlOf, useWorld } from "../../../testing/world.ts";

const LEASE_MS = 1_000;
const PRICE = 3;
const peer = await openProvider();
after(() => peer.close());
const world = useWorld({ webhookAllow: LOOPBACK, lookupLeaseMs: LEASE_MS });

const PER = {
  person: {
    id: "theirs-1",
    first_name: "Per",
    last_name: "Lund",
    email: "per@fjord.no",
    email_status: "verified",
    organization: { name: "Fjord Energi", primary_domain: "fjord.no" },
  },
};
const CLUE = { name: "Per Lund", domain: "fjord.no" };

/** Answers when it is told to. */
function slowPeer() {
  const waiting: (() => void)[] = [];
  peer.asked.length = 0;
  peer.answer = (asked, response: ServerResponse) => void waiting.push(() => json(PER)(asked, response));
  return waiting;
}

/** A provider that recognises a request it has had, unless it is said that it does not. */
async function teamAsking(rest: { heeds_request_ids?: boolean } = {}) {
  const team = await world.newTeam();
  const { provider } = await team.api.enrichmentProviders.create({
    name: "Slow",
    kind: "apollo",
    base_url: peer.url,
    provider_key: "their-key",
    retries: 0,
    timeout_ms: 30_000,
    price: PRICE,
    heeds_request_ids: true,
    ...rest,
  });
  return { team, provider };
}

/** Another server on the same database, asked with the team's key. */
async function otherServer(team: Team) {
  const { keyFile, dataDir } = world.running.app.config;
  const server = await startProcess({
    DATABASE_URL: urlOf(world.ownerConnection),
    CADENZA_KEY_FILE: keyFile,
    CADENZA_DATA_DIR: dataDir,
    CADENZA_ROLE: "api",
    CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
    CADENZA_LOOKUP_LEASE_MS: String(LEASE_MS),
    CADENZA_DATABASE_CONNECTIONS: "4",
    CADENZA_LOG_LEVEL: "silent",
  });
  return { ...server, api: createClient({ baseUrl: server.url, apiKey: team.key, retries: 0 }) };
}

/** Another server has asked the provider, and stands still before it is answered. */
async function standingStill(t: TestContext, team: Team) {
  const waiting = slowPeer();
  const other = await otherServer(team);
  t.after(() => other.signal("SIGKILL"));
  const theirs = other.api.people.match(CLUE);
  await until(async () => waiting.length === 1);
  await until(async () => {
    other.signal("SIGSTOP");
    if (!(await isAnybodyWriting())) return true;
    other.signal("SIGCONT"); // in the middle of a transaction, whose rows would keep everybody waiting
    return false;
  });
  return { waiting, other, theirs };
}

function isAnybodyWriting() {
  return asOwner(world, async (client) => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
          and xact_start is not null and pid <> pg_backend_pid()`,
    );
    return rowCount !== 0;
  });
}

async function accountOf(team: Team, providerId: string) {
  const { providers } = await team.api.enrichmentProviders.list();
  const report = providers.find(({ id }) => id === providerId)?.last_30_days;
  const { consumed } = (await team.api.usageStats.creditUsage()).credit_usage_stats.lead_credit;
  return { hits: report?.hits, paid: report?.credits, consumed };
}

async function passedEvents(team: Team) {
  return asOwner(world, async (client) => {
    const sql = "select data from events where team_id = $1 and type = 'credits.allowance_passed'";
    return (await client.query<{ data: unknown }>(sql, [team.id])).rows.map(({ data }) => data);
  });
}

/** To the database no process is alive any more that was: as where the network between them is cut. */
function cutOff() {
  return asOwner(world, async (client) => {
    const sql =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1";
    assert.ok(((await client.query(sql, [LIFE])).rowCount ?? 0) > 0);
  });
}

async function passes(ms: number) {
  const began = performance.now();
  await until(async () => performance.now() - began > ms);
}

const requestIds = () => new Set(peer.asked.map(({ headers }) => headers["idempotency-key"]));

test("a provider that takes longer than the lease is asked once, and other lookups wait for its answer", async () => {
  const { team, provider } = await teamAsking();
  const waiting = slowPeer();
  const both = [team.api.people.match(CLUE)];
  await until(async () => waiting.length === 1);
  both.push(team.api.people.match(CLUE));
  await passes(2.7 * LEASE_MS);
  assert.equal(peer.asked.length, 1);
  waiting[0]?.();
  const answers = await Promise.all(both);
  assert.deepEqual(
    answers.map(({ person }) => person?.email),
    ["per@fjord.no", "per@fjord.no"],
  );
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

test("lookups wait for a suspended process while its provider may answer, and the provider is asked and paid once", async (t) => {
  const { team, provider } = await teamAsking();
  const { waiting, other, theirs } = await standingStill(t, team);
  const ours = team.api.people.match(CLUE);
  await passes(3.7 * LEASE_MS);
  waiting[0]?.();
  other.signal("SIGCONT");
  const answers = await Promise.all([ours, theirs]);
  assert.deepEqual(
    answers.map(({ person }) => person?.email),
    ["per@fjord.no", "per@fjord.no"],
  );
  assert.equal(peer.asked.length, 1, "also a provider that heeds no request id");
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

test("lookups do not wait for a process suspended for longer than its call could live", async (t) => {
  const { team } = await teamAsking();
  const { waiting, other, theirs } = await standingStill(t, team);
  await asOwner(world, (client) => client.query("update lookup_claims set asking_until = clock_timestamp()"));
  const ours = team.api.people.match(CLUE);
  await until(async () => waiting.length === 2);
  waiting[1]?.();
  assert.equal((await ours).person?.email, "per@fjord.no");
  waiting[0]?.();
  other.signal("SIGCONT");
  assert.equal((await theirs).person?.email, "per@fjord.no");
});

test("a suspended process that was cut off finds that the next one paid, with the same request", async (t) => {
  const { team, provider } = await teamAsking();
  const { waiting, other, theirs } = await standingStill(t, team);
  await cutOff();
  const ours = team.api.people.match(CLUE);
  await until(async () => waiting.length === 2);
  assert.equal(requestIds().size, 1, "a provider that heeds it charges once");
  waiting[1]?.();
  assert.equal((await ours).person?.email, "per@fjord.no");
  waiting[0]?.();
  other.signal("SIGCONT");
  assert.equal((await theirs).person?.email, "per@fjord.no");
  assert.equal(peer.asked.length, 2);
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

test("the answer that a suspended process got is not lost where the next one found nothing", async (t) => {
  const { team, provider } = await teamAsking();
  const { waiting, other, theirs } = await standingStill(t, team);
  await cutOff();
  peer.answer = (_asked, response) => void response.destroy();
  assert.equal((await team.api.people.match(CLUE)).person, null);
  waiting[0]?.();
  other.signal("SIGCONT");
  assert.equal((await theirs).person?.email, "per@fjord.no");
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

test("a process that dies during a call leaves the lookup to the next, which sends the same request", async () => {
  const { team, provider } = await teamAsking();
  const waiting = await killedInMidCall(team);
  const ours = team.api.people.match(CLUE);
  await until(async () => waiting.length === 2);
  waiting[1]?.();
  assert.equal((await ours).person?.email, "per@fjord.no");
  assert.deepEqual([peer.asked.length, requestIds().size], [2, 1]);
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

async function lostEvents(team: Team) {
  const sql = "select data, cause from events where team_id = $1 and type = 'provider.lookups_lost'";
  return (await asOwner(world, (client) => client.query(sql, [team.id]))).rows;
}

async function killedInMidCall(team: Team) {
  const waiting = slowPeer();
  const other = await otherServer(team);
  const theirs = other.api.people.match(CLUE).catch(() => "gone");
  await until(async () => waiting.length === 1);
  other.signal("SIGKILL");
  assert.equal(await theirs, "gone");
  return waiting;
}

test("a provider that recognises no request is not asked again after a kill -9 in mid-call, and that is told", async () => {
  const { team, provider } = await teamAsking({ heeds_request_ids: false });
  await killedInMidCall(team);
  for (let n = 0; n < 3; n++) {
    const { person, lookup_lost } = await team.api.people.match(CLUE);
    assert.deepEqual([person, lookup_lost?.code], [null, "lookup_lost"], "that it is lost is said each time");
  }
  const { matches, lookup_lost } = await team.api.people.bulkMatch({
    details: [{ first_name: "Nobody" }, CLUE],
  });
  assert.deepEqual([matches, lookup_lost?.places], [[null, null], [1]], "and of whom, in a list");
  assert.equal(peer.asked.length, 1, "it may have been paid");
  const shown = async () => (await team.api.enrichmentProviders.list()).providers[0];
  assert.deepEqual((await shown())?.last_30_days, {
    asked: 1,
    hits: 0,
    misses: 0,
    failed: 0,
    lost: 1,
    credits: 0,
    median_ms: null,
  });
  assert.deepEqual(await lostEvents(team), [{ data: { count: 1 }, cause: "lookup" }], "told once");

  await team.api.enrichmentProviders.update({ id: provider.id, ask_lost_again: true });
  peer.answer = json(PER);
  assert.equal((await team.api.people.match(CLUE)).person?.email, "per@fjord.no");
  assert.equal(peer.asked.length, 2);
  assert.equal((await shown())?.last_30_days.lost, 0);
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
});

test("where one provider is lost the next one is asked, and contacts looked up as work are told as lost", async () => {
  const { team } = await teamAsking({ heeds_request_ids: false });
  const { contact } = await team.api.contacts.create({
    first_name: "Per",
    last_name: "Lund",
    organization_name: "Fjord Energi",
  });
  const waiting = slowPeer();
  const other = await otherServer(team);
  const clue = { name: "Per Lund", organization_name: "Fjord Energi" };
  const theirs = other.api.people.match(clue).catch(() => "gone");
  await until(async () => waiting.length === 1);
  other.signal("SIGKILL");
  assert.equal(await theirs, "gone");
  const first = await team.api.contacts.enrich({ contact_ids: [contact.id] });
  const done = await waitForJob(team.api, first.entity_progress_job.id);
  assert.deepEqual([done.counts, peer.asked.length], [{ lost: 1 }, 1]);

  const second = await openProvider(json(PER));
  after(() => second.close());
  await team.api.enrichmentProviders.create({
    name: "Next",
    kind: "apollo",
    base_url: second.url,
    provider_key: "their-key",
    price: 1,
  });
  assert.equal((await team.api.people.match(clue)).person?.email, "per@fjord.no");
  assert.deepEqual([peer.asked.length, second.asked.length], [1, 1]);
});

/** What is asked for later, in its answer and as it is posted, which are the same. */
async function laterResult(t: TestContext, team: Team, wish: object) {
  const hook = await openProvider(json({}));
  t.after(() => hook.close());
  const { request_id } = await team.api.people.bulkMatch({
    ...wish,
    webhook_url: `${hook.url}/hook`,
  });
  await until(async () => hook.asked.length > 0);
  const { webhook_result } = await team.api.webhookResults.show({ request_id: String(request_id) });
  assert.deepEqual(hook.asked[0]?.body, { request_id: String(request_id), ...webhook_result });
  return webhook_result as { people: object[]; lookup_lost?: { code: string; places: number[] } };
}

const TWO = { details: [{ first_name: "Nobody" }, CLUE] };

test("a waterfall that was lost with a server says so in its result and its callback", async (t) => {
  const { team, provider } = await teamAsking({ heeds_request_ids: false });
  await killedInMidCall(team);
  const wish = { ...TWO, run_waterfall_email: true };
  const lost = await laterResult(t, team, wish);
  assert.deepEqual([lost.lookup_lost?.code, lost.lookup_lost?.places], ["lookup_lost", [1]]);
  await team.api.enrichmentProviders.update({ id: provider.id, ask_lost_again: true });
  peer.answer = json(PER);
  const told = await laterResult(t, team, wish);
  assert.deepEqual([told.people.length, told.lookup_lost], [1, undefined]);
});

test("so does a number that was lost, also of a person who is known without one", async (t) => {
  const { team, provider } = await teamAsking({ heeds_request_ids: false });
  peer.answer = json(PER);
  assert.equal((await team.api.people.match(CLUE)).person?.email, "per@fjord.no");
  const wish = { ...TWO, run_waterfall_phone: true };
  peer.answer = json({}, 503);
  assert.equal((await laterResult(t, team, wish)).lookup_lost, undefined, "who fails is asked another time");
  await asOwner(world, (client) =>
    client.query("update provider_calls set error = 'lost' where outcome = 'failed'"),
  );
  const lost = await laterResult(t, team, wish);
  assert.deepEqual([lost.people.length, lost.lookup_lost?.places], [1, [1]]);
  await team.api.enrichmentProviders.update({ id: provider.id, ask_lost_again: true });
  const phone_numbers = [{ sanitized_number: "+4790012345", type: "mobile" }];
  peer.answer = json({ person: { ...PER.person, phone_numbers } });
  const told = await laterResult(t, team, wish);
  assert.match(JSON.stringify(told.people), /4790012345/);
  assert.equal(told.lookup_lost, undefined);
});

test("what a server that never came back had asked is reported as lost too, even with request ids", async () => {
  const { team } = await teamAsking();
  await killedInMidCall(team);
  await asOwner(world, (client) =>
    client.query("update lookup_claims set held_until = clock_timestamp() - interval '2 hours'"),
  );
  await sweep(world.running.app);
  await sweep(world.running.app);
  assert.deepEqual(await lostEvents(team), [{ data: { count: 1 }, cause: "sweep" }], "told once, as at once");
  assert.equal((await team.api.people.match(CLUE)).person, null);
  const { providers } = await team.api.enrichmentProviders.list();
  assert.deepEqual([peer.asked.length, providers[0]?.last_30_days.lost], [1, 1]);
});

test("a lookup of half an hour holds its credits to the end, for a team that has no others", async () => {
  const { team, provider } = await teamAsking();
  await team.api.credits.allow({ kind: "lead_credit", limit: PRICE });
  const waiting = slowPeer();
  const asking = team.api.people.match(CLUE);
  await until(async () => waiting.length === 1);
  const heldForMinutes = async () => {
    const sql = "select held_until from credit_reservations where team_id = $1 and settled_at is null";
    const { rows } = await asOwner(world, (client) => client.query<{ held_until: Date }>(sql, [team.id]));
    return ((rows[0]?.held_until.getTime() ?? 0) - world.running.app.now().epochMilliseconds) / 60_000;
  };
  for (const minutes of [9, 9, 9]) {
    world.advance({ minutes });
    await until(async () => (await heldForMinutes()) > 9);
    await sweep(world.running.app);
  }
  await assert.rejects(
    team.api.people.match({ name: "Ole Lund", domain: "fjord.no" }),
    /Insufficient credits/,
  );
  waiting[0]?.();
  assert.equal((await asking).person?.email, "per@fjord.no");
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
  assert.deepEqual(await passedEvents(team), []);
});

test("what was paid is kept and charged where its credits were given to others meanwhile, and that is told", async (t) => {
  const { team, provider } = await teamAsking();
  await team.api.credits.allow({ kind: "lead_credit", limit: PRICE });
  const { waiting, other, theirs } = await standingStill(t, team);
  await asOwner(world, (client) =>
    client.query("update credit_reservations set held_until = held_at where team_id = $1", [team.id]),
  );
  await sweep(world.running.app);
  await team.api.credits.allow({ kind: "lead_credit", limit: 1 });
  waiting[0]?.();
  other.signal("SIGCONT");
  assert.equal((await theirs).person?.email, "per@fjord.no");
  assert.deepEqual(await accountOf(team, provider.id), { hits: 1, paid: PRICE, consumed: PRICE });
  assert.deepEqual(await passedEvents(team), [
    { kind: "lead_credit", spent: PRICE, balance: 1, whose: "team" },
  ]);
});

test("after all that the ledger sums to nothing, and no credits are held", async () => {
  const checks = readFileSync(new URL("../../../testing/ledger-invariants.sql", import.meta.url), "utf8");
  const [broken, held] = await asOwner(world, async (client) => [
    (await client.query(checks)).rows,
    (await client.query("select 1 from lookup_claims")).rows,
  ]);
  assert.deepEqual([broken, held], [[], []]);
});
