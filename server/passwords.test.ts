import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, isPassword, pretendToVerify } from "./passwords.ts";

test("a password is known again, and no other is", async () => {
  const hash = await hashPassword("a long sentence is a good password");
  assert.ok(await isPassword("a long sentence is a good password", hash));
  for (const other of [
    "a long sentence is a good passwore",
    "A long sentence is a good password",
    "a long sentence is a good password ",
    "",
  ])
    assert.ok(!(await isPassword(other, hash)), other);
});

test("it is hashed as OWASP asks, with a salt of its own", async () => {
  const [first, second] = await Promise.all([hashPassword("the same one"), hashPassword("the same one")]);
  const [, memory, passes, lanes, salt, tag] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(first) ?? [];
  assert.ok(Number(memory) >= 19 * 1024 && Number(passes) >= 2 && Number(lanes) >= 1);
  assert.ok(Buffer.from(salt ?? "", "base64").length >= 16 && Buffer.from(tag ?? "", "base64").length >= 32);
  assert.notEqual(first, second);
});

test("long passwords count to their last character, up to the longest there may be", async () => {
  for (const length of [64, 72, 73, 128, 1024]) {
    const password = "x".repeat(length - 1);
    const hash = await hashPassword(`${password}a`);
    assert.ok(await isPassword(`${password}a`, hash), `${length}`);
    assert.ok(!(await isPassword(`${password}b`, hash)), `${length}: the last character counts`);
  }
});

test("the same letters typed on another keyboard are the same password", async () => {
  const hash = await hashPassword("ångström på fjell");
  assert.ok(await isPassword("a\u030angstro\u0308m pa\u030a fjell", hash));
});

test("a hash with other parameters still verifies, and one that is none is an error", async () => {
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
  const hash = await hashPassword("somebody's");
  const quickest = async (work: () => Promise<unknown>) => {
    let best = Number.POSITIVE_INFINITY;
    for (let n = 0; n < 5; n++) {
      const before = performance.now();
      await work();
      best = Math.min(best, performance.now() - before);
    }
    return best;
  };
  const [real, pretended] = [
    await quickest(() => isPassword("not it", hash)),
    await quickest(() => pretendToVerify("not it")),
  ];
  assert.ok(pretended > real / 3 && pretended < real * 3, `${real} ms and ${pretended} ms`);
});
