// An installation goes through an upgrade of PostgreSQL's major version as its operator would take it: the new version is started on the
// data folder of the old one. What was sent is not sent again, what is due goes out, and people and programs get in as before.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { EXIT } from "./cannot-start.ts";
import { freePort } from "./testing/doors.ts";
import { type OldMajor, oldMajor, startOnOld } from "./testing/old-major.ts";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { startProcess } from "./testing/process.ts";
import { openWitness, until } from "./testing/sending.ts";
import { newScene } from "./testing/torture/scene.ts";
import { BOOTSTRAP_KEY, type Team, tokenIn } from "./testing/world.ts";

type Place = { dataDir: string; old: OldMajor; env: Record<string, string> };

async function openPlace(t: TestContext): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-upgraded-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [dataDir, wal] = [join(folder, "data"), join(folder, "wal")];
  mkdirSync(wal);
  const clock = join(folder, "clock");
  writeFileSync(clock, "0");
  const old = await oldMajor();
  const env = {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_OLD_POSTGRES_BIN: old.bin,
    CADENZA_WAL_DIR: wal,
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_LOG_LEVEL: "info",
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: clock,
    PORT: String(await freePort()),
  };
  return { dataDir, old, env };
}

async function upgraded(t: TestContext, { env }: Place, more: Record<string, string> = {}) {
  const server = await startProcess({ ...env, ...more });
  let hasEnded = false;
  async function stop() {
    if (hasEnded) return;
    hasEnded = true;
    server.signal("SIGTERM");
    assert.equal(await server.ended(), 0, server.output());
  }
  t.after(stop);
  return { ...server, stop };
}

/** A program of the operator's. */
async function run(
  { env }: Place,
  program: `${string}.ts`,
  args: readonly string[],
  more: Record<string, string> = {},
) {
  const { how, said } = await runOperatorProgram(program, args, { ...env, ...more });
  return { code: how, said };
}

const apiAt = (url: string, apiKey = BOOTSTRAP_KEY) => createClient({ baseUrl: url, apiKey, retries: 0 });
const PASSWORD = "a long sentence is a good password";
/** Of the second step, in minutes. */
const WAIT = 60;

const wentTo = (lines: readonly string[]) =>
  lines.map((line) => /T:S\d+P\d+:\d/.exec(line)?.[0] ?? line).sort();

test("email goes on after the upgrade, none is sent twice, and everybody gets in as before", async (t) => {
  const witness = await openWitness();
  t.after(witness.close);
  const place = await openPlace(t);
  const { CADENZA_CLOCK_FILE: clock = "", CADENZA_OLD_POSTGRES_BIN: _, PORT: __, ...rest } = place.env;
  const before = await startOnOld(place.dataDir, place.old, { ...rest, CADENZA_CLOCK_FILE: clock });
  const first = apiAt(before.url);
  const { invitation_url } = await first.users.invite({ email: "ines@company.example", role: "admin" });
  const token = tokenIn(invitation_url);
  await createClient({ baseUrl: before.url, retries: 0 }).invitations.accept({
    token,
    name: "Ines Okafor",
    password: PASSWORD,
  });
  const key = await first.apiKeys.create({ name: "a program", master: true });
  const scene = await newScene({ api: first } as Team, {
    port: witness.port,
    mailboxes: 2,
    contacts: 4,
    waits: [0, WAIT],
  });
  await witness.waitFor(4);
  await until(async () => {
    const { emailer_messages } = await first.emailerMessages.search({ per_page: 100 });
    return emailer_messages.filter(({ status }) => status === "completed").length === 4;
  });
  const { sql_login } = await first.sqlLogins.create({ name: "Metabase" });
  await until(async () => (await first.installation.backups()).backups.wal_archive?.from);
  await before.stop();

  const checked = await run(place, "upgrade.ts", ["--check"]);
  assert.equal(checked.code, 0, checked.said);
  assert.match(
    checked.said,
    new RegExp(
      `is PostgreSQL ${place.old.major}, and this version of Cadenza has PostgreSQL 18\\.[\\s\\S]*Size: [\\s\\S]*Time: [\\s\\S]*Disk: [\\s\\S]*Nothing is missing\\. Start Cadenza\\.`,
    ),
  );

  const after = await upgraded(t, place);
  const api = apiAt(after.url);
  const { sending } = (await api.installation.show()).installation;
  assert.deepEqual([sending.held, sending.reasons], [false, []]);
  await createClient({ baseUrl: after.url, retries: 0 }).sessions.start({
    email: "ines@company.example",
    password: PASSWORD,
  });
  assert.equal((await apiAt(after.url, key.api_key.key ?? "").auth.health()).is_logged_in, true);
  assert.equal((await api.sqlLogins.list()).sql_logins.find(({ id }) => id === sql_login.id)?.usable, true);
  assert.equal(witness.lines().length, 4, "nothing went out again");

  writeFileSync(clock, String((WAIT + 5) * 60_000));
  await witness.waitFor(8);
  await until(async () => {
    const { emailer_messages } = await api.emailerMessages.search({ per_page: 100 });
    return emailer_messages.filter(({ status }) => status === "completed").length === 8;
  });
  const went = wentTo(witness.lines().map((line) => JSON.stringify(line)));
  assert.equal(new Set(went).size, 8, went.join("\n"));
  assert.equal(scene.contactIds.length, 4);

  await until(async () => (await api.installation.backups()).backups.wal_archive?.from);
  assert.match(
    after.output(),
    new RegExp(`the WAL archive up to now belongs to PostgreSQL ${place.old.major}`),
  );
  await after.stop();
  const again = await run(place, "upgrade.ts", ["--check"]);
  assert.equal(again.code, 0, again.said);
  assert.match(
    again.said,
    /^Database: .*, PostgreSQL 18\b[\s\S]*\nKept from before an upgrade: \S+\/postgres-\d+, \d+ MB\./,
  );
  await archivesAreTold(place);
  await goesBack(t, place, witness);
});

