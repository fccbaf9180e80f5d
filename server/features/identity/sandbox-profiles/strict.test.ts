// A sandbox that answers programs as Apollo does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantPeople } from "../../../testing/people.ts";
import { inSandbox } from "../../../testing/sandboxed.ts";
import { call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld(await inSandbox());

type Wish = { method?: string; body?: object; headers?: Record<string, string>; key?: string | null };

/** With the team's master key, unless another one is named, or none. */
const askerOf =
  (team: Team) =>
  (path: string, { body, key = team.key, ...wish }: Wish = {}) =>
    call(`${world.url}/api/v1${path}`, {
      ...wish,
      ...(key !== null && { key }),
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });

async function strictTeam(plan: "free" | "basic" | "professional" | "organization" = "professional") {
  const team = await world.newTeam();
  await team.api.sandbox.setProfile({ strict: true, plan });
  return { ...team, ask: askerOf(team) };
}

const keyFor = async ({ api }: Team, scopes: string[]) =>
  (await api.apiKeys.create({ name: "narrow", scopes })).api_key.key;

test("it is set for one team, and shown", async () => {
  const { api } = await world.newTeam();
  assert.deepEqual(await api.sandbox.profile(), { strict: false, plan: "professional" });
  assert.deepEqual(await api.sandbox.setProfile({ strict: true, plan: "basic" }), {
    strict: true,
    plan: "basic",
  });
  assert.deepEqual(await api.sandbox.setProfile({ strict: false }), { strict: false, plan: "basic" });
});

test("an answer has Apollo's keys alone, at every depth", async () => {
  const team = await world.newTeam();
  const [{ api }, ask] = [team, askerOf(team)];
  const make = (name: string) =>
    ask("/contacts", { body: { first_name: name, email: `${name}@kunde.example` } });
  const loose = await make("ola");
  await api.sandbox.setProfile({ strict: true });
  const strict = await make("ines");
  const keysOf = ({ body }: { body: Record<string, unknown> }) => Object.keys(body.contact as object);
  assert.equal(strict.status, 200, strict.text);
  const gone = new Set(keysOf(loose)).difference(new Set(keysOf(strict)));
  assert.ok(gone.size > 0, "there are keys of Cadenza's own");
  assert.deepEqual(
    keysOf(strict).filter((name) => !keysOf(loose).includes(name)),
    [],
  );
  const search = await ask("/contacts/search", { body: {} });
  assert.deepEqual(Object.keys(search.body.pagination as object).sort(), [
    "page",
    "per_page",
    "total_entries",
    "total_pages",
  ]);
});

test("calls of Cadenza alone are not found, and those of the sandbox and the web app stay", async () => {
  const team = await strictTeam();
  for (const path of ["/suppressions", "/workflows", "/events", "/search?q_keywords=a"]) {
    const answer = await team.ask(path);
    assert.deepEqual([answer.status, answer.body], [404, { error: "Not Found" }], path);
  }
  assert.equal((await team.ask("/labels")).status, 200);
  assert.equal((await team.ask("/sandbox/clock")).status, 200);
  assert.equal((await team.ask("/catcher/messages")).status, 200);
  assert.equal((await team.ask("/auth/health")).body.is_logged_in, true);
  const { cookie } = await world.signIn(team.owner.email, team.owner.password);
  assert.equal((await team.ask("/workflows", { key: null, headers: { cookie } })).status, 200);
  await team.api.sandbox.setProfile({ strict: false });
  assert.equal((await team.ask("/workflows")).status, 200);
});

test("parameters of Cadenza alone do nothing, and are named", async () => {
  const { ask, api } = await strictTeam();
  const body = { first_name: "Ines", email: "ines@kunde.example" };
  const made = await ask("/contacts", { body: { ...body, owner_note: "x" } });
  assert.equal(made.headers.get("cadenza-ignored"), "owner_note");
  const one = await ask("/contacts/search", { body: { q_keywords: "nobody" } });
  assert.equal((one.body.contacts as unknown[]).length, 0);
  const all = await ask("/contacts/search", { body: { emails: ["nobody@x.example"] } });
  assert.equal((all.body.contacts as unknown[]).length, 1);
  await api.sandbox.setProfile({ strict: false });
});

test("headers of Cadenza alone do nothing: a dry run writes, and a repeated key writes twice", async () => {
  const { ask, api } = await strictTeam();
  const make = (headers: Record<string, string>) =>
    ask("/contacts", { body: { first_name: "Twin" }, headers });
  const dry = await make({ "dry-run": "true" });
  assert.equal(dry.body.dry_run, undefined);
  for (let n = 0; n < 2; n++) await make({ "idempotency-key": "twice" });
  await api.sandbox.setProfile({ strict: false });
  assert.equal((await api.contacts.search({ q_keywords: "Twin" })).pagination.total_entries, 3);
  const { headers } = await ask("/contacts/search", { headers: { accept: "text/csv" } });
  assert.match(headers.get("content-type") ?? "", /csv/);
  await api.sandbox.setProfile({ strict: true });
  const strict = await ask("/contacts/search", { headers: { accept: "text/csv" } });
  assert.match(strict.headers.get("content-type") ?? "", /json/);
});

test("a refusal has Apollo's keys alone", async () => {
  const { ask } = await strictTeam();
  const wrong = await ask("/contacts/search", { body: { per_page: 0 } });
  assert.deepEqual([wrong.status, wrong.body], [422, { error: "An error occurred. Per page cannot be 0." }]);
  const far = await ask("/contacts/search", { body: { page: 501, per_page: 100 } });
  assert.deepEqual(far.body, {
    error: "Invalid parameter passed in. Page * per page number is over threshold.",
  });
});

test("a key is taken in its header, and in no other place", async () => {
  const { key, ask } = await strictTeam();
  const inQuery = await ask(`/labels?api_key=${key}`, { key: null });
  assert.deepEqual([inQuery.status, inQuery.body.error_code], [422, "INVALID_API_KEY_LOCATION"]);
  const inBody = await ask("/contacts/search", { key: null, body: { api_key: key } });
  assert.deepEqual([inBody.status, inBody.body.error_code], [422, "INVALID_API_KEY_LOCATION"]);
  const asBearer = await ask("/labels", { key: null, headers: { authorization: `Bearer ${key}` } });
  assert.equal(asBearer.status, 401);
  assert.match(asBearer.text, /^Invalid API key\. See/);
});

test("a key needs the call's scope by its name, and some calls need a master key", async () => {
  const team = await world.newTeam();
  const reading = await keyFor(team, ["read_only"]);
  const named = await keyFor(team, ["api/v1/labels/index", "api/v1/users/api_profile"]);
  await team.api.sandbox.setProfile({ strict: true });
  const ask = (path: string, key: string) => askerOf(team)(path, { key });
  const refusedWith = (scope: string) => ({
    error: `This API key is not authorized to access api/v1/${scope}. Request an API key from your administrator that includes this endpoint in its configured scope.`,
    error_code: "API_INACCESSIBLE",
  });
  assert.equal((await ask("/labels", named)).status, 200);
  assert.equal((await ask("/users/api_profile", named)).status, 200);
  assert.deepEqual((await ask("/labels", reading)).body, refusedWith("labels/index"));
  assert.deepEqual((await ask("/users/api_profile", reading)).body, refusedWith("users/api_profile"));
  assert.deepEqual((await ask("/phone_calls/search", named)).body, refusedWith("phone_calls/search"));
  assert.equal((await ask("/phone_calls/search", team.key)).status, 200);
});

test("the free plan has some calls not at all, and five pages of a search", async () => {
  const team = await strictTeam("free");
  const gated = await team.ask("/contacts/search", { body: {} });
  assert.deepEqual(
    [gated.status, gated.body],
    [403, { message: "This endpoint is only available to Apollo users on paid plans." }],
  );
  assert.equal((await team.ask("/accounts/search", { body: { page: 5 } })).status, 200);
  const sixth = await team.ask("/accounts/search", { body: { page: 6 } });
  assert.deepEqual([sixth.status, Object.keys(sixth.body)], [422, ["error"]]);
  await team.api.sandbox.setProfile({ strict: false });
  const narrow = await keyFor(team, ["api/v1/labels/index"]);
  await team.api.sandbox.setProfile({ strict: true });
  const refused = await team.ask("/tasks/search", { key: narrow });
  assert.match(String(refused.body.error), /api\/v1\/tasks\/search is not accessible .* on a free plan/);
});

test("calls are counted as the plan says, by the time of the sandbox", async () => {
  const { ask, api } = await strictTeam("free");
  const spend = async (count: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < count; n++) statuses.push((await ask("/labels")).status);
    return statuses;
  };
  assert.deepEqual(new Set(await spend(50)), new Set([200]));
  const full = await ask("/labels");
  assert.deepEqual(
    [full.status, full.headers.get("x-rate-limit-minute"), full.headers.get("retry-after")],
    [429, "50", "60"],
  );
  assert.deepEqual(Object.keys(full.body), ["message"]);
  await api.sandbox.advance({ minutes: 1 });
  assert.deepEqual(await spend(1), [200]);
  assert.equal((await ask("/sandbox/clock")).headers.get("x-rate-limit-minute"), "2000000000");
  const usage = (await ask("/usage_stats/api_usage_stats", { method: "POST" })).body;
  assert.deepEqual((usage['["api/v1/labels", "index"]'] as { hour: object }).hour, {
    limit: 200,
    consumed: 51,
    left_over: 149,
  });
});

