// Backups that the program encrypts and decrypts on this machine, and trial restores, with real servers.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { newContacts } from "../server/testing/sequenced.ts";
import { asOwner } from "../server/testing/wire.ts";
import { BOOTSTRAP_KEY, openWorld, type Team, type World } from "../server/testing/world.ts";
import { cadenza, home } from "./testing.ts";

type Opened = World & { close(): Promise<void> };
const keyFile = join(home, "cadenza.key");
const file = join(home, "all.backup.age");
const plain = join(home, "all.backup");
const identityFile = join(home, "ops.txt");
let source: Opened;
let target: Opened;
let team: Team;
let recipient = "";
before(async () => {
  const identity = await generateIdentity();
  recipient = await identityToRecipient(identity);
  writeFileSync(identityFile, `# created: 2026-11-20T09:00:00Z\n# public key: ${recipient}\n${identity}\n`);
  source = await openWorld({ keyFile, role: "api" });
  target = await openWorld({ keyFile, role: "api" });
  team = await source.newTeam("Åsgård Kraft");
  await newContacts(team, 30);
});
after(async () => {
  await source?.close();
  await target?.close();
});

const at = ({ url }: World, key = BOOTSTRAP_KEY) => ({ env: { CADENZA_URL: url, CADENZA_API_KEY: key } });
const contactsOf = (world: World) =>
  asOwner(world, (client) =>
    client.query<{ n: number }>("select count(*)::int as n from contacts").then(({ rows }) => rows[0]?.n),
  );
const databasesOnTrial = () =>
  asOwner(source, (client) =>
    client
      .query("select datname from pg_database where datname like 'cadenza_trial%'")
      .then(({ rows }) => rows.length),
  );

test("a backup is encrypted for a public key, and a misspelt or private key is refused before anything is asked", async () => {
  const made = await cadenza(["backup", file, "--recipient", recipient], at(source));
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /^Saved as .*all\.backup\.age, 0\.\d MB, encrypted\./);
  assert.ok(readFileSync(file, "latin1").startsWith("age-encryption.org/v1\n"));
  assert.equal((await cadenza(["backup", plain], at(source))).code, 0);
  const misspelt = `${recipient.slice(0, -1)}${recipient.endsWith("q") ? "p" : "q"}`;
  const secret = readFileSync(identityFile, "utf8").trim().split("\n").at(-1) ?? "";
  for (const [wrong, says] of [
    [misspelt, /misspelt or incomplete/],
    ["age1", /misspelt or incomplete/],
    [`${recipient},`, /misspelt or incomplete/],
    [secret, /this is a private one/],
  ] as const) {
    const { code, err } = await cadenza(["backup", join(home, "no.age"), "--recipient", wrong], at(source));
    assert.deepEqual([code, says.test(err), err.includes(secret)], [2, true, false], err);
  }
  assert.deepEqual(
    readdirSync(home).filter((name) => name.startsWith("no.")),
    [],
  );
});

test("without the right private key, and cut or changed anywhere, nothing is restored and one sentence says why", async () => {
  const stranger = join(home, "stranger.txt");
  writeFileSync(stranger, `${await generateIdentity()}\n`);
  const noKeys = join(home, "no-keys.txt");
  writeFileSync(noKeys, "# nothing\n");
  const refused = async (args: string[], exit: number, says: RegExp) => {
    for (const command of [["restore"], ["backup", "verify"]]) {
      const { code, err } = await cadenza([...command, ...args], at(target));
      assert.deepEqual([code, says.test(err)], [exit, true], `${command} ${args}: ${err}`);
    }
  };
  await refused([file], 2, /all\.backup\.age is encrypted\. Name the file with its private key: --identity/);
  await refused(
    [file, "--identity", stranger],
    1,
    /No key in .*stranger\.txt decrypts .*\. Nothing was sent/,
  );
  await refused([file, "--identity", noKeys], 2, /is not a file of private keys of age/);
  await refused([file, "--identity", plain], 2, /is not a file of private keys of age/);
  await refused([file, "--identity", join(home, "none.txt")], 2, /none\.txt: the file does not exist/);
  const bad = join(home, "bad.age");
  const whole = readFileSync(file);
  for (const place of [0, 22, 250, 5_000, 64 * 1024, whole.length - 1].filter((one) => one < whole.length)) {
    writeFileSync(bad, whole.subarray(0, place));
    const cut = await cadenza(["restore", bad, "--identity", identityFile], at(target));
    assert.deepEqual([cut.code, /cut off or changed/.test(cut.err)], [1, true], `${place}: ${cut.err}`);
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    writeFileSync(bad, changed);
    const other = await cadenza(["restore", bad, "--identity", identityFile], at(target));
    assert.deepEqual([other.code, /changed|decrypts/.test(other.err)], [1, true], `${place}: ${other.err}`);
  }
  assert.equal(await contactsOf(target), 0);
});

test("a trial restore says what a backup holds, changes nothing, and leaves no database", async () => {
  const before = await contactsOf(source);
  const verified = await cadenza(["backup", "verify", file, "--identity", identityFile], at(source));
  assert.equal(verified.code, 0, verified.err);
  assert.match(verified.out, /all\.backup\.age can be restored\./);
  assert.match(verified.out, /by Cadenza \d.*: 2 teams, 30 contacts, 0 emails\./);
  const { code, json } = await cadenza(["backup", "verify", plain, "--json"], at(source));
  const { backup } = json<{
    backup: { contacts: number; rows: number; tables: number; migrated: string[] };
  }>();
  assert.deepEqual([code, backup.contacts, backup.migrated], [0, 30, []]);
  assert.ok(backup.rows > 30 && backup.tables > 100);
  assert.deepEqual([await contactsOf(source), await databasesOnTrial()], [before, 0]);
  const { sending } = (await source.operator.installation.show()).installation;
  assert.equal(sending.held, false, "the database in use goes on sending");
});

test("a trial restore is refused with another key file, for a team's own key, and for a file that is no backup", async () => {
  const stranger = await openWorld({ role: "api" });
  try {
    const other = await cadenza(["backup", "verify", plain], at(stranger));
    assert.deepEqual([other.code, /encrypted with another key/.test(other.err)], [1, true], other.err);
  } finally {
    await stranger.close();
  }
  const own = await cadenza(["backup", "verify", plain], at(source, team.key));
  assert.deepEqual([own.code, /CADENZA_BOOTSTRAP_KEY/.test(own.err)], [3, true], own.err);
  const posted = await fetch(`${source.url}/api/v1/installation/backup/verify`, {
    method: "POST",
    headers: { "x-api-key": BOOTSTRAP_KEY, "content-type": "application/vnd.cadenza.backup" },
    body: new Uint8Array(readFileSync(file)),
  });
  const { error } = (await posted.json()) as { error: string };
  assert.deepEqual([posted.status, /encrypted/.test(error)], [422, true], error);
  assert.equal(await databasesOnTrial(), 0);
});

test("an encrypted backup is restored with its private key, and a plain one needs none", async () => {
  const restored = await cadenza(["restore", file, "--identity", identityFile], at(target));
  assert.equal(restored.code, 0, restored.err);
  assert.equal(await contactsOf(target), 30);
  const another = await openWorld({ keyFile, role: "api" });
  try {
    const { code, err } = await cadenza(["restore", plain, "--identity", identityFile], at(another));
    assert.equal(code, 0, err);
  } finally {
    await another.close();
  }
  assert.equal(existsSync(`${file}.part`), false);
});
