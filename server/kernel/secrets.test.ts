import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { addKey, forgetOlderKeys } from "./key-file.ts";
import { BadKeyFile, openSecrets, type SecretLocation } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-secrets-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const PLACE: SecretLocation = {
  teamId: "64f0aa000000000000000001",
  table: "mailboxes",
  rowId: "64f0aa000000000000000002",
  column: "smtp_password",
};
const SECRET = "a mailbox's pässword 🎻";

function keyFile(name: string, ...keys: [id: string, fill: number][]) {
  const file = join(folder, name);
  writeFileSync(
    file,
    keys.map(([id, fill]) => `${id}:${Buffer.alloc(32, fill).toString("base64")}\n`).join(""),
    { mode: 0o600 },
  );
  return file;
}

test("what is sealed opens again in its place, and looks different every time", () => {
  const secrets = openSecrets(keyFile("plain.key", ["0a0a0a0a", 1]), false);
  const sealed = secrets.seal(PLACE, SECRET);
  assert.equal(secrets.open(PLACE, sealed), SECRET);
  assert.notDeepEqual(secrets.seal(PLACE, SECRET), sealed);
  for (const form of ["latin1", "hex", "base64"] as const)
    assert.ok(!sealed.toString(form).includes(Buffer.from(SECRET).toString(form).slice(0, 12)));
  assert.equal(secrets.open(PLACE, secrets.seal(PLACE, "")), "");
});

test("it opens in no other team, table, row or column", () => {
  const secrets = openSecrets(keyFile("place.key", ["0a0a0a0a", 1]), false);
  const sealed = secrets.seal(PLACE, SECRET);
  const elsewhere = [
    { teamId: "64f0aa0000000000000000ff" },
    { table: "webhooks" },
    { rowId: "64f0aa0000000000000000ff" },
    { column: "imap_password" },
    { table: 'mailboxes","x', rowId: "" },
  ];
  for (const change of elsewhere)
    assert.throws(() => secrets.open({ ...PLACE, ...change }, sealed), JSON.stringify(change));
});

test("one bit changed anywhere, or a part cut off, and it does not open", () => {
  const secrets = openSecrets(keyFile("bits.key", ["0a0a0a0a", 1]), false);
  const sealed = secrets.seal(PLACE, SECRET);
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    assert.throws(() => secrets.open(PLACE, altered), `byte ${at}`);
  }
  for (const length of [0, 1, 5, 20, 32, sealed.length - 1])
    assert.throws(() => secrets.open(PLACE, sealed.subarray(0, length)), `${length} bytes`);
});

test("the first key seals, every key opens, and a key taken away is named", () => {
  const old = openSecrets(keyFile("old.key", ["0a0a0a0a", 1]), false);
  const sealedBefore = old.seal(PLACE, SECRET);
  const both = openSecrets(keyFile("both.key", ["0b0b0b0b", 2], ["0a0a0a0a", 1]), false);
  assert.equal(both.open(PLACE, sealedBefore), SECRET);
  assert.ok(both.knows(old.fingerprint) && !old.knows(both.fingerprint));
  const fresh = openSecrets(keyFile("fresh.key", ["0b0b0b0b", 2]), false);
  assert.equal(fresh.open(PLACE, both.seal(PLACE, SECRET)), SECRET);
  assert.throws(
    () => fresh.open(PLACE, sealedBefore),
    new BadKeyFile("The key 0a0a0a0a is missing in the key file, but a secret was encrypted with it."),
  );
  const impostor = openSecrets(keyFile("impostor.key", ["0a0a0a0a", 9]), false);
  assert.throws(() => impostor.open(PLACE, sealedBefore));
});

test("a key file is made once, for its owner only, and not where one should be", () => {
  const file = join(folder, "new", "made.key");
  const first = openSecrets(file, true);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "new")).mode & 0o777, 0o700);
  assert.match(readFileSync(file, "utf8"), /^#.*\n[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n$/);
  assert.ok(openSecrets(file, true).knows(first.fingerprint), "a second start finds it");
  assert.throws(() => openSecrets(join(folder, "absent.key"), false), BadKeyFile);
  const other = openSecrets(join(folder, "new", "other.key"), true);
  assert.ok(!other.knows(first.fingerprint));
});

