import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { LANGUAGE_CODES } from "@cadenza/contract/languages";
import { newPushKeys } from "../../../kernel/web-push.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openPushService } from "../../../testing/push-peer.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const service = await openPushService();
after(() => service.close());
const world = useWorld({ role: "api", webhookAllow: LOOPBACK });
beforeEach(() => {
  service.delivered.length = 0;
  service.answer = { status: 201 };
});

const wish = (name: string) => ({ endpoint: `${service.url}/${name}`, ...service.keys });
const owner = async (team: Team) => (await world.signIn(team.owner.email, team.owner.password)).api;

test("a browser is added with the public key of the installation, changed and removed", async () => {
  const api = await owner(await world.newTeam());
  const { public_key } = await api.pushSubscriptions.list();
  assert.equal(Buffer.from(public_key, "base64url").length, 65);
  const { push_subscription } = await api.pushSubscriptions.create(wish("one"));
  const { wants_replies, wants_tasks, shows_names } = push_subscription;
  assert.deepEqual([wants_replies, wants_tasks, shows_names], [true, true, false]);
  const { id } = push_subscription;
  const changed = await api.pushSubscriptions.update({ id, wants_tasks: false, shows_names: true });
  assert.deepEqual(
    [changed.push_subscription.wants_tasks, changed.push_subscription.shows_names],
    [false, true],
  );
  await api.pushSubscriptions.delete({ id });
  assert.deepEqual(await api.pushSubscriptions.list(), { public_key, push_subscriptions: [] });
});

test("a device is told in any language of the screen", async () => {
  const api = await owner(await world.newTeam());
  const said = new Set<unknown>();
  for (const language of LANGUAGE_CODES) {
    const { push_subscription: device } = await api.pushSubscriptions.create({ ...wish(language), language });
    assert.equal(device.language, language);
    await api.pushSubscriptions.test({ id: device.id });
    said.add(service.delivered.at(-1)?.notice.title);
  }
  assert.equal(said.size, LANGUAGE_CODES.length, [...said].join());
});

test("the same address again replaces the subscription, and the secret lies sealed", async () => {
  const team = await world.newTeam();
  const api = await owner(team);
  const first = await api.pushSubscriptions.create(wish("same"));
  const again = await api.pushSubscriptions.create({
    ...wish("same"),
    p256dh: newPushKeys().publicKey,
    wants_replies: false,
  });
  assert.equal(again.push_subscription.id, first.push_subscription.id);
  assert.equal((await api.pushSubscriptions.list()).push_subscriptions.length, 1);
  const rows = await asOwner(
    world,
    async (client) =>
      (await client.query("select auth from push_subscriptions where team_id = $1", [team.id])).rows,
  );
  assert.ok(!rows[0].auth.includes(service.keys.auth) && rows[0].auth.length > 33);
});

test("a test is delivered, and says what came of it otherwise", async () => {
  const api = await owner(await world.newTeam());
  const { id } = (await api.pushSubscriptions.create(wish("tested"))).push_subscription;
  assert.deepEqual(await api.pushSubscriptions.test({ id }), { outcome: "delivered" });
  assert.equal(service.delivered[0]?.notice.title, "Notifications work on this device");
  assert.equal(service.delivered[0]?.claims?.aud, service.url);
  assert.ok((await api.pushSubscriptions.list()).push_subscriptions[0]?.last_delivered_at);
  service.answer = { status: 500 };
  assert.deepEqual(await api.pushSubscriptions.test({ id }), { outcome: "failed" });
  service.answer = { status: 410 };
  assert.deepEqual(await api.pushSubscriptions.test({ id }), { outcome: "gone" });
  assert.deepEqual((await api.pushSubscriptions.list()).push_subscriptions, []);
});

test("an address that may not be called, and keys that are none, are refused", async () => {
  const api = await owner(await world.newTeam());
  for (const endpoint of [
    "http://push.example.invalid/x",
    "https://10.0.0.1/x",
    "ftp://push.example/x",
    "no",
  ])
    assert.equal(
      (await refused(api.pushSubscriptions.create({ ...wish("x"), endpoint }))).code,
      "push_endpoint_refused",
      endpoint,
    );
  const p256dh = Buffer.alloc(65, 4).toString("base64url");
  assert.equal(
    (await refused(api.pushSubscriptions.create({ ...wish("x"), p256dh }))).code,
    "parameter_invalid",
  );
});

test("a user has ten devices at most", async () => {
  const api = await owner(await world.newTeam());
  for (let n = 0; n < 10; n++) await api.pushSubscriptions.create(wish(`of-ten-${n}`));
  const one = await refused(api.pushSubscriptions.create(wish("eleventh")));
  assert.equal(one.code, "too_many_push_subscriptions");
  await api.pushSubscriptions.create(wish("of-ten-3"));
});

test("a program with a key has no devices, and a colleague sees none of another user's", async () => {
  const team = await world.newTeam();
  const api = await owner(team);
  const { id } = (await api.pushSubscriptions.create(wish("shared"))).push_subscription;
  assert.equal((await refused(team.api.pushSubscriptions.list())).status, 403);
  const { invitation_url, user } = await team.api.users.invite({ email: `colleague${team.id}@example.no` });
  const password = "a long sentence is a good password";
  const token = tokenIn(invitation_url ?? "");
  await world.client().invitations.accept({ token, name: "Ada Berg", password });
  const colleague = (await world.signIn(user.email, password)).api;
  assert.deepEqual((await colleague.pushSubscriptions.list()).push_subscriptions, []);
  for (const call of [
    () => colleague.pushSubscriptions.update({ id, wants_tasks: false }),
    () => colleague.pushSubscriptions.test({ id }),
    () => colleague.pushSubscriptions.delete({ id }),
  ])
    assert.equal((await refused(call())).code, "record_not_found");
  // The browser now belongs to the user who signed in there last.
  await colleague.pushSubscriptions.create(wish("shared"));
  assert.deepEqual((await api.pushSubscriptions.list()).push_subscriptions, []);
});
