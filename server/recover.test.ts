// `cadenza recover` as an operator uses it: something was deleted, the database goes back to the minute before, and no email that was
// sent since is sent again without a person.

import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { Client } from "pg";
import { freePort } from "./testing/doors.ts";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { spawnServer, startProcess } from "./testing/process.ts";
import { openWitness, until } from "./testing/sending.ts";
import { newScene } from "./testing/torture/scene.ts";
import { BOOTSTRAP_KEY, type Team } from "./testing/world.ts";

async function openPlace(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-recover-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [dataDir, wal] = [join(folder, "data"), join(folder, "wal")];
  mkdirSync(wal);
  const env = {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_WAL_DIR: wal,
    CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_LOG_LEVEL: "error",
    CADENZA_TEST_SEAMS: "1",
    PORT: String(await freePort()),
  };
  return { folder, dataDir, wal, env };
}

type Place = Awaited<ReturnType<typeof openPlace>>;

async function running(t: TestContext, { env }: Place, more: Record<string, string> = {}) {
  const server = await startProcess({ ...env, ...more });
  let hasEnded = false;
  async function stop() {
    if (hasEnded) return;
    hasEnded = true;
    server.signal("SIGTERM");
    assert.equal(await server.ended(), 0, server.output());
  }
  t.after(stop);
  const api = createClient({ baseUrl: server.url, apiKey: BOOTSTRAP_KEY, retries: 0 });
  const archive = async () => (await api.installation.backups()).backups.wal_archive;
  return { server, api, archive, stop };
}

/** The command as an operator starts it. */
async function recover({ env }: Place, args: readonly string[], more: Record<string, string> = {}) {
  return runOperatorProgram("recover.ts", args, { ...env, ...more });
}

const databaseTime = async (place: Place) =>
  Temporal.Instant.from(await ask(place, "select clock_timestamp()::text as answer")).toString();

async function ask({ dataDir }: Place, sql: string) {
  const { ownerPassword } = JSON.parse(readFileSync(join(dataDir, "postgres", "credentials.json"), "utf8"));
  const host = join(dataDir, "postgres", "socket");
  const client = new Client({ host, user: "cadenza_owner", password: ownerPassword, database: "cadenza" });
  await client.connect();
  try {
    return (await client.query<{ answer: string }>(sql)).rows[0]?.answer ?? "";
  } finally {
    await client.end();
  }
}

test("after a mistake the database goes back, and what was sent since is held until a person confirms", async (t) => {
  const witness = await openWitness();
  t.after(witness.close);
  const place = await openPlace(t);
  const first = await running(t, place);
  await until(async () => (await first.archive())?.from);
  const team = { api: first.api } as Team;
  const scene = await newScene(team, {
    port: witness.port,
    mailboxes: 1,
    contacts: 2,
    waits: [0],
    sequence: { active: false },
  });
  const at = await databaseTime(place);
  await first.api.sequences.approve({ id: scene.sequenceId });
  await witness.waitFor(2);
  for (const id of scene.contactIds) await first.api.contacts.delete({ id });

  const whileRunning = await recover(place, ["--at", at, "--switch"]);
  assert.deepEqual(
    [whileRunning.how, /Cadenza is running on/.test(whileRunning.said)],
    [4, true],
    whileRunning.said,
  );
  await first.stop();
  const listed = await recover(place, ["--list"]);
  assert.match(listed.said, /Every time can be recovered:\n {2}from \S+Z to \S+Z\nBase backups:\n/);

  const done = await recover(place, ["--at", at, "--switch"]);
  assert.equal(done.how, 0, done.said);
  assert.match(done.said, /The one before is kept in/);
  const kept = readdirSync(place.dataDir).filter((name) => name.startsWith("postgres-before-"));
  assert.equal(kept.length, 1);
  assert.ok(!readdirSync(place.dataDir).some((name) => name.startsWith("recovered-")));

  const second = await running(t, place);
  const { sending } = (await second.api.installation.show()).installation;
  assert.equal(sending.held, true);
  assert.ok(sending.reasons.some(({ code }) => code === "older_state"));
  const [id = ""] = scene.contactIds;
  assert.equal(
    (await second.api.contacts.get({ id })).contact.id,
    id,
    "the deleted contacts are there again",
  );
  await second.api.sequences.approve({ id: scene.sequenceId });
  await until(async () => {
    const { explain } = await second.api.explain.contact({ id });
    return explain.contact_campaign_statuses[0]?.held_by_codes.includes("instance_fenced");
  });
  assert.equal(witness.lines().length, 2);
  await second.api.installation.confirmSending();
  await witness.waitFor(4); // a person took it upon them
  await until(async () => (await second.archive())?.from);
});