test("the fingerprint gives nothing of the key away", () => {
  const file = keyFile("print.key", ["0a0a0a0a", 5]);
  const { fingerprint } = openSecrets(file, false);
  assert.equal(fingerprint.length, 16);
  assert.ok(!Buffer.alloc(32, 5).includes(fingerprint));
});

test("a key file that others can read, or that holds no key, is refused and says why", () => {
  const line = `0a0a0a0a:${Buffer.alloc(32, 7).toString("base64")}`;
  const cases: [text: string, mode: number, sentence: RegExp][] = [
    [line, 0o644, /can be read by others \(mode 644\)\. Run: chmod 600/],
    [line, 0o640, /can be read by others \(mode 640\)/],
    [line, 0o601, /can be read by others \(mode 601\)/],
    ["hello\n", 0o600, /Each line must be <8 hex characters>/],
    [`${line}\n0b0b0b0b:c2hvcnQ=\n`, 0o600, /has an invalid line/],
    ["# nothing\n\n", 0o600, /contains no key/],
  ];
  for (const [index, [text, mode, sentence]] of cases.entries()) {
    const file = join(folder, `bad${index}.key`);
    writeFileSync(file, text);
    chmodSync(file, mode);
    assert.throws(
      () => openSecrets(file, true),
      (error) =>
        error instanceof BadKeyFile && sentence.test(error.message) && !error.message.includes(line.slice(9)),
    );
  }
});

const DIGEST_PLACE: SecretLocation = { ...PLACE, teamId: "", table: "installation", column: "digest_key" };

test("a digest recognizes its text, and stays the same when the key of secrets is changed", () => {
  const file = join(folder, "digests.key");
  const secrets = openSecrets(file, true);
  assert.throws(() => secrets.digest("asked"), /before their key is known/);
  const kept = secrets.newDigestKey(DIGEST_PLACE, false);
  secrets.useDigestKey(DIGEST_PLACE, kept);
  const digest = secrets.digest("asked");

  addKey(file);
  const turned = openSecrets(file, false);
  turned.useDigestKey(DIGEST_PLACE, kept);
  assert.ok(turned.isDigestOf("asked", digest) && turned.digest("asked").equals(digest));
  assert.ok(!turned.isDigestOf("asked otherwise", digest));
  assert.ok(!turned.isDigestOf("asked", digest.subarray(1)));
});

test("where digests were made before they had a key of their own, they are still recognized", () => {
  const bytes = Buffer.alloc(32, 3);
  const older = createHmac("sha256", bytes).update("digest\0").update("asked").digest();
  const secrets = openSecrets(keyFile("older.key", ["0a0a0a0a", 3]), false);
  secrets.useDigestKey(DIGEST_PLACE, secrets.newDigestKey(DIGEST_PLACE, true));
  assert.ok(secrets.isDigestOf("asked", older));
  secrets.useDigestKey(DIGEST_PLACE, secrets.newDigestKey(DIGEST_PLACE, false));
  assert.ok(!secrets.isDigestOf("asked", older), "a new installation's is nobody's key");
});

test("a key that is added while it runs seals at once, and what it sealed elsewhere is opened", () => {
  const file = join(folder, "turned.key");
  const running = openSecrets(file, true);
  const before = running.seal(PLACE, SECRET);
  const key = addKey(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const elsewhere = openSecrets(file, false).seal(PLACE, "sealed elsewhere");
  assert.equal(running.open(PLACE, elsewhere), "sealed elsewhere");
  assert.equal(running.keyId, key.id);
  const after = running.seal(PLACE, SECRET);
  assert.equal(after.toString("hex", 1, 5), key.id);

  assert.equal(forgetOlderKeys(file), 1);
  const onlyNew = openSecrets(file, false);
  assert.equal(onlyNew.open(PLACE, after), SECRET);
  assert.throws(() => onlyNew.open(PLACE, before), BadKeyFile);
  assert.equal(forgetOlderKeys(file), 0);
});

test("a key file that is broken or gone for a moment takes nothing away from who has read it", () => {
  const file = join(folder, "fragile.key");
  const running = openSecrets(file, true);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, "half a li");
  const sealed = running.seal(PLACE, SECRET);
  rmSync(file);
  assert.equal(running.open(PLACE, running.seal(PLACE, SECRET)), SECRET);
  writeFileSync(file, text, { mode: 0o600 });
  assert.equal(openSecrets(file, false).open(PLACE, sealed), SECRET);
});
