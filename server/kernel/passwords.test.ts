import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { test } from "node:test";
import { hashPassword, isMadeAsToday, isPassword, saltOf, whichPassword } from "./passwords.ts";

const hashed = (password: string) => hashPassword(password, randomBytes(16));

test("a password is known again, and no other is", async () => {
  const hash = await hashed("a long sentence is a good password");
  assert.ok(await isPassword("a long sentence is a good password", hash));
  for (const other of [
    "a long sentence is a good passwore",
    "A long sentence is a good password",
    "a long sentence is a good password ",
    "",
  ])
    assert.ok(!(await isPassword(other, hash)), other);
});

test("it is hashed as OWASP asks, with a salt of its email address and installation", async () => {
  const digestWith = (key: string) => (text: string) => createHmac("sha256", key).update(text).digest();
  const salts = [
    saltOf({ digest: digestWith("one") }, "Ada@example.com"),
    saltOf({ digest: digestWith("one") }, "ada@example.com"),
    saltOf({ digest: digestWith("one") }, "bo@example.com"),
    saltOf({ digest: digestWith("two") }, "ada@example.com"),
  ];
  const hashes = await Promise.all(salts.map((one) => hashPassword("the same one", one)));
  const [, memory, passes, lanes, salt, tag] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hashes[0] ?? "") ?? [];
  assert.ok(Number(memory) >= 19 * 1024 && Number(passes) >= 2 && Number(lanes) >= 1);
  assert.ok(Buffer.from(salt ?? "", "base64").length >= 16 && Buffer.from(tag ?? "", "base64").length >= 32);
  assert.equal(hashes[0], hashes[1], "letters of an address count in one case");
  assert.equal(new Set(hashes).size, 3);
});

test("of several hashes the one that the password belongs to is found, whatever their salts", async () => {
  const [salt, other] = [randomBytes(16), randomBytes(16)];
  const hashes = [
    await hashPassword("first", salt),
    await hashPassword("second", other),
    await hashPassword("third", salt),
    await hashPassword("first", salt),
  ];
  const found = ["first", "second", "third", "fourth"].map((password) => whichPassword(password, hashes));
  assert.deepEqual(await Promise.all(found), [0, 1, 2, -1]);
  assert.equal(await whichPassword("first", []), -1);
  assert.deepEqual(
    hashes.map((hash) => isMadeAsToday(hash, salt)),
    [true, false, true, true],
  );
});

test("long passwords count to their last character, up to the longest there may be", async () => {
  for (const length of [64, 72, 73, 128, 1024]) {
    const password = "x".repeat(length - 1);
    const hash = await hashed(`${password}a`);
    assert.ok(await isPassword(`${password}a`, hash), `${length}`);
    assert.ok(!(await isPassword(`${password}b`, hash)), `${length}: the last character counts`);
  }
});

test("the same letters typed on another keyboard are the same password", async () => {
  const hash = await hashed("ångström på fjell");
  assert.ok(await isPassword("a\u030angstro\u0308m pa\u030a fjell", hash));
});

test("a hash with other parameters still verifies, and a text that is not a hash is an error", async () => {
  const { argon2Sync } = await import("node:crypto");
  const nonce = Buffer.alloc(16, 3);
  const tag = argon2Sync("argon2id", {
    message: "older",
    nonce,
    memory: 8192,
    passes: 3,
    parallelism: 1,
    tagLength: 32,
  });
  const bare = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  assert.ok(await isPassword("older", `$argon2id$v=19$m=8192,t=3,p=1$${bare(nonce)}$${bare(tag)}`));
  await assert.rejects(isPassword("older", "$2b$12$something"));
});

test("pretending takes about as long as verifying", async () => {
  const hash = await hashed("a password");
  const tookMs = async (work: () => Promise<unknown>) => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };
  const isAlike = () => pretended > real / 3 && pretended < real * 3;
  // The quickest of each, in turns: on a busy machine one run may take many times as long as the next.
  let [real, pretended] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let n = 0; n < 5 || (n < 100 && !isAlike()); n++) {
    real = Math.min(real, await tookMs(() => isPassword("not it", hash)));
    pretended = Math.min(pretended, await tookMs(() => whichPassword("not it", [])));
  }
  assert.ok(isAlike(), `${real} ms and ${pretended} ms`);
});
