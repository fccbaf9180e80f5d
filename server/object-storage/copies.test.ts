// Copies of files in a bucket, against a real S3 server with a proxy before it that cuts, changes and answers in its place.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { type Fault, startS3Server } from "../testing/s3-server.ts";
import type { Bucket } from "./bucket.ts";
import { StorageFailure } from "./storage-failure.ts";
import { type CheckedFile, copyIntoBucket, partSizeOf, piecesOf } from "./upload-file.ts";

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "cadenza-copies-"));
const s3 = await startS3Server();
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await s3.close();
});
beforeEach(() => {
  s3.faults.length = 0;
  s3.seen.length = 0;
});

let count = 0;

function newFile(bytes: number): CheckedFile & { content: Buffer } {
  const content = randomBytes(bytes);
  count += 1;
  const name = `cadenza-00000001-2026010${count}T030000Z.backup`;
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name, bytes, sha256: createHash("sha256").update(content).digest("hex"), content };
}

async function contentOf(bucket: Bucket, name: string) {
  const bytes = await bucket.lengthOf(name);
  if (bytes === null) return null;
  return Buffer.concat(await Array.fromAsync(piecesOf(bucket, { name, bytes })));
}

/** Once: only the first call that fits. */
function once(fits: (method: string, path: string) => boolean, fault: Fault) {
  let isDone = false;
  s3.faults.push(({ method, path }) => {
    if (isDone || !fits(method, path)) return null;
    isDone = true;
    return fault;
  });
}

const isPart = (method: string, path: string) => method === "PUT" && path.includes("partNumber=");
const isHead = (method: string) => method === "HEAD";

async function failure(doing: Promise<unknown>): Promise<StorageFailure> {
  const error = await doing.then(
    () => assert.fail("it went well"),
    (error: unknown) => error,
  );
  if (error instanceof StorageFailure) return error;
  throw error;
}

test("a file of several parts is copied whole, below the prefix, and copied once", async () => {
  const bucket = s3.open();
  const file = newFile(35 * MIB);
  await copyIntoBucket(bucket, file);
  assert.deepEqual(await contentOf(bucket, file.name), file.content);
  assert.deepEqual(await bucket.list(), [{ name: file.name, bytes: file.bytes }]);
  const whole = s3.open(s3.settings({}, s3.name));
  assert.deepEqual(await whole.list(), [{ name: `backups/${file.name}`, bytes: file.bytes }]);
  assert.deepEqual(await bucket.listUploads(), []);
  const parts = s3.seen.filter(({ method, path }) => isPart(method, path)).length;
  await copyIntoBucket(bucket, file);
  assert.equal(
    s3.seen.filter(({ method, path }) => isPart(method, path)).length,
    parts,
    "it lay there already",
  );
  await bucket.delete(file.name);
  assert.equal(await bucket.lengthOf(file.name), null);
});

test("the largest object of S3 fits in the parts that S3 allows", () => {
  for (const bytes of [1, 16 * MIB, 160_000 * MIB, 160_001 * MIB, 5 * MIB * MIB])
    assert.ok(Math.ceil(bytes / partSizeOf(bytes)) <= 10_000, String(bytes));
  assert.equal(partSizeOf(1), 16 * MIB);
});

test("a connection that is cut in the middle of a part sends that part again", async () => {
  const waits: number[] = [];
  const bucket = s3.open(s3.settings(), waits);
  const file = newFile(20 * MIB);
  once((method, path) => isPart(method, path) && path.includes("partNumber=2"), {
    kind: "cut",
    afterBytes: MIB,
  });
  await copyIntoBucket(bucket, file);
  assert.deepEqual(await contentOf(bucket, file.name), file.content);
  assert.deepEqual(waits, [1000]);
});

test("an overloaded storage is asked again after the wait that it names", async () => {
  const waits: number[] = [];
  const bucket = s3.open(s3.settings(), waits);
  const busy = (headers: Record<string, string>) =>
    once(isPart, { kind: "answer", status: 503, headers, body: "<Error><Code>SlowDown</Code></Error>" });
  busy({ "retry-after": "7" });
  busy({ "retry-after": "86400" });
  busy({});
  const file = newFile(MIB);
  await copyIntoBucket(bucket, file);
  assert.deepEqual(waits, [7000, 60_000, 20_000]);
  assert.deepEqual(await contentOf(bucket, file.name), file.content);
});

test("a storage that stays away fails the copy, and leaves no unfinished upload", async () => {
  const bucket = s3.open();
  const file = newFile(MIB);
  s3.faults.push(({ method, path }) => (isPart(method, path) ? { kind: "cut", afterBytes: 1000 } : null));
  assert.match((await failure(copyIntoBucket(bucket, file))).message, /cannot be reached/);
  assert.deepEqual([await bucket.listUploads(), await bucket.lengthOf(file.name)], [[], null]);
});

test("a lost answer to the last call of an upload does not fail a copy that is whole", async () => {
  const bucket = s3.open();
  const file = newFile(MIB);
  once((method, path) => method === "POST" && path.includes("uploadId="), { kind: "lost" });
  await copyIntoBucket(bucket, file);
  assert.deepEqual(await contentOf(bucket, file.name), file.content);
});

test("an upload that fails after its status was sent is a failure", async () => {
  const body = "<Error><Code>InternalError</Code></Error>";
  once((method, path) => method === "POST" && path.includes("uploadId="), {
    kind: "answer",
    status: 200,
    body,
  });
  const file = newFile(MIB);
  assert.equal((await failure(copyIntoBucket(s3.open(), file))).code, "InternalError");
});

