// A dry run answers like the real call and leaves no trace. Every write of the contract is tried;
// a new one fails here until the table says how it is called.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { openSmtp, type Peer } from "../testing/post-office.ts";
import { sequenceWishes } from "../testing/sequence-wishes.ts";
import { waitingWork } from "../testing/waiting-work.ts";
import { asOwner, call, rowCounts } from "../testing/wire.ts";
import { BOOTSTRAP_KEY, type Team, useWorld } from "../testing/world.ts";

type Wish = { input: Record<string, unknown>; by?: { key?: string; cookie?: string } };

let team: Team;
let post: Peer;
// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api", mailAllow: ["127.0.0.1"] }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
});
after(() => post.close());

const WISHES: Record<string, () => Promise<Wish>> = {
  "users.invite": async () => ({ input: { email: "dry@example.no", role: "admin" } }),
  "users.update": async () => ({ input: { id: await person(), title: "Changed" } }),
  "users.deactivate": async () => ({ input: { id: await person() } }),
  "users.reactivate": async () => ({ input: { id: await person("gone") } }),
  "emailAccounts.create": async () => ({ input: mailboxWish() }),
  "emailAccounts.update": async () => ({ input: { id: await mailbox(), display_name: "Changed" } }),
  "emailAccounts.test": async () => ({ input: { id: await mailbox() } }),
  "emailAccounts.disconnect": async () => ({ input: { id: await mailbox() } }),
  "suppressions.create": async () => ({ input: { value: `barred${++made}@example.no` } }),
  "suppressions.import": async () => ({ input: { text: `listed${++made}@example.no` } }),
  "suppressions.remove": async () => {
    const { suppression } = await team.api.suppressions.create({ value: `barred${++made}@example.no` });
    return { input: { id: suppression.id } };
  },
  "opportunities.create": async () => ({ input: { name: "Dry" } }),
  "opportunities.update": async () => ({ input: { id: await deal(), name: "Changed" } }),
  "opportunities.delete": async () => ({ input: { id: await deal() } }),
  "tasks.create": async () => ({ input: await taskWish() }),
  "tasks.bulkCreate": async () => ({ input: { tasks: [await taskWish()] } }),
  "tasks.update": async () => ({ input: { id: await task(), note: "Changed" } }),
  "tasks.complete": async () => ({ input: { id: await task() } }),
  "tasks.skip": async () => ({ input: { id: await task() } }),
  "phoneCalls.create": async () => ({ input: { status: "busy" } }),
  "phoneCalls.update": async () => {
    const { phone_call } = await team.api.phoneCalls.create({ status: "busy" });
    return { input: { id: phone_call.id, status: "completed" } };
  },
  "notes.create": async () => ({ input: { opportunity_id: await deal(), content: "Dry" } }),
  "notes.update": async () => ({ input: { id: await note(), content: "Changed" } }),
  "notes.pin": async () => ({ input: { id: await note() } }),
  "notes.delete": async () => ({ input: { id: await note() } }),
  "apiKeys.create": async () => ({ input: { name: "dry", master: true } }),
  "apiKeys.revoke": async () => ({ input: { id: await apiKey() } }),
  "apiKeys.rotate": async () => ({ input: { id: await apiKey() } }),
  "sessions.end": async () => ({ input: {}, by: await world.signIn(team.owner.email, team.owner.password) }),
  "teams.update": async () => ({ input: { name: "Changed", time_zone: "Asia/Tokyo" } }),
  "customFields.create": async () => ({ input: { label: "Dry", modality: "contact", type: "date" } }),
  "customFields.update": async () => ({
    input: {
      fields: [{ id: await picklist(), label: fresh(), meta: { picklist_values: [{ name: "Two" }] } }],
    },
  }),
  "customFields.delete": async () => ({ input: { id: await picklist() } }),
  "accounts.create": async () => ({ input: { name: "Dry", domain: "dry.example", label_names: ["Dry"] } }),
  "accounts.update": async () => ({ input: { id: await account(), name: "Dry", label_names: [] } }),
  "accounts.bulkCreate": async () => ({
    input: { accounts: [{ name: "Dry" }], append_label_names: ["Dry"] },
  }),
  "accounts.bulkUpdate": async () => ({
    input: { account_ids: [await account()], name: "Dry", async: true },
  }),
  "accounts.updateOwners": async () => ({
    input: { account_ids: [await account()], owner_id: await person() },
  }),
  "accounts.delete": async () => ({ input: { id: await account() } }),
  "accounts.merge": async () => ({ input: { winner_id: await account(), loser_ids: [await account()] } }),
  "labels.create": async () => ({ input: { name: "Dry list", modality: "contacts" } }),
  "labels.update": async () => ({ input: { id: await label(), name: fresh() } }),
  "labels.delete": async () => ({ input: { id: await label() } }),
  "labels.addEntityIds": async () => ({ input: await membership() }),
  "labels.removeEntityIds": async () => ({ input: await membership() }),
  "contactStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
  "contactStages.update": async () => ({ input: { id: await contactStage(), display_order: 0 } }),
  "contactStages.reorder": async () => ({ input: { ids: [await contactStage()] } }),
  "contactStages.delete": async () => ({ input: { id: await contactStage() } }),
  "accountStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
  "accountStages.update": async () => ({ input: { id: await accountStage(), display_order: 1 } }),
  "accountStages.reorder": async () => ({ input: { ids: [await accountStage()] } }),
  "accountStages.delete": async () => ({ input: { id: await accountStage() } }),
  "subteams.create": async () => ({ input: { name: "Dry", user_ids: [team.owner.id] } }),
  "subteams.update": async () => ({ input: { id: await subteam(), user_ids: [] } }),
  "subteams.delete": async () => ({ input: { id: await subteam() } }),
  "teams.create": async () => ({
    input: { name: "Dry", owner_email: "dry@example.no" },
    by: { key: BOOTSTRAP_KEY },
  }),
  "progress.cancel": async () => ({
    input: { id: (await waitingWork(world, { teamId: team.id, userId: team.owner.id })).id },
  }),
  "webhookSubscriptions.create": async () => ({ input: { url: RECEIVER } }),
  "webhookSubscriptions.update": async () => ({ input: { id: await webhook(), types: ["job.*"] } }),
  "webhookSubscriptions.destroy": async () => ({ input: { id: await webhook() } }),
  "webhookSubscriptions.rotateSecret": async () => ({ input: { id: await webhook() } }),
  "webhookSubscriptions.test": async () => ({ input: { id: await webhook() } }),
  "webhookSubscriptions.replay": async () => ({ input: { id: await webhook(), since: "2020-01-01" } }),
};