test("a recovery into a new folder leaves the present one as it is, and starts as an installation", async (t) => {
  const place = await openPlace(t);
  const first = await running(t, place);
  await until(async () => (await first.archive())?.from);
  const { contact } = await first.api.contacts.create({ first_name: "Ines", email: "ines@company.example" });
  const at = await databaseTime(place);
  await first.api.contacts.delete({ id: contact.id });
  await first.stop();
  const into = join(place.folder, "recovered");
  const done = await recover(place, ["--at", at, "--into", into]);
  assert.equal(done.how, 0, done.said);
  const again = await recover(place, ["--at", at, "--into", into]);
  assert.deepEqual([again.how, /is not empty/.test(again.said)], [4, true], again.said);
  const there = await running(t, place, {
    CADENZA_DATA_DIR: into,
    CADENZA_WAL_DIR: "",
    PORT: String(await freePort()),
  });
  assert.equal((await there.api.contacts.get({ id: contact.id })).contact.first_name, "Ines");
  assert.equal((await there.api.installation.show()).installation.sending.held, true);
  await there.stop();
  const present = await running(t, place);
  assert.equal((await present.api.installation.show()).installation.sending.held, false);
  await assert.rejects(present.api.contacts.get({ id: contact.id }));
});

test("what cannot be recovered is refused with one sentence, and nothing is left", async (t) => {
  const place = await openPlace(t);
  const refusal = async (args: string[], more: Record<string, string> = {}) => {
    const { how, said } = await recover(place, args, more);
    assert.notEqual(how, 0, said);
    return said.trim();
  };
  const now = "2026-11-30T10:15:00Z";
  assert.match(await refusal([]), /^Usage: cadenza recover --list/);
  assert.match(await refusal(["--at", now, "--into", "x", "--switch"]), /^Usage:/);
  assert.match(await refusal(["--at", "yesterday"]), /"yesterday" is not a time\./);
  assert.match(await refusal(["--list"], { CADENZA_WAL_DIR: "" }), /Set CADENZA_WAL_DIR to the folder/);
  assert.match(await refusal(["--list"]), /has no WAL archive of Cadenza\. Is its disk mounted\?/);
  const first = await running(t, place);
  await until(async () => (await first.archive())?.from);
  const at = await databaseTime(place);
  await first.stop();
  assert.match(
    await refusal(["--at", "2020-01-01T00:00:00Z"]),
    /The archive begins at .*, so .* cannot be recovered\./,
  );
  assert.match(
    await refusal(["--at", "2100-01-01T00:00:00Z"]),
    /The archive ends at .*, so .* cannot be recovered\./,
  );
  const otherKey = join(place.folder, "other.key");
  const key = readFileSync(join(place.dataDir, "cadenza.key"), "utf8");
  writeFileSync(
    otherKey,
    key.replace(/^([0-9a-f]{8}):.*$/m, `$1:${Buffer.alloc(32, 7).toString("base64")}`),
    {
      mode: 0o600,
    },
  );
  assert.match(await refusal(["--at", at], { CADENZA_KEY_FILE: otherKey }), /encrypted with another key/);
  const missing = join(place.folder, "missing.key");
  assert.match(await refusal(["--at", at], { CADENZA_KEY_FILE: missing }), /The key file .* is missing/);
  assert.match(
    await refusal(["--at", at, "--from", "cadenza-1"]),
    /The folder has no archive cadenza-1\. Name one: --from/,
  );
  assert.deepEqual(
    readdirSync(place.dataDir).filter((name) => name.startsWith("recovered-")),
    [],
  );
});

