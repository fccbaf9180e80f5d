// The primary of a synchronous cluster dies while emails go out. Nobody confirms anything.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import { type Cluster, openCluster } from "../../testing/cluster.ts";
import { type Spawned, spawnServer } from "../../testing/process.ts";
import { rounds } from "../../testing/rounds.ts";
import { until, useWitness } from "../../testing/sending.ts";
import { newScene } from "../../testing/torture/scene.ts";
import type { Team } from "../../testing/world.ts";

/** More of them: CADENZA_FAILOVERS=20. */
const FAILOVERS = rounds(1, 5, "CADENZA_FAILOVERS");
const KEY = "bootstrap-key-of-the-failover";

const folder = mkdtempSync(join(tmpdir(), "cadenza-failover-"));
const witness = useWitness();
let cluster: Cluster;
let api: Spawned;
let engine: Spawned;
let operator: Client;
let team: Team;

const SETTINGS = {
  CADENZA_FAILOVER: "synchronous",
  CADENZA_BOOTSTRAP_KEY: KEY,
  CADENZA_KEY_FILE: join(folder, "cadenza.key"),
  CADENZA_DATABASE_CONNECTIONS: "8",
  CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  CADENZA_ENGINE_LOOPS: "4",
};

const startEngine = (dataDir: string) =>
  spawnServer({
    ...SETTINGS,
    DATABASE_URL: cluster.url(),
    CADENZA_DATA_DIR: dataDir,
    CADENZA_ROLE: "engine",
  });

before(async () => {
  cluster = await openCluster("cadenza");
  const place = { DATABASE_URL: cluster.url(), CADENZA_DATA_DIR: join(folder, "api"), CADENZA_ROLE: "api" };
  api = await (await spawnServer({ ...SETTINGS, ...place })).ready();
  engine = await startEngine(join(folder, "engine"));
  operator = createClient({ baseUrl: api.url, apiKey: KEY, retries: 3 });
  const made = await operator.teams.create({ name: "Failover", owner_email: "owner@failover.example" });
  const key = made.api_key.key;
  const client = createClient({ baseUrl: api.url, apiKey: key, retries: 3 });
  team = { id: made.team.id, api: client, key, owner: { id: "", email: "", password: "" } };
});

after(async () => {
  for (const one of [api, engine]) one?.process.kill("SIGKILL");
  await cluster?.close();
  rmSync(folder, { recursive: true, force: true });
});

const stateOfSending = async () => (await operator.installation.show()).installation.sending;
const healthOfSending = async () => {
  const answer = await fetch(`${api.url}/health/sending`);
  return [answer.status, ((await answer.json()) as { status: string }).status];
};

/** Contact and step of every email that was taken. */
const taken = () =>
  witness.lines().map(({ contact_token: contact, step_token: step }) => `${contact} ${step}`);

test(`after ${FAILOVERS} failovers all emails were sent, each once, and no person confirmed`, async (t) => {
  const recoveries: number[] = [];
  for (let n = 0; n < FAILOVERS; n++) {
    const before = taken().length;
    const { mails } = await newScene(team, { port: witness.port, mailboxes: 2, contacts: 100 });
    await until(async () => taken().length > before + 15);
    await cluster.killPrimary();
    const stoppedAt = performance.now();
    await cluster.promote();
    await sleep(200); // what had passed the gate is still on its way
    const then = taken().length;
    await until(async () => taken().length > then || taken().length === before + mails);
    recoveries.push(Math.round(performance.now() - stoppedAt));
    await until(async () => taken().length >= before + mails);
    await cluster.refill();
    await until(async () => (await healthOfSending())[0] === 200);
  }
  const all = taken();
  assert.equal(new Set(all).size, all.length, "no email twice");
  const { held, failover } = await stateOfSending();
  assert.deepEqual(
    [held, failover.mode, failover.replicated, failover.switches],
    [false, "synchronous", true, FAILOVERS],
  );
  t.diagnostic(`${all.length} emails; the next one after ${recoveries.join(", ")} ms`);
});

async function failOver() {
  await cluster.killPrimary();
  await cluster.promote();
}

const reasons = async () => (await stateOfSending()).reasons.map(({ code }) => code);
const newEmails = () => newScene(team, { port: witness.port, mailboxes: 1, contacts: 5, waits: [0] });
const sentNow = (count: number) => until(async () => taken().length >= count);

test("while no standby confirms what is written emails wait, and go on by themselves", async () => {
  await cluster.waitFor("none");
  await until(async () => (await reasons()).join() === "not_replicated");
  assert.deepEqual(await healthOfSending(), [503, "held"]);
  assert.equal((await fetch(`${api.url}/health/ready`)).status, 200, "the API takes calls");
  const before = taken().length;
  await newEmails();
  const { counts } = await team.api.today.counts({});
  assert.deepEqual([counts.waits_for_standby, counts.sending_held], [true, false]);
  assert.equal(
    (await operator.installation.confirmSending()).installation.sending.held,
    true,
    "nothing to confirm",
  );
  await sleep(2_500);
  assert.equal(taken().length, before);
  await cluster.waitFor("one");
  await sentNow(before + 5);
  assert.deepEqual(await healthOfSending(), [200, "ready"]);
});

test("a commit whose wait for a standby was ended by hand is not acknowledged", async () => {
  const hasty = createClient({ baseUrl: api.url, apiKey: team.key, retries: 0 });
  await cluster.waitFor("absent");
  const saved = hasty.contacts.create({ first_name: "Hasty", email: "hasty@failover.example" }).then(
    () => null,
    (error: { status: number }) => error.status,
  );
  await until(async () => {
    const ended = await cluster
      .primary()
      .sql(
        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep' and query = 'commit'",
      );
    return ended.length > 0 && (await Promise.race([saved.then(() => true), sleep(50)]));
  });
  await cluster.waitFor("one");
  assert.equal(await saved, 503);
});

test("an engine that was killed together with the primary goes on by what its folder remembers", async () => {
  const before = taken().length;
  const { switches } = (await stateOfSending()).failover;
  engine.process.kill("SIGKILL");
  await engine.ended;
  await failOver();
  engine = await startEngine(join(folder, "engine"));
  await newEmails();
  await sentNow(before + 5);
  const { failover, held } = await stateOfSending();
  assert.deepEqual([failover.switches, held], [switches + 1, false]);
  await cluster.refill();
});

test("an engine that remembers nothing, alone, leaves it to a person", async () => {
  const before = taken().length;
  engine.process.kill("SIGKILL");
  await engine.ended;
  await failOver();
  await newEmails();
  engine = await startEngine(join(folder, "another"));
  await until(async () => (await reasons()).join() === "other_database");
  await sleep(1_500);
  assert.equal(taken().length, before);
  await cluster.refill();
  assert.equal((await operator.installation.confirmSending()).installation.sending.held, false);
  await sentNow(before + 5);
});

test("a standby that lacks an email that was sent is not trusted", async () => {
  const before = taken().length;
  await newEmails();
  await sentNow(before + 5);
  engine.process.kill("SIGSTOP");
  await failOver();
  await cluster.refill();
  await cluster.primary().sql("update send_attempts set released_at = null", "cadenza");
  engine.process.kill("SIGCONT");
  await until(async () => (await reasons()).join() === "older_state,other_database");
  assert.deepEqual(await healthOfSending(), [503, "held"]);
  await operator.installation.confirmSending();
  await until(async () => (await reasons()).length === 0);
});