test("a person who was looked up before costs a credit again", async () => {
  const team = await world.newTeam();
  await plantPeople(world, team, [{ firstName: "Ines", lastName: "Okafor", email: "ines@paid.example" }]);
  const spentBy = async (strict: boolean) => {
    await team.api.sandbox.setProfile({ strict });
    const used = async () =>
      (await askerOf(team)("/usage_stats/credit_usage_stats", { method: "POST" })).body
        .credit_usage_stats as { lead_credit: { consumed: number } };
    const before = (await used()).lead_credit.consumed;
    for (let n = 0; n < 2; n++)
      assert.equal(
        (await askerOf(team)("/people/match", { body: { email: "ines@paid.example" } })).status,
        200,
      );
    return (await used()).lead_credit.consumed - before;
  };
  assert.equal(await spentBy(false), 1);
  assert.equal(await spentBy(true), 2);
});

test("a snapshot has the profile of its time", async () => {
  const { api, ask } = await strictTeam();
  const { snapshot } = await api.sandbox.takeSnapshot({});
  await api.sandbox.setProfile({ strict: false });
  assert.equal((await ask("/workflows")).status, 200);
  await api.sandbox.restoreSnapshot({ id: snapshot.id });
  assert.equal((await ask("/workflows")).status, 404);
});