for (const point of ["switch-noted", "switch-half-done"])
  test(`a switch that is killed at ${point} is finished by the next start`, async (t) => {
    const place = await openPlace(t);
    const first = await running(t, place);
    await until(async () => (await first.archive())?.from);
    const { contact } = await first.api.contacts.create({
      first_name: "Ines",
      email: "ines@company.example",
    });
    const at = await databaseTime(place);
    await first.api.contacts.delete({ id: contact.id });
    await first.stop();
    const killed = await recover(place, ["--at", at, "--switch"], { CADENZA_CRASH: `${point}=kill` });
    assert.equal(killed.how, "SIGKILL", killed.said);
    assert.equal(existsSync(join(place.dataDir, "switch-database.json")), true);
    const second = await running(t, place);
    assert.equal((await second.api.contacts.get({ id: contact.id })).contact.first_name, "Ines");
    assert.equal(existsSync(join(place.dataDir, "switch-database.json")), false);
    assert.equal(readdirSync(place.dataDir).filter((name) => name.startsWith("postgres-before-")).length, 1);
  });

for (const point of ["wal-before-archived", "base-before-check"])
  test(`a server that is killed at ${point} goes on with its archive, and nothing is missing`, async (t) => {
    const place = await openPlace(t);
    const crashing = await spawnServer({ ...place.env, CADENZA_CRASH: `${point}=kill` });
    let how: unknown = null;
    const ended = crashing.ended.then((signal) => {
      how = signal;
    });
    const hasBase = () =>
      readdirSync(place.wal).some((name) =>
        readdirSync(join(place.wal, name), { recursive: true }).some((file) =>
          /^bases\/\d[^/]*\/manifest\.json$/.test(String(file)),
        ),
      );
    await until(async () => how !== null || hasBase());
    if (how === null) {
      await ask(place, "select pg_switch_wal()::text as answer");
      crashing.process.kill("SIGTERM"); // it archives once more before it ends
    }
    await ended;
    assert.equal(how, "SIGKILL");
    const second = await running(t, place);
    await until(async () => (await second.archive())?.from);
    const { contact } = await second.api.contacts.create({
      first_name: "Ines",
      email: "ines@company.example",
    });
    const at = await databaseTime(place);
    await second.api.contacts.delete({ id: contact.id });
    await second.stop();
    const [archive = ""] = readdirSync(place.wal);
    const bases = readdirSync(join(place.wal, archive, "bases"));
    assert.deepEqual(
      bases.filter((name) => name.startsWith(".")),
      [],
      "what the killed process left of a base backup is deleted",
    );
    const done = await recover(place, ["--at", at, "--switch"]);
    assert.equal(done.how, 0, done.said);
    const third = await running(t, place);
    assert.equal((await third.api.contacts.get({ id: contact.id })).contact.first_name, "Ines");
  });

test("while the archive fails, the API goes on, and nothing is missing once it is back", async (t) => {
  const place = await openPlace(t);
  const first = await running(t, place);
  await until(async () => (await first.archive())?.from);
  await first.stop();
  const [name = ""] = readdirSync(place.wal);
  const [root, aside] = [join(place.wal, name), join(place.wal, "aside")];
  renameSync(root, aside);
  writeFileSync(root, "");
  const second = await running(t, place);
  const told = await until(async () => {
    const now = await second.archive();
    return now?.trouble ? now : null;
  });
  assert.deepEqual(
    [told.trouble, told.error],
    ["archive_failed", "The folder of the WAL archive is a file."],
  );
  const { contact } = await second.api.contacts.create({ first_name: "Ines", email: "ines@company.example" });
  const at = await databaseTime(place);
  await second.api.contacts.delete({ id: contact.id });
  await second.stop();
  rmSync(root);
  renameSync(aside, root);
  const third = await running(t, place);
  const well = await until(async () => {
    const now = await third.archive();
    return now?.until ? now : null;
  });
  assert.equal(well.trouble, null);
  await third.stop();
  const done = await recover(place, ["--at", at, "--switch"]);
  assert.equal(done.how, 0, done.said);
  const fourth = await running(t, place);
  assert.equal((await fourth.api.contacts.get({ id: contact.id })).contact.first_name, "Ines");
});

test("with an outside database the setting is refused, and turned off it keeps no WAL", async (t) => {
  const place = await openPlace(t);
  const first = await running(t, place);
  await until(async () => (await first.archive())?.from);
  await first.stop();
  const second = await running(t, place, { CADENZA_WAL_DIR: "" });
  assert.equal(await second.archive(), null);
  assert.equal(await ask(place, "select count(*)::text as answer from pg_replication_slots"), "0");
  const { how, said } = await recover(place, ["--list"], { DATABASE_URL: "postgres://u:p@127.0.0.1/x" });
  assert.deepEqual([how, /CADENZA_WAL_DIR is for the embedded database/.test(said)], [2, true], said);
});