for (const [name, wish] of Object.entries(sequenceWishes))
  WISHES[name] = async () => ({ input: await wish(team) });

const RECEIVER = "https://hooks.example.invalid/";

let made = 0;
const fresh = () => `made ${++made}`;

async function account() {
  return (await team.api.accounts.create({ name: fresh(), label_names: ["Accounts"] })).account.id;
}

async function label() {
  return (await team.api.labels.create({ name: fresh(), modality: "accounts" })).label.id;
}

async function contactStage() {
  return (await team.api.contactStages.create({ name: fresh() })).contact_stage.id;
}

async function accountStage() {
  return (await team.api.accountStages.create({ name: fresh() })).account_stage.id;
}

async function picklist() {
  const meta = { picklist_values: [{ name: "One" }] };
  const wish = { label: fresh(), modality: "account", type: "picklist", meta } as const;
  return (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
}

async function subteam() {
  return (await team.api.subteams.create({ name: fresh(), user_ids: [team.owner.id] })).subteam.id;
}

/** Records put on lists, or taken off: of the list every account made here is on. */
async function membership() {
  return { entity_ids: [await account()], label_names: ["Accounts", "Later"], modality: "accounts" };
}

async function person(state?: "gone") {
  const { user } = await team.api.users.invite({ email: `p${++made}@example.no` });
  if (state) await team.api.users.deactivate({ id: user.id });
  return user.id;
}

async function apiKey() {
  return (await team.api.apiKeys.create({ name: "made", scopes: ["read_only"] })).api_key.id;
}

/** A server of the test's own, so that it can be tried. */
function mailboxWish() {
  const smtp = { host: "127.0.0.1", port: post.port, security: "none" as const };
  return { email: `m${++made}@example.no`, smtp };
}

async function mailbox() {
  return (await team.api.emailAccounts.create(mailboxWish())).email_account.id;
}

async function deal() {
  return (await team.api.opportunities.create({ name: "made" })).opportunity.id;
}

async function taskWish() {
  return { type: "call" as const, user_id: team.owner.id, opportunity_id: await deal() };
}

async function task() {
  return (await team.api.tasks.create(await taskWish())).task.id;
}

async function note() {
  return (await team.api.notes.create({ opportunity_id: await deal(), content: "made" })).note.id;
}

async function webhook() {
  return (await team.api.webhookSubscriptions.create({ url: RECEIVER })).webhook_subscription.id;
}

/** The whole database as text, but for what every call counts. */
function everything() {
  return asOwner(world, async (client) => {
    const rows: Record<string, string[]> = {};
    for (const name of [...Object.keys(await rowCounts(world)), "pgboss.job"]) {
      const found = await client.query<{ row: string }>(
        `select (to_jsonb(t) - 'last_used_at' - 'heartbeat_on')::text as row from ${name} t order by 1`,
      );
      rows[name] = found.rows.map(({ row }) => row);
    }
    return rows;
  });
}

const writes = endpoints.filter(({ endpoint }) => endpoint.effect === "write");

/** What differs from one run to the next: new ids, secrets and times. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  return typeof value === "string"
    ? value
        .replace(/^[0-9a-f]{24}$/, "<id>")
        .replace(/cdz_[\w-]+|whsec_[\w+/=]+/, "<secret>")
        .replace(/^\d{4}-\d{2}-\d{2}T.*/, "<time>")
    : value;
}

