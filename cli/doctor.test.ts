// The doctor, with a server, a clock and a DNS of the test's own.

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { newMailbox } from "../server/testing/sequenced.ts";
import { asOwner } from "../server/testing/wire.ts";
import { BOOTSTRAP_KEY, type Team, useWorld, type World } from "../server/testing/world.ts";
import type { Finding } from "./doctor.ts";
import { cadenza } from "./testing.ts";

let team: Team;
const world: World = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** Answers TXT questions from a table, over UDP as DNS does. */
async function dnsThatSays(texts: Record<string, string[]>) {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    let end = 12;
    const labels: string[] = [];
    while (question[end]) {
      const length = question[end] as number;
      labels.push(question.toString("ascii", end + 1, end + 1 + length));
      end += length + 1;
    }
    const asked = question.subarray(12, end + 5);
    const records = texts[labels.join(".").toLowerCase()] ?? [];
    const head = Buffer.from([
      ...question.subarray(0, 2),
      0x81,
      records.length ? 0x80 : 0x83,
      0,
      1,
      0,
      records.length,
      0,
      0,
      0,
      0,
    ]);
    const answers = records.map((text) =>
      Buffer.concat([
        Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, text.length + 1, text.length]),
        Buffer.from(text),
      ]),
    );
    socket.send(Buffer.concat([head, asked, ...answers]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  after(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

async function examined(env: Record<string, string>, ...more: string[]) {
  const ran = await cadenza(["doctor", "--json", ...more], { env });
  const { findings } = ran.json<{ findings: Finding[] }>();
  return { code: ran.code, of: (about: string) => findings.find((one) => one.about === about), findings };
}

test("a team whose domain is in order is well; each of the three records that is not is told", async () => {
  await newMailbox(team, { email: "ole@mail.good.example" });
  await newMailbox(team, { email: "ole@bad.example" });
  await newMailbox(team, { email: "ole@odd.example" });
  const { id } = await newMailbox(team, { email: "ole@signed.example" });
  await team.api.emailAccounts.setDkim({ id, selector: "s2026" });
  const CADENZA_DNS = await dnsThatSays({
    "mail.good.example": ["v=spf1 include:_spf.provider.example ~all", "other=thing"],
    "google._domainkey.mail.good.example": ["v=DKIM1; k=rsa; p=MIGfMA0"],
    "_dmarc.good.example": ["v=DMARC1; p=reject; rua=mailto:x@good.example"],
    "odd.example": ["v=spf1 +all"],
    "mine._domainkey.odd.example": ["p=MIGf"],
    "_dmarc.odd.example": ["v=DMARC1; p=none"],
  });
  const env = { CADENZA_URL: world.url, CADENZA_API_KEY: team.key, CADENZA_DNS };
  const { code, of } = await examined(env, "--dkim-selector", "mine");
  assert.equal(code, 7);
  for (const about of ["server", "database", "clock", "key", "sending", "ole@bad.example"])
    assert.equal(of(about)?.verdict, "well", about);
  const verdicts = (domain: string) =>
    ["SPF", "DKIM", "DMARC"].map((record) => of(`${domain} ${record}`)?.verdict);
  assert.deepEqual(verdicts("mail.good.example"), ["well", "well", "well"]);
  assert.deepEqual(verdicts("bad.example"), ["trouble", "unsure", "trouble"]);
  assert.deepEqual(verdicts("odd.example"), ["trouble", "well", "unsure"]);
  assert.deepEqual(
    [of("signed.example DKIM")?.verdict, /s2026\._domainkey/.test(of("signed.example DKIM")?.says ?? "")],
    ["trouble", true],
  );
  assert.match(of("bad.example DMARC")?.todo ?? "", /_dmarc\.bad\.example/);
  const table = await cadenza(["doctor"], { env });
  assert.match(table.out, /^bad\.example SPF +trouble +No record found\.$/m);
});

test("backups that are off, missing, failed and good are told apart", async () => {
  const { app } = world.running;
  const look = async (key = BOOTSTRAP_KEY, about = "backups") =>
    (await examined({ CADENZA_URL: world.url, CADENZA_API_KEY: key, CADENZA_DNS: "127.0.0.1:9" })).of(about);
  assert.deepEqual((await look(team.key))?.verdict, "unsure", "not this team's to see");
  assert.match((await look())?.says ?? "", /No backups are scheduled/);
  const keep = { days: 7, weeks: 4, months: 6 };
  app.config.backup = { folder: "/nowhere", hour: 3, keep, recipients: [], bucket: null };
  try {
    const missing = await look();
    assert.deepEqual([missing?.verdict, missing?.says.slice(0, 20)], ["trouble", "A backup is missing."]);
    const ran = (more: string) =>
      asOwner(world, (client) =>
        client.query(`insert into backup_runs (id, started_at, ended_at, ${more}`, [app.now().toString()]),
      );
    await ran("error) values (new_ident(), $1, $1, 'The disk of the backup folder is full.')");
    const failed = await look();
    assert.equal(failed?.verdict, "trouble");
    assert.match(failed?.says ?? "", /full\. There is no good one so far\./);
    await ran(
      "verified_at, file, bytes) select new_ident(), $1::timestamptz + interval '1 second', $1, $1, 'cadenza.backup', 1",
    );
    assert.equal((await look())?.verdict, "well");
    assert.equal(await look(BOOTSTRAP_KEY, "copies of backups"), undefined);
    app.config.backup.bucket = {
      origin: "https://s3.example.com",
      host: "s3.example.com",
      port: 443,
      bucket: "b",
      prefix: "",
      address: "https://s3.example.com/b",
      region: "us-east-1",
      keyId: "K",
      secret: "S",
    };
    const copies = async () => {
      const { verdict, says } = (await look(BOOTSTRAP_KEY, "copies of backups")) ?? assert.fail();
      return [verdict, says];
    };
    assert.deepEqual(await copies(), [
      "well",
      "https://s3.example.com/b has none of this installation so far.",
    ]);
    const note = (what: string) =>
      asOwner(world, (client) =>
        client.query(`update backup_runs set ${what} where verified_at is not null`),
      );
    await note("copy_error = 'The storage is full.'");
    const [verdict, says] = await copies();
    assert.deepEqual(
      [verdict, says?.slice(0, 52)],
      ["trouble", "The last backup was not copied. The storage is full."],
    );
    await note("copy_error = null, copied_at = started_at, copied_to = 'https://s3.example.com/b'");
    assert.equal((await copies())[0], "well");
  } finally {
    app.config.backup = null;
  }
});

test("a WAL archive that is off, well, behind and failing is told", async () => {
  const { app } = world.running;
  const look = async () =>
    (
      await examined({ CADENZA_URL: world.url, CADENZA_API_KEY: BOOTSTRAP_KEY, CADENZA_DNS: "127.0.0.1:9" })
    ).of("WAL archive");
  assert.equal(await look(), undefined);
  const now = app.now();
  const bases = { from: now.subtract({ hours: 30 }), lastAt: now.subtract({ hours: 6 }), failure: null };
  const status = {
    folder: "/mnt/wal",
    keepDays: 7,
    until: now,
    failure: null,
    bases: { ...bases, isRunning: false },
  };
  try {
    app.walArchive = () => status;
    const well = await look();
    assert.deepEqual([well?.verdict, well?.todo], ["well", undefined]);
    assert.match(well?.says ?? "", /^The database can be recovered to any time from .*Z to .*Z\.$/);
    app.walArchive = () => ({ ...status, until: now.subtract({ hours: 1 }) });
    assert.match((await look())?.says ?? "", /^It is behind\. The database can be recovered/);
    const failure = { since: now, says: "The disk of the WAL archive is full." };
    app.walArchive = () => ({ ...status, failure });
    const failed = await look();
    assert.deepEqual(
      [failed?.verdict, failed?.says.slice(0, failure.says.length)],
      ["trouble", failure.says],
    );
    assert.match(failed?.todo ?? "", /8 GB/);
    app.walArchive = () => ({ ...status, bases: { ...status.bases, failure: { at: now, says: "Full." } } });
    assert.match((await look())?.todo ?? "", /every 15 minutes/);
  } finally {
    app.walArchive = null;
  }
});

test("a key that is wrong and a server that is not there are told, with what to do", async () => {
  const wrong = await examined({ CADENZA_URL: world.url, CADENZA_API_KEY: "wrong-key" });
  assert.deepEqual([wrong.code, wrong.of("key")?.verdict], [7, "trouble"]);
  const gone = await examined({ CADENZA_URL: "http://127.0.0.1:9" });
  assert.deepEqual([gone.code, gone.findings.map(({ about }) => about)], [7, ["server"]]);
});

test("a database that is away and a clock that is off are told", async () => {
  const server = createServer((_request, response) => {
    response.writeHead(503, { date: new Date(Date.now() + 24 * 3_600_000).toUTCString() }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  const { of } = await examined({
    CADENZA_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  assert.equal(of("database")?.verdict, "trouble");
  assert.match(of("clock")?.says ?? "", /86[34]\d\d s ahead of/);
});

test("a disk is named where the database is on this machine, and early where it fills", async () => {
  const { app } = world.running;
  const { databaseUrl } = app.config;
  const env = { CADENZA_URL: world.url, CADENZA_API_KEY: BOOTSTRAP_KEY, CADENZA_DNS: "127.0.0.1:9" };
  const look = async () => (await examined(env)).of("disk");
  assert.equal(await look(), undefined);
  app.config.databaseUrl = null;
  try {
    assert.match((await look())?.says ?? "", /^\d.* of \d.* are free\.$/);
    const past = app.now().toZonedDateTimeISO("UTC").toPlainDate().subtract({ days: 10 });
    await asOwner(world, (client) =>
      client.query("insert into storage_samples (day, kind, bytes) values ($1, 'emails', -1e17)", [
        past.toString(),
      ]),
    );
    const full = await look();
    assert.equal(full?.verdict, "trouble");
    assert.match(full?.says ?? "", /At this pace it is full on \d{4}-\d\d-\d\d\.$/);
    assert.match(full?.todo ?? "", /cadenza storage/);
  } finally {
    app.config.databaseUrl = databaseUrl;
  }
});
