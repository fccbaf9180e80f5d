import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, wishOf } from "./wish.ts";

const filled = { ...EMPTY, email: " ines@gmail.com ", password: "app password" };

test("a known provider needs no server named", () => {
  const wish = wishOf(filled, true);
  assert.equal(wish.email, "ines@gmail.com");
  assert.deepEqual(wish.smtp, {
    host: "smtp.gmail.com",
    port: 465,
    security: "tls",
    password: "app password",
  });
  assert.deepEqual(wish.imap, {
    host: "imap.gmail.com",
    port: 993,
    security: "tls",
    password: "app password",
  });
  assert.equal(wish.email_daily_threshold, 50);
});

test("a ramp is proposed up to the daily limit, and can be refused", () => {
  assert.deepEqual(wishOf(filled, true).ramp, { start: 10, step: 2, every_days: 1, ceiling: 50 });
  assert.equal(wishOf({ ...filled, dailyLimit: 10 }, true).ramp, undefined);
  assert.equal(wishOf({ ...filled, ramps: false }, true).ramp, undefined);
  assert.equal(wishOf({ ...filled, preset: "catcher" }, true).ramp, undefined);
});

test("without reading replies there is no IMAP, and no limit is null", () => {
  const wish = wishOf({ ...filled, readsReplies: false, dailyLimit: "" }, false);
  assert.equal(wish.imap, null);
  assert.equal(wish.email_daily_threshold, null);
  assert.equal(wish.test, false);
});

test("a seed mailbox is only read: without servers for sending, limits and a ramp", () => {
  const wish = wishOf({ ...filled, isSeed: true, readsReplies: false }, true);
  assert.deepEqual(
    [wish.seed, wish.smtp, wish.ramp, wish.email_daily_threshold],
    [true, undefined, undefined, null],
  );
  assert.equal((wish.imap as { host: string }).host, "imap.gmail.com");
  assert.equal(wishOf({ ...filled, isSeed: true, preset: "catcher" }, true).seed, undefined);
});

test("another provider's servers go as they were filled in, each with its own password if it has one", () => {
  const server = {
    host: " mail.example.no ",
    port: "587",
    security: "starttls" as const,
    username: " ines ",
    password: "",
  };
  const wish = wishOf(
    { ...filled, preset: "other", smtp: server, imap: { ...server, port: 143, password: "other" } },
    true,
  );
  assert.deepEqual(wish.smtp, {
    host: "mail.example.no",
    port: 587,
    security: "starttls",
    username: "ines",
    password: "app password",
  });
  assert.equal((wish.imap as { password: string }).password, "other");
});

test("the catcher takes no servers at all", () => {
  const wish = wishOf({ ...filled, preset: "catcher" }, true);
  assert.equal(wish.type, "catcher");
  assert.equal(wish.smtp, undefined);
});

test("servers that were found are left to the installation", () => {
  const other = { ...filled, preset: "other" };
  const wish = wishOf(other, true, true);
  assert.deepEqual([wish.password, wish.smtp, "imap" in wish], ["app password", undefined, false]);
  assert.equal(wishOf({ ...other, readsReplies: false }, true, true).imap, null);
});