for (const { name, endpoint } of writes.filter(({ endpoint }) => endpoint.access !== "open")) {
  for (const method of [endpoint.method, ...(endpoint.also ?? [])]) {
    test(`${method} ${name} as a dry run answers like the real one and writes nothing`, async () => {
      const wish = WISHES[name];
      assert.ok(wish, `dry-run.test.ts: say in WISHES how ${name} is called`);
      const { input, by = { key: team.key } } = await wish();
      const rest = { ...input };
      const path = endpoint.path.replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = String(rest[key]);
        delete rest[key];
        return value;
      });
      const ask = (headers: Record<string, string>) =>
        call(`${world.url}/api/v1${path}`, {
          method,
          ...(by.key && { key: by.key }),
          ...(method !== "DELETE" && { body: JSON.stringify(rest) }),
          headers: {
            "content-type": "application/json",
            ...(by.cookie && { cookie: by.cookie, origin: world.url }),
            ...headers,
          },
        });
      const before = await everything();
      const dry = await ask({ "dry-run": "true" });
      assert.deepEqual(await everything(), before);
      assert.equal(dry.headers.get("dry-run"), "true");
      assert.equal(dry.headers.get("set-cookie"), null);

      const real = await ask({});
      assert.equal(real.status, 200, real.text);
      const { dry_run, ...body } = dry.body;
      assert.deepEqual([dry.status, dry_run, shapeOf(body)], [real.status, true, shapeOf(real.body)]);
      assert.notDeepEqual(await everything(), before, "the real one does write");
    });
  }
}

test("a dry run refuses what the real call refuses, in the same words", async () => {
  const { key, owner } = await world.newTeam("One admin");
  const ask = (headers: Record<string, string>) =>
    call(`${world.url}/api/v1/users/${owner.id}/deactivate`, { method: "POST", key, headers });
  const before = await everything();
  const [dry, real] = [await ask({ "dry-run": "true" }), await ask({})];
  assert.deepEqual([dry.status, dry.body.code], [422, "last_admin"]);
  assert.deepEqual([real.status, real.body], [dry.status, dry.body]);
  assert.deepEqual(await everything(), before);
});

test("a secret made by a dry run opens nothing", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "dry", master: true }, { dryRun: true });
  assert.equal((await call(`${world.url}/api/v1/users/search`, { key: api_key.key })).status, 401);
});

test("a dry run undone does not take the next real call with it", async () => {
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      team.api.apiKeys.create({ name: `mixed ${n}`, master: true }, { dryRun: n % 2 === 0 }),
    ),
  );
  const { api_keys } = await team.api.apiKeys.list();
  assert.equal(api_keys.filter(({ name }) => name.startsWith("mixed")).length, 15);
});

for (const { name, endpoint } of writes.filter(({ endpoint }) => endpoint.access === "open")) {
  test(`${name} has no dry run and says so, rather than doing it`, async () => {
    const before = await everything();
    const answer = await call(`${world.url}/api/v1${endpoint.path}`, {
      method: endpoint.method,
      body: JSON.stringify({ email: team.owner.email, password: team.owner.password }),
      headers: { "content-type": "application/json", "dry-run": "true" },
    });
    assert.deepEqual([answer.status, answer.body.code], [422, "dry_run_not_offered"]);
    assert.deepEqual(await everything(), before);
  });
}

test("a read takes no notice of the header", async () => {
  const answer = await call(`${world.url}/api/v1/users/search`, {
    key: team.key,
    headers: { "dry-run": "true" },
  });
  assert.deepEqual(
    [answer.status, answer.headers.get("dry-run"), answer.body.dry_run],
    [200, null, undefined],
  );
});