test("a copy of another length, or with other bytes, is deleted and told", async () => {
  const bucket = s3.open();
  const file = newFile(MIB);
  let heads = 0;
  s3.faults.push(({ method }) => {
    if (isHead(method)) heads += 1;
    return isHead(method) && heads === 2 ? { kind: "length", bytes: 12 } : null;
  });
  const short = await failure(copyIntoBucket(bucket, file));
  assert.equal(short.message, `After the upload the storage has 12 bytes of it; the file has ${MIB}.`);
  assert.equal(await bucket.lengthOf(file.name), null);
  once((method, path) => method === "GET" && path.includes(file.name), { kind: "flip" });
  const changed = await failure(copyIntoBucket(bucket, file));
  assert.equal(changed.message, "The copy was read back and does not hold the bytes of the file.");
  assert.equal(await bucket.lengthOf(file.name), null);
  await copyIntoBucket(bucket, file);
  assert.deepEqual(await contentOf(bucket, file.name), file.content);
});

test("a file that was changed after it was checked is not copied", async () => {
  const bucket = s3.open();
  const file = newFile(2 * MIB);
  const words = "The file in the backup folder was changed after it was checked.";
  writeFileSync(file.path, randomBytes(2 * MIB));
  assert.equal((await failure(copyIntoBucket(bucket, file))).message, words);
  writeFileSync(file.path, file.content.subarray(1));
  assert.equal((await failure(copyIntoBucket(bucket, file))).message, words);
  assert.deepEqual([await bucket.listUploads(), await bucket.lengthOf(file.name)], [[], null]);
});

test("a long list is read to its end", async () => {
  const bucket = s3.open();
  const page = (name: string, more: string) =>
    `<ListBucketResult><Contents><Key>backups/${name}</Key><Size>1</Size></Contents>${more}</ListBucketResult>`;
  const next = "<IsTruncated>true</IsTruncated><NextContinuationToken>a+/=&amp;b</NextContinuationToken>";
  s3.faults.push(({ path }) => ({
    kind: "answer",
    status: 200,
    body: path.includes(`continuation-token=${encodeURIComponent("a+/=&b")}`)
      ? page("2", "")
      : page("1", next),
  }));
  const names = (await bucket.list()).map(({ name }) => name);
  assert.deepEqual(names, ["1", "2"]);
});

const REFUSED: [why: string, open: () => Bucket, says: RegExp][] = [
  [
    "a bucket that is missing",
    () => s3.open(s3.settings({}, "nowhere-at-all")),
    /^The bucket nowhere-at-all does not exist\.$/,
  ],
  [
    "a wrong secret",
    () => s3.open(s3.settings({ secret: "wrong" })),
    /CADENZA_BACKUP_S3_SECRET|no permission/,
  ],
  [
    "a wrong key ID",
    () => s3.open(s3.settings({ keyId: "NOBODY" })),
    /CADENZA_BACKUP_S3_KEY_ID|CADENZA_BACKUP_S3_SECRET/,
  ],
  [
    "a server that is away",
    () => s3.open({ ...s3.settings(), origin: "http://127.0.0.1:9", port: 9 }),
    /^http:\/\/127\.0\.0\.1:9 cannot be reached/,
  ],
  [
    "a metadata address",
    () => s3.open({ ...s3.settings(), origin: "http://169.254.169.254", host: "169.254.169.254", port: 80 }),
    /^Cadenza never connects to/,
  ],
];

for (const [why, open, says] of REFUSED)
  test(`${why} is told in one sentence, without the secret`, async () => {
    const { message, stack } = await failure(open().check());
    assert.match(message, says);
    assert.doesNotMatch(`${message}${stack}`, /Signature=|AWS4-HMAC|wrong/);
  });

const testOfClocks = s3.comparesClocks ? test : () => {};
void testOfClocks("a clock that is wrong is told", async () => {
  const inTwoHours = () => Temporal.Now.instant().add({ hours: 2 });
  const { message } = await failure(s3.open(s3.settings(), [], inTwoHours).check());
  assert.match(message, /^The clocks of this server and of the storage differ/);
});

const ANSWERS: [status: number, body: string, says: RegExp][] = [
  [
    403,
    "<Error><Code>RequestTimeTooSkewed</Code></Error>",
    /^The clocks of this server and of the storage differ/,
  ],
  [
    301,
    "<Error><Code>PermanentRedirect</Code></Error>",
    /^The bucket is in another region\. Set CADENZA_BACKUP_S3_REGION/,
  ],
  [
    400,
    "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>",
    /in the region eu-central-1\./,
  ],
  [
    403,
    "<Error><Code>AccessDenied</Code><Message>secret</Message></Error>",
    /^The key has no permission for the bucket/,
  ],
  [403, "<html>", /^The key has no permission for the bucket/],
  [507, "", /^The storage is full\.$/],
  [418, "<Error><Code>Teapot</Code></Error>", /^The storage answered 418 \(Teapot\)\.$/],
  [418, "<Error><Code>a secret of 200 words</Code></Error>", /^The storage answered 418\.$/],
];

for (const [status, body, says] of ANSWERS)
  test(`the answer ${status} ${body.slice(7, 40)} is told in one sentence`, async () => {
    s3.faults.push(() => ({ kind: "answer", status, body }));
    assert.match((await failure(s3.open().check())).message, says);
  });
