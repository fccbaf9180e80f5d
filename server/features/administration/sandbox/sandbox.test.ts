// The calls of a sandbox: who may make them, and what an ordinary installation says to them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { inSandbox } from "../../../testing/sandboxed.ts";
import { asOwner, callEndpoint } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { openSandbox } from "../installation/sandbox.ts";

let ours: Team;
let theirs: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  ours = await opened.newTeam();
  theirs = await opened.newTeam();
});
let outsider: Team;
const ordinary = useWorld({}, async (opened) => {
  outsider = await opened.newTeam();
});
type Stored = NonNullable<Parameters<typeof openSandbox>[2]>;
const NEVER = "64f0aa0000000000000000ee";

const calls = endpoints.filter(({ endpoint }) => endpoint.inSandbox);

/** What each takes; most take nothing. */
const INPUTS: Record<string, Record<string, unknown>> = {
  "sandbox.setProspects": { prospects: [{ does: "reply" }] },
  "sandbox.setFaults": { faults: [{ on: "api", path: "/labels", status: 500 }] },
  "sandbox.restoreSnapshot": { id: NEVER },
  "sandbox.deleteSnapshot": { id: NEVER },
};

test("every call that names the sandbox is one of them", () => {
  const named = endpoints.filter(({ endpoint }) => endpoint.path.startsWith("/sandbox"));
  assert.deepEqual(
    named.map(({ name }) => name),
    calls.map(({ name }) => name),
  );
});

for (const { name, endpoint } of calls) {
  test(`an ordinary installation knows no ${name}`, async () => {
    const answer = await callEndpoint(ordinary.url, endpoint, INPUTS[name] ?? {}, { key: outsider.key });
    assert.equal(answer.status, 404, answer.text);
    assert.equal(answer.body.code, "not_a_sandbox");
  });

  test(`${name} is for the keys that it says`, async () => {
    const { api_key } = await ours.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/labels/index"] });
    const answer = await callEndpoint(world.url, endpoint, INPUTS[name] ?? {}, { key: api_key.key });
    assert.equal(answer.status, endpoint.access === "known" ? 200 : 403, answer.text);
  });
}

test("what contacts do and what goes wrong is each team's own", async () => {
  await ours.api.sandbox.setProspects({ preset: "lively" });
  await ours.api.sandbox.setFaults({ faults: [{ on: "api", path: "/labels", status: 500 }] });
  assert.deepEqual((await theirs.api.sandbox.prospects()).prospects, []);
  assert.deepEqual((await theirs.api.sandbox.faults()).faults, []);
  await theirs.api.sandbox.setProspects({ preset: "silent" });
  await theirs.api.sandbox.setFaults({ faults: [] });
  assert.ok((await ours.api.sandbox.prospects()).prospects.length > 0);
  assert.equal((await ours.api.sandbox.faults()).faults.length, 1);
});

test("a dry run of a list answers like the real one and keeps nothing", async () => {
  const before = (await theirs.api.sandbox.prospects()).prospects;
  const wish = { prospects: [{ match: {}, does: "nothing" as const }] };
  const tried = await theirs.api.sandbox.setProspects(wish, { dryRun: true });
  assert.equal(tried.prospects.length, 1);
  assert.deepEqual((await theirs.api.sandbox.prospects()).prospects, before);
});

test("lists that cannot be meant are refused", async () => {
  const set = theirs.api.sandbox.setProspects;
  assert.equal((await refused(set({}))).code, "parameter_invalid");
  assert.equal((await refused(set({ preset: "silent", prospects: [] }))).code, "parameter_invalid");
  for (const after of ["3 hours", "-PT1H", "P1Y", "PT99999H"])
    assert.match(
      (await refused(set({ prospects: [{ does: "reply", after }] }))).message,
      /prospects\[0\]\.after/,
    );
});

test("an installation that has been one stays a sandbox", async () => {
  const { rows } = await asOwner(world, (client) => client.query("select sandbox_at from installation"));
  assert.notEqual(rows[0].sandbox_at, null);
  const { app } = world.running;
  const known = { sandboxAt: app.now(), sandboxSpeed: 0, sandboxGoal: null };
  const stored: Stored = {
    ...known,
    id: NEVER,
    setupTokenHash: null,
    setupCompletedAt: null,
    keyFingerprint: null,
    digestKey: null,
    pushPrivateKey: null,
  };
  const open = (sandbox: typeof app.config.sandbox, row: Stored) => () =>
    openSandbox({ sandbox }, app.db, row, app.now(), world.ownerConnection);
  assert.throws(open(null, stored), /This installation is a sandbox/);
  assert.throws(open({ at: null, isKept: true }, { ...stored, sandboxAt: null }), /is not a sandbox/);
});
