import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openOutgoing } from "../../outgoing/door.ts";
import { feedSettles } from "../../testing/feed.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { PATIENCE_MS } from "../../testing/patience.ts";
import { openReceiver } from "../../testing/receiver.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const world = useWorld({ webhookAllow: LOOPBACK });

test("an event arrives signed, as the feed shows it", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const { id, secret } = await subscribe(team, receiver.url, ["team.changed"]);
  const latencies: number[] = [];
  for (let n = 1; n <= 10; n++) {
    await team.api.teams.update({ name: `Told ${n}` });
    await feedSettles(world); // other sessions may have open transactions, beyond which no event is sent
    const startedMs = Date.now();
    const [...all] = await receiver.waitFor(n);
    latencies.push((all.at(-1)?.atMs ?? 0) - startedMs);
  }
  const median = latencies.sort((a, b) => a - b)[5] ?? 0;
  t.diagnostic(`median latency ${median} ms, longest ${latencies.at(-1)} ms`);

  await feedSettles(world);
  const { events } = await team.api.events.list({ types: ["team.changed"], limit: 1000 });
  assert.deepEqual(
    new Set(receiver.received.map(({ text }) => text)),
    new Set(events.map((event) => JSON.stringify(event))),
  );
  for (const received of receiver.received) {
    assert.equal(received.id, received.body.id);
    assert.ok(receiver.isSignedBy(received, secret));
    assert.ok(Math.abs(Number(received.timestamp) - Date.now() / 1000) < 60);
    assert.equal(received.signatures.length, 1);
  }
  const { deliveries, pagination } = await until(
    () => team.api.webhookSubscriptions.deliveries({ id, status: "delivered" }),
    (answer) => answer.pagination.total_entries === 10,
  );
  assert.equal(pagination.total_entries, 10);
  assert.ok(deliveries.every(({ attempts, log }) => attempts === 1 && log[0]?.status_code === 200));
});

test("what is refused is sent again under the same id, and never after a 2xx", async (t) => {
  const team = await world.newTeam();
  const answers = [500, 307, 200];
  const receiver = await openReceiver(t, () => answers.shift() ?? 200);
  const { id } = await subscribe(team, receiver.url, ["team.changed"]);
  await team.api.teams.update({ name: "Again" });
  for (const count of [1, 2, 3]) {
    await receiver.waitFor(count);
    await until(
      () => deliveries(team, id),
      ([entry]) => entry?.log.length === count,
    );
    world.advance({ minutes: 6 });
  }
  world.advance({ hours: 100 });
  await sleep(600);
  assert.equal(receiver.received.length, 3);
  assert.equal(new Set(receiver.received.map((received) => received.id)).size, 1);
  const [entry] = await deliveries(team, id);
  assert.deepEqual([entry?.status, entry?.attempts], ["delivered", 3]);
  assert.deepEqual(
    entry?.log.map((attempt) => attempt.status_code),
    [500, 307, 200],
  );
});

test("after ten attempts over 75 hours a delivery is given up, and a replay owes it again", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t, () => 503);
  const { id } = await subscribe(team, receiver.url, ["team.changed"]);
  const started = world.running.app.now();
  await team.api.teams.update({ name: "Nobody home" });
  for (let count = 1; count <= 10; count++) {
    await receiver.waitFor(count);
    await until(
      () => deliveries(team, id),
      ([entry]) => entry?.log.length === count,
    );
    world.advance({ hours: 27 });
  }
  const [entry] = await deliveries(team, id);
  assert.deepEqual([entry?.status, entry?.attempts, entry?.next_attempt_at], ["given_up", 10, null]);
  receiver.answering = () => 200;
  const { replayed } = await team.api.webhookSubscriptions.replay({ id, since: started.toString() });
  assert.equal(replayed, 1);
  await receiver.waitFor(11);
  await until(
    () => deliveries(team, id),
    ([again]) => again?.status === "delivered",
  );
  assert.equal((await team.api.webhookSubscriptions.replay({ id, since: started.toString() })).replayed, 0);
});

test("410 switches the subscription off and ends what waits for it", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t, () => 410);
  const { id } = await subscribe(team, receiver.url);
  await team.api.teams.update({ name: "Gone" });
  const { webhook_subscription: off } = await until(
    () => team.api.webhookSubscriptions.get({ id }),
    (answer) => !answer.webhook_subscription.active,
  );
  assert.equal(off.inactive_reason, "gone");
  const ended = await until(
    () => deliveries(team, id),
    (all) => all.every(({ status }) => status !== "pending"),
  );
  assert.ok(ended.every(({ status }) => status === "given_up"));
  const sent = receiver.received.length;
  await team.api.teams.update({ name: "Unheard" });
  await sleep(600);
  assert.equal(receiver.received.length, sent);
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.equal(audit_log[0]?.type, "webhook.switched_off");
});

test("a receiver that never answers delays no other receiver", async (t) => {
  const team = await world.newTeam();
  const stuck = await openReceiver(t, () => undefined);
  const well = await openReceiver(t);
  await subscribe(team, stuck.url, ["team.changed"]);
  await subscribe(team, well.url, ["team.changed"]);
  for (let n = 0; n < 30; n++) await team.api.teams.update({ name: `Name ${n}` });
  await well.waitFor(30);
  assert.ok(stuck.received.length <= 16);
});