/** The archive from before belongs to the old PostgreSQL. */
async function archivesAreTold(place: Place) {
  const listed = await run(place, "recover.ts", ["--list"]);
  assert.equal(listed.code, 0, listed.said);
  assert.match(
    listed.said,
    new RegExp(
      `Every time can be recovered:\\n {2}from [\\s\\S]*Made by another version of PostgreSQL, so not with this version:\\n {2}cadenza-\\d+ {2}from \\S+ to \\S+, with Cadenza \\S.* \\(PostgreSQL ${place.old.major}\\)`,
    ),
  );
  const name = /(cadenza-\d+) {2}from/.exec(listed.said)?.[1] ?? "";
  const until = /cadenza-\d+ {2}from \S+ to ([^,\s]+),/.exec(listed.said)?.[1] ?? "";
  const itself = await run(place, "recover.ts", ["--list", "--from", name]);
  assert.match(itself.said, /^Every time can be recovered with Cadenza .*, not with this version:/);
  const refused = await run(place, "recover.ts", ["--at", until, "--switch", "--from", name]);
  assert.equal(refused.code, EXIT.folder, refused.said);
  assert.match(
    refused.said,
    new RegExp(`This archive was made by PostgreSQL ${place.old.major}, but this version`),
  );
}

/** What went out since is unknown to the old folder, so a person must say that it may go on. */
async function goesBack(
  t: TestContext,
  { dataDir, old, env }: Place,
  witness: Awaited<ReturnType<typeof openWitness>>,
) {
  renameSync(join(dataDir, "postgres"), join(dataDir, "postgres-18"));
  renameSync(join(dataDir, `postgres-${old.major}`), join(dataDir, "postgres"));
  const { CADENZA_OLD_POSTGRES_BIN: _, PORT: __, CADENZA_WAL_DIR: ___, ...rest } = env;
  const back = await startOnOld(dataDir, old, rest);
  t.after(back.stop);
  const sending = await until(async () => {
    const told = (await apiAt(back.url).installation.show()).installation.sending;
    return told.held && told;
  });
  assert.ok(
    sending.reasons.some(({ code }) => code === "older_state"),
    JSON.stringify(sending),
  );
  assert.equal(witness.lines().length, 8);
  await back.stop();
}

test("where sending was held before, it is held afterwards", async (t) => {
  const place = await openPlace(t);
  const before = await startOnOld(place.dataDir, place.old);
  await before.app.db.inTransaction((db) => db.run("update installation set sending_place = 'another one'"));
  await before.stop();
  const after = await upgraded(t, place, { CADENZA_WAL_DIR: "" });
  const { sending } = (await apiAt(after.url).installation.show()).installation;
  assert.deepEqual([sending.held, sending.reasons.map(({ code }) => code)], [true, ["other_database"]]);
});

test("a start keeps its own programs for a later upgrade, and lets go of those that no folder needs any more", async (t) => {
  const place = await openPlace(t);
  const none = await run(place, "upgrade.ts", ["--check"]);
  assert.deepEqual([none.code, /There is no database in .* yet\./.test(none.said)], [0, true], none.said);
  const programs = join(place.dataDir, "postgres-programs");
  mkdirSync(join(programs, "14"), { recursive: true });
  mkdirSync(join(programs, "18.part-0a0b"));
  const server = await upgraded(t, place, { CADENZA_WAL_DIR: "" });
  await until(async () => existsSync(join(programs, "18", "version.txt")));
  await server.stop();
  assert.deepEqual(readdirSync(programs), ["18"]);
  assert.deepEqual((await run(place, "upgrade.ts", [])).code, EXIT.settings);
  const child = spawn(join(programs, "18", "bin", "postgres"), ["--version"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  assert.match(said.toString(), /PostgreSQL\) 18\./);
});
