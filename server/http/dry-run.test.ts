// A dry run answers like the real call and leaves no trace. Every write of the contract is tried;
// a new one fails here until the table says how it is called.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { endpoints, offersDryRun } from "@cadenza/contract";
import { LOOPBACK } from "../testing/loopback.ts";
import { openSmtp, type Peer } from "../testing/post-office.ts";
import { type Watch, watchWrites } from "../testing/watching.ts";
import { call, callEndpoint } from "../testing/wire.ts";
import { wishesOf } from "../testing/wishes.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
let post: Peer;
let watch: Watch;
// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api", mailAllow: LOOPBACK, catcher: true }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
  watch = await watchWrites(opened);
});
after(async () => {
  await watch.close();
  post.close();
});

const writes = endpoints.filter(({ endpoint }) => endpoint.effect === "write" && !endpoint.inSandbox);

/** An etag stands for the record with its id, and for those of the records in it. */
const OF_ITS_RUN: Readonly<Record<string, string>> = { took_ms: "<span>", etag: "<etag>" };

/** What differs from one run to the next: new ids, secrets and times. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, OF_ITS_RUN[key] ?? shapeOf(inner)]),
    );
  return typeof value === "string"
    ? value
        .replace(/^[0-9a-f]{24}$|(?<=\/)[0-9a-f]{24}(?=\/|$)/g, "<id>")
        .replace(/cdz_[\w-]+|whsec_[\w+/=]+/, "<secret>")
        .replace(/\b(nonce|code_challenge)=[\w-]+/g, "$1=<secret>")
        .replace(/cadenza_sql_[0-9a-f]{24}/, "<a name>")
        .replace(/^\d{4}-\d{2}-\d{2}T.*/, "<time>")
    : value;
}

/**
 * The engine does an import; a dry run does it at once, and returns the result. imports.test.ts checks that both
 * agree.
 */
function asBegun({ import: found, entity_progress_job: job }: Record<string, unknown>) {
  const { total, mapping, overwrite } = found as Record<string, unknown>;
  const { id, job_type, params } = job as Record<string, unknown>;
  return { total, mapping, overwrite, job: { id, job_type, params } };
}

for (const { name, endpoint } of writes.filter(({ endpoint }) => offersDryRun(endpoint))) {
  for (const method of [endpoint.method, ...(endpoint.also ?? [])]) {
    test(`${method} ${name} as a dry run answers like the real one and writes nothing`, async () => {
      const wish = wishesOf(world, team, post)[name];
      assert.ok(wish, `testing/wishes/: say how ${name} is called`);
      const { input, by = { key: team.key } } = await wish();
      const ask = (headers: Record<string, string>) =>
        callEndpoint(world.url, { ...endpoint, method }, input, by, headers);
      await watch.written();
      const dry = await ask({ "dry-run": "true" });
      assert.deepEqual(await watch.written(), []);
      assert.equal(dry.headers.get("dry-run"), "true");
      assert.equal(dry.headers.get("set-cookie"), null);

      const real = await ask({});
      assert.equal(real.status, 200, real.text);
      // A preview is of a dry run only: what is real is not shown beforehand, and not warned of.
      const { dry_run, previews: _, outlook: __, first_email_surges: ___, ...body } = dry.body;
      const [tried, done] = [body, real.body].map((one) =>
        shapeOf(name === "imports.create" ? asBegun(one) : one),
      );
      assert.deepEqual([dry.status, dry_run, tried], [real.status, true, done]);
      assert.notDeepEqual(await watch.written(), [], "the real one does write");
    });
  }
}

test("a dry run refuses what the real call refuses, in the same words", async () => {
  const { key, owner } = await world.newTeam("One admin");
  const ask = (headers: Record<string, string>) =>
    call(`${world.url}/api/v1/users/${owner.id}/deactivate`, { method: "POST", key, headers });
  await watch.written();
  const [dry, real] = [await ask({ "dry-run": "true" }), await ask({})];
  assert.deepEqual([dry.status, dry.body.code], [422, "last_admin"]);
  assert.deepEqual([real.status, real.body], [dry.status, dry.body]);
  assert.deepEqual(await watch.written(), []);
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

for (const { name, endpoint } of writes.filter(({ endpoint }) => !offersDryRun(endpoint))) {
  test(`${name} has no dry run and says so, rather than doing it`, async () => {
    await watch.written();
    const answer = await call(`${world.url}/api/v1${endpoint.path}`, {
      method: endpoint.method,
      body: JSON.stringify({ email: team.owner.email, password: team.owner.password }),
      headers: { "content-type": "application/json", "dry-run": "true" },
      ...(endpoint.access !== "open" && { key: team.key }),
    });
    assert.deepEqual([answer.status, answer.body.code], [422, "dry_run_not_offered"]);
    assert.deepEqual(await watch.written(), []);
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