test("a name that turns private after it was saved is not called", async (t) => {
  const team = await world.newTeam();
  const { app } = world.running;
  const { outgoing } = app;
  t.after(() => {
    app.outgoing = outgoing;
  });
  const answers = ["93.184.216.34"];
  app.outgoing = openOutgoing({
    allowed: [],
    ownDatabase: [{ host: "/nowhere", port: 9 }],
    // Webhooks of other tests may still be tried again, and look up what they call.
    lookup: async (name) => [(name === "rebinding.example" && answers.shift()) || "127.0.0.1"],
  });
  const receiver = await openReceiver(t);
  const url = receiver.url.replace("127.0.0.1", "rebinding.example");
  const { id } = await subscribe(team, url, ["team.changed"]);
  await team.api.teams.update({ name: "Inward" });
  const [entry] = await until(
    () => deliveries(team, id),
    ([first]) => first?.log.length === 1,
  );
  assert.equal(entry?.log[0]?.error, "private_address");
  assert.equal(receiver.received.length, 0);
});

test("a subscription is told its types only, from when it was made, and never another team's events", async (t) => {
  const team = await world.newTeam();
  const stranger = await world.newTeam("Elsewhere");
  const receiver = await openReceiver(t);
  await team.api.teams.update({ name: "Before" });
  await subscribe(team, receiver.url, ["team.*"]);
  await team.api.apiKeys.create({ name: "not told", master: true });
  await stranger.api.teams.update({ name: "Theirs" });
  await team.api.teams.update({ name: "After" });
  await receiver.waitFor(1);
  await sleep(600);
  assert.deepEqual(
    receiver.received.map(({ body }) => [body.type, body.subject.id]),
    [["team.changed", team.id]],
  );
});

test("a transaction left open elsewhere does not make it tell what came before it", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select pg_current_xact_id()");
    await team.api.teams.update({ name: "Before" });
    await subscribe(team, receiver.url, ["team.*"]);
    await team.api.teams.update({ name: "After" });
    await client.query("commit");
  });
  await receiver.waitFor(1);
  await sleep(600);
  assert.equal(receiver.received.length, 1);
});

test("what happened while it was off is told by a replay, and the new secret signs beside the old", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const { id, secret: old } = await subscribe(team, receiver.url, ["team.changed"]);
  const since = world.running.app.now().toString();
  await team.api.webhookSubscriptions.update({ id, active: false });
  await team.api.teams.update({ name: "Missed" });
  await team.api.webhookSubscriptions.update({ id, active: true });
  await team.api.teams.update({ name: "Heard" });
  await receiver.waitFor(1);
  assert.equal((await team.api.webhookSubscriptions.replay({ id, since })).replayed, 1);
  await receiver.waitFor(2);

  const rotated = await team.api.webhookSubscriptions.rotateSecret({ id });
  const { secret } = rotated.webhook_subscription;
  await team.api.teams.update({ name: "Both sign" });
  const both = (await receiver.waitFor(3))[2];
  assert.ok(both && receiver.isSignedBy(both, old) && receiver.isSignedBy(both, secret));
  world.advance({ hours: 25 });
  await team.api.teams.update({ name: "One signs" });
  const one = (await receiver.waitFor(4))[3];
  assert.ok(one && !receiver.isSignedBy(one, old) && receiver.isSignedBy(one, secret));
});

test("a thousand events reach a receiver, each once, and the audit view accounts for all", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  const { id } = await subscribe(team, receiver.url, ["team.changed"]);
  await world.running.app.db.inTeam(team.id, (db) =>
    db.run(
      `insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id)
       select $1, new_ident(), 'team.changed', $2, 'test', 'team', $1 from generate_series(1, 1000)`,
      [team.id, world.running.app.now()],
    ),
  );
  const startedMs = Date.now();
  await receiver.waitFor(1_000);
  t.diagnostic(`1000 deliveries in ${Date.now() - startedMs} ms`);
  assert.equal(new Set(receiver.received.map((received) => received.id)).size, 1_000);
  await until(
    () => team.api.webhookSubscriptions.deliveries({ id, status: "delivered" }),
    (answer) => answer.pagination.total_entries === 1_000,
  );
  const { rows } = await asOwner(world, (client) =>
    client.query(
      `select count(*)::int as lines, count(*) filter (where terminal and status = 'delivered')::int as told
         from audit.event_deliveries where endpoint_id = $1`,
      [id],
    ),
  );
  assert.deepEqual(rows, [{ lines: 1_000, told: 1_000 }]);
});

async function subscribe(team: Team, url: string, types?: string[]) {
  const wish = { url, ...(types && { types }) };
  return (await team.api.webhookSubscriptions.create(wish)).webhook_subscription;
}

async function deliveries(team: Team, id: string) {
  return (await team.api.webhookSubscriptions.deliveries({ id })).deliveries;
}

async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (performance.now() > end) throw new Error(`it never came to be: ${JSON.stringify(answer)}`);
    await sleep(20);
  }
}
