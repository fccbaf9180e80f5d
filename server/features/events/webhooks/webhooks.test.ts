import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../testing/sending.ts";
import { asOwner, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

// Reserved for documentation, so it is never resolved; the network policy lets unknown names be saved.
const URL_OF_A_RECEIVER = "https://hooks.example.invalid/cadenza";

test("a subscription is made, shown, changed and ended; its secret is shown once", async () => {
  const wish = {
    url: URL_OF_A_RECEIVER,
    types: ["job.done", "job.done", "team.*"],
    description: "Warehouse",
  };
  const { webhook_subscription: made } = await team.api.webhookSubscriptions.create(wish);
  assert.match(made.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.deepEqual([made.types, made.active, made.description], [["job.done", "team.*"], true, "Warehouse"]);
  const { id, secret, ...shown } = made;
  assert.deepEqual((await team.api.webhookSubscriptions.get({ id })).webhook_subscription, { id, ...shown });
  const { webhook_subscriptions: all } = await team.api.webhookSubscriptions.list();
  assert.deepEqual(all, [{ id, ...shown }]);
  const { webhook_subscription: changed } = await team.api.webhookSubscriptions.update({
    id,
    types: ["*"],
    description: null,
  });
  assert.deepEqual([changed.types, changed.description, changed.url], [["*"], null, URL_OF_A_RECEIVER]);
  const rotated = (await team.api.webhookSubscriptions.rotateSecret({ id })).webhook_subscription;
  assert.notEqual(rotated.secret, secret);
  await team.api.webhookSubscriptions.destroy({ id });
  assert.equal((await refused(team.api.webhookSubscriptions.get({ id }))).code, "record_not_found");
  assert.deepEqual((await team.api.webhookSubscriptions.list()).webhook_subscriptions, []);
});

test("the secret lies in no table, in no spelling", async () => {
  const { secret } = await make();
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const rows = await asOwner(world, async (client) => {
    const found = await client.query(
      "select secret, (select json_agg(e) from events e) as events from webhook_subscriptions",
    );
    return found.rows as { secret: Buffer; events: unknown }[];
  });
  for (const row of rows) {
    assert.equal(row.secret.includes(key) || row.secret.includes(secret), false);
    assert.equal(JSON.stringify(row.events).includes(secret.slice(6, 30)), false);
  }
});

test("a url that leads inside is refused when it is saved and when it is changed", async () => {
  const { id } = await make();
  for (const url of [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://[::1]/",
    "https://localhost/",
    "http://10.1.2.3/",
    "ftp://example.com/",
    "https://user:pw@example.com/",
    "https://example.com:22/",
    "no url",
  ]) {
    const refusal = await refused(team.api.webhookSubscriptions.create({ url }));
    assert.deepEqual([refusal.status, refusal.code], [422, "webhook_url_refused"], url);
    assert.equal(
      (await refused(team.api.webhookSubscriptions.update({ id, url }))).code,
      "webhook_url_refused",
    );
  }
});

test("types that cannot be meant are refused", async () => {
  for (const types of [[], ["contact"], ["Contact.Created"], ["*.created"], ["a.b.c"]])
    assert.equal(
      (await refused(team.api.webhookSubscriptions.create({ url: URL_OF_A_RECEIVER, types }))).status,
      422,
    );
});

test("a test owes one event to this subscription, and none to one that is off", async () => {
  const { id } = await make(["job.done"]);
  const { event_id } = await team.api.webhookSubscriptions.test({ id });
  const { deliveries } = await team.api.webhookSubscriptions.deliveries({ id });
  assert.deepEqual(
    deliveries.map((delivery) => [delivery.event_id, delivery.type, delivery.status, delivery.attempts]),
    [[event_id, "webhook.tested", "pending", 0]],
  );
  await team.api.webhookSubscriptions.update({ id, active: false });
  const [given] = (await team.api.webhookSubscriptions.deliveries({ id })).deliveries;
  assert.equal(given?.status, "given_up");
  assert.equal((await refused(team.api.webhookSubscriptions.test({ id }))).code, "webhook_switched_off");
  assert.equal(
    (await refused(team.api.webhookSubscriptions.replay({ id, since: "2020-01-01" }))).code,
    "webhook_switched_off",
  );
});

test("a replay begins at a place or a time, and refuses anything else", async () => {
  const { id } = await make(["team.created"]);
  // The feed ends before the oldest transaction that is open on the server, and other tests have some.
  await until(
    async () => (await team.api.webhookSubscriptions.replay({ id, since: "2020-01-01" })).replayed === 1,
  );
  const { next_since } = await team.api.events.list({ limit: 1000 });
  assert.equal((await team.api.webhookSubscriptions.replay({ id, since: next_since })).replayed, 0);
  assert.equal(
    (await refused(team.api.webhookSubscriptions.replay({ id, since: "yesterday" }))).code,
    "parameter_invalid",
  );
});

test("a dry run shows a subscription and keeps none", async () => {
  const before = await rowCounts(world);
  await team.api.webhookSubscriptions.create({ url: URL_OF_A_RECEIVER }, { dryRun: true });
  assert.deepEqual(await rowCounts(world), before);
});

test("only admins and master keys see and change webhooks", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "reader", scopes: ["read_only"] });
  const reader = world.client({ apiKey: api_key.key });
  assert.equal((await refused(reader.webhookSubscriptions.list())).status, 403);
});

test("another team's subscription is not there", async () => {
  const { id } = await make();
  const { api } = await world.newTeam("Elsewhere");
  const calls = [
    () => api.webhookSubscriptions.get({ id }),
    () => api.webhookSubscriptions.update({ id, active: false }),
    () => api.webhookSubscriptions.destroy({ id }),
    () => api.webhookSubscriptions.rotateSecret({ id }),
    () => api.webhookSubscriptions.deliveries({ id }),
    () => api.webhookSubscriptions.test({ id }),
    () => api.webhookSubscriptions.replay({ id, since: "2020-01-01" }),
  ];
  for (const call of calls) assert.equal((await refused(call())).code, "record_not_found");
  assert.deepEqual((await api.webhookSubscriptions.list()).webhook_subscriptions, []);
});

async function make(types?: string[]) {
  const wish = { url: URL_OF_A_RECEIVER, ...(types && { types }) };
  return (await team.api.webhookSubscriptions.create(wish)).webhook_subscription;
}
