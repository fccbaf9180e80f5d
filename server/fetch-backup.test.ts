// Backups fetched from the bucket by the command, as an operator starts it on a new machine: without a database and without a server.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { copyIntoBucket } from "./object-storage/upload-file.ts";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { startS3Server } from "./testing/s3-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-fetched-"));
const source = mkdtempSync(join(tmpdir(), "cadenza-fetched-from-"));
const s3 = await startS3Server();
after(async () => {
  for (const one of [folder, source]) rmSync(one, { recursive: true, force: true });
  await s3.close();
});
beforeEach(() => {
  s3.faults.length = 0;
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

const OLDER = "cadenza-99999999-20260101T030000Z.backup";
const NEWEST = "cadenza-11111111-20260102T030000Z.backup.age";
const contents = new Map<string, Buffer>();
for (const name of [OLDER, NEWEST, "notes.txt"]) {
  const content = randomBytes(17 * 1024 * 1024);
  contents.set(name, content);
  const path = join(source, name);
  writeFileSync(path, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  await copyIntoBucket(s3.open(), { path, name, bytes: content.length, sha256 });
}

async function fetchBackup(args: readonly string[] = [], env: Record<string, string> = s3.env()) {
  const { how, said } = await runOperatorProgram("fetch-backup.ts", args, env, folder);
  return { code: how, said };
}

test("the backups are listed, the newest of any installation first, and no other file", async () => {
  const { code, said } = await fetchBackup();
  assert.equal(code, 0, said);
  assert.match(said, new RegExp(`${NEWEST}  17825792 bytes\\n  ${OLDER}  17825792 bytes\\n$`));
  assert.ok(!said.includes("notes.txt"));
});

test("one is fetched whole, readable by its user alone, and never over another file", async () => {
  assert.equal((await fetchBackup(["--newest"])).code, 0);
  const place = join(folder, NEWEST);
  assert.deepEqual([readdirSync(folder), statSync(place).mode & 0o777], [[NEWEST], 0o600]);
  assert.deepEqual(readFileSync(place), contents.get(NEWEST));
  assert.equal((await fetchBackup([`--name=${OLDER}`, "--to=here.backup"])).code, 0);
  assert.deepEqual(readFileSync(join(folder, "here.backup")), contents.get(OLDER));
  const again = await fetchBackup(["--newest"]);
  assert.equal(again.code, 1);
  assert.match(again.said, /No backup was fetched\. .* exists already\./);
  assert.match(
    (await fetchBackup(["--name=cadenza-1-20260101T030000Z.backup"])).said,
    /has no backup cadenza-1-/,
  );
});

test("one that is cut off leaves no file", async () => {
  let pieces = 0;
  s3.faults.push(({ method, path }) => {
    if (method === "GET" && path.includes(OLDER)) pieces += 1;
    return pieces >= 2 ? { kind: "answer", status: 403 } : null;
  });
  const { code, said } = await fetchBackup([`--name=${OLDER}`]);
  assert.equal(code, 1);
  assert.match(said, /No backup was fetched\. The key has no permission for the bucket/);
  assert.deepEqual(readdirSync(folder), []);
});

test("settings that are missing or wrong are told in one sentence", async () => {
  const missing = await fetchBackup([], {});
  assert.equal(missing.code, 2);
  assert.match(missing.said, /CADENZA_BACKUP_S3_URL, CADENZA_BACKUP_S3_KEY_ID and CADENZA_BACKUP_S3_SECRET/);
  const wrong = await fetchBackup([], { ...s3.env(), CADENZA_BACKUP_S3_SECRET: "misspelt" });
  assert.equal(wrong.code, 1);
  assert.match(wrong.said, /^\nNo backup was fetched\. [^\n]+\n\n$/);
  assert.doesNotMatch(wrong.said, /misspelt|Signature=/);
  assert.equal((await fetchBackup(["--all"])).code, 2);
});
