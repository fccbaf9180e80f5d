// Scheduled backups that are encrypted for public keys of the operator, with a real database and a real folder.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, beforeEach, test } from "node:test";
import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { decrypted, encryptTo } from "../../db/backup-encryption.ts";
import { bytesOf, openBackup } from "../../db/backup-format.ts";
import { CannotRestore } from "../../db/snapshot-refusals.ts";
import { readKeep } from "../../domain/time/backup-keeping.ts";
import { backupFigures } from "../../features/administration/backups/figures.ts";
import { newContacts } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { backUpOnce } from "./back-up.ts";

const base = mkdtempSync(join(tmpdir(), "cadenza-encrypted-"));
after(() => rmSync(base, { recursive: true, force: true }));
const folder = mkdtempSync(join(base, "kept-"));
const identities = [await generateIdentity(), await generateIdentity()];
const recipients = await Promise.all(identities.map(identityToRecipient));
const keep = readKeep("2d") ?? assert.fail();
const backup = { folder, hour: 3, keep, recipients, bucket: null };
const world = useWorld({ role: "api", backup }, async (opened) => {
  await newContacts(await opened.newTeam(), 5);
});
beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await asOwner(world, (client) => client.query("delete from backup_runs"));
});

const backUp = () => backUpOnce(world.running.app, world.ownerConnection);
const shown = async () => (await world.operator.installation.backups()).backups;

async function openedWith(identity: string, file: string) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(readFileSync(file));
}

test("a backup is encrypted for several recipients, and each private key decrypts it to a whole backup", async () => {
  assert.equal(await backUp(), 1);
  const { last_good, recipients: told, trouble } = await shown();
  assert.match(last_good?.file ?? "", /^cadenza-[0-9a-f]{8}-\d{8}T\d{6}Z\.backup\.age$/);
  assert.deepEqual([readdirSync(folder), told, trouble], [[last_good?.file], recipients, null]);
  const file = join(folder, last_good?.file ?? "");
  const bytes = readFileSync(file);
  assert.deepEqual([statSync(file).mode & 0o777, last_good?.bytes], [0o600, bytes.length]);
  assert.ok(bytes.subarray(0, 22).equals(Buffer.from("age-encryption.org/v1\n")));
  assert.equal(bytes.toString("latin1").match(/^-> X25519 /gm)?.length, 2, "and for no other key");
  for (const identity of identities) {
    const plain = await openedWith(identity, file);
    const source = await openBackup(async function* () {
      yield Buffer.from(plain);
    });
    const tables = [];
    for (const { name } of source.contents.tables) {
      for await (const _ of source.piecesOfTable());
      tables.push(name);
    }
    assert.ok(tables.includes("contacts"));
  }
  await assert.rejects(openedWith(await generateIdentity(), file));
  const figures = new Map((await backupFigures(world.running.app)).map(({ name, value }) => [name, value]));
  assert.equal(figures.get("cadenza_backups_encrypted"), 1);
  assert.equal(figures.get("cadenza_backup_last_good_size_bytes"), bytes.length);
});

test("a server that is given an encrypted file says so", async () => {
  assert.equal(await backUp(), 1);
  const file = join(folder, readdirSync(folder)[0] ?? "");
  await assert.rejects(
    openBackup(bytesOf(file)),
    (error) => error instanceof CannotRestore && /encrypted.*--identity/.test(error.message),
  );
});

test("encrypted files and older plain ones are kept and deleted by one rule", async () => {
  const rows = await asOwner(world, (client) =>
    client.query("select right(id, 8) as of from installation").then((found) => found.rows),
  );
  const nameOf = (stamp: string, end: string) => `cadenza-${rows[0]?.of}-${stamp}T030000Z.backup${end}`;
  const foreign = ["cadenza-00000000-20200101T030000Z.backup.age", nameOf("20200101", ".age.tmp")];
  const old = [nameOf("20200101", ""), nameOf("20200102", ".age"), nameOf("20200103", "")];
  for (const name of [...old, ...foreign]) writeFileSync(join(folder, name), "");
  assert.equal(await backUp(), 1);
  const first = (await shown()).last_good;
  assert.deepEqual(
    [readdirSync(folder).sort(), first?.deleted],
    [[...foreign, old[2], first?.file].sort(), 2],
  );
  backup.recipients = [];
  world.advance({ hours: 24 });
  try {
    assert.equal(await backUp(), 1);
  } finally {
    backup.recipients = recipients;
  }
  const second = (await shown()).last_good;
  assert.match(second?.file ?? "", /\.backup$/);
  assert.deepEqual(readdirSync(folder).sort(), [...foreign, first?.file, second?.file].sort());
});

test("a file that is cut or changed at any place is found when it is read back", async () => {
  const place = join(base, "pieces.age");
  const pieces: Buffer[] = [];
  const encryption = await encryptTo(recipients, async (piece) => void pieces.push(Buffer.from(piece)));
  const plain = Buffer.alloc(200_000, "noise");
  for (let at = 0; at < plain.length; at += 30_000) await encryption.write(plain.subarray(at, at + 30_000));
  await encryption.finish();
  const whole = Buffer.concat(pieces);
  writeFileSync(place, whole);
  const read = () => Readable.from(decrypted(place, encryption.fileKey)()).toArray();
  assert.ok(Buffer.concat(await read()).equals(plain));
  const chunk = 64 * 1024 + 16;
  const head = whole.indexOf("\n---") + 1 + "--- ".length + 43 + 1 + 16;
  const places = [0, 21, 30, head - 17, head - 1, head, head + chunk - 1, head + chunk, head + 3 * chunk];
  for (const at of [...places, whole.length - 17, whole.length - 1]) {
    writeFileSync(place, whole.subarray(0, at));
    await assert.rejects(read(), CannotRestore, `cut at ${at}`);
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    writeFileSync(place, changed);
    await assert.rejects(read(), CannotRestore, `changed at ${at}`);
  }
  writeFileSync(place, Buffer.concat([whole, Buffer.from("x")]));
  await assert.rejects(read(), CannotRestore, "something was added");
});
