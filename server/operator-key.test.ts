// A new operator's key by a command on the server: under a running server, twice at once, after the old one was revoked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { until } from "./testing/sending.ts";
import { useWorld } from "./testing/world.ts";

const world = useWorld();

/** The command as an operator starts it. Answers its exit code and what it said. */
async function newKey(args: readonly string[] = []) {
  const { user, password, host, port, database } = world.ownerConnection;
  const { how, said } = await runOperatorProgram("operator-key.ts", args, {
    CADENZA_DATA_DIR: world.running.app.config.dataDir,
    DATABASE_URL: `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
  });
  return { code: how, said, key: /New operator's key: (cdz_[\w-]+)/.exec(said)?.[1] ?? "" };
}

const operatorWith = (apiKey: string) => world.client({ apiKey });
const isRefused = async (apiKey: string) =>
  operatorWith(apiKey)
    .installation.backups()
    .then(
      () => false,
      ({ status }) => status === 401,
    );

test("a new operator's key replaces the older one under a running server, and may all that it could", async () => {
  const team = await world.newTeam("Another");
  const { code, said, key } = await newKey();
  assert.deepEqual([code, key.length > 24], [0, true], said);
  assert.match(said, /The older key was revoked\./);
  await until(() => isRefused("bootstrap-key-of-the-tests-0001"));
  assert.ok((await operatorWith(key).installation.backups()).backups);
  await operatorWith(key).teams.create({ name: "Third", owner_email: "third@people.example.no" });
  assert.ok((await team.api.apiKeys.list()).api_keys.every(({ revoked_at }) => revoked_at === null));
  const { audit_log: told } = await operatorWith(key).auditLog.list({});
  const ofKeys = told.filter(({ type }) => type.startsWith("api_key.")).slice(0, 2);
  assert.deepEqual(
    ofKeys.map(({ type, actor }) => [type, actor.cause]),
    [
      ["api_key.created", "operator-key"],
      ["api_key.revoked", "operator-key"],
    ],
  );
});

test("where the old key was revoked by mistake, the command brings the operator back", async () => {
  const { key: lost } = await newKey();
  const { api_keys } = await operatorWith(lost).apiKeys.list();
  const own = api_keys.find(({ operator, revoked_at }) => operator && revoked_at === null);
  await operatorWith(lost).apiKeys.revoke({ id: own?.id ?? "" });
  await until(() => isRefused(lost));
  const { code, said, key } = await newKey();
  assert.equal(code, 0, said);
  assert.doesNotMatch(said, /revoked/);
  assert.ok((await operatorWith(key).installation.backups()).backups);
});

test("two commands at once leave one key that works", async () => {
  const made = await Promise.all([newKey(), newKey()]);
  assert.deepEqual(
    made.map(({ code }) => code),
    [0, 0],
  );
  await until(async () => (await Promise.all(made.map(({ key }) => isRefused(key)))).includes(true));
  const works = await Promise.all(made.map(({ key }) => isRefused(key)));
  assert.deepEqual(works.sort(), [false, true]);
});

test("what it does not take is told, and nothing changes", async () => {
  const { code, said } = await newKey(["--forget"]);
  assert.equal(code, 2);
  assert.match(said, /Usage: cadenza operator-key/);
});
