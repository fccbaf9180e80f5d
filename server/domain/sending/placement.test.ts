import assert from "node:assert/strict";
import { test } from "node:test";
import { authResultsIn } from "./auth-results.ts";
import {
  adviceOn,
  countPlaces,
  type FoundIn,
  inboxPercent,
  isGivenUp,
  type JudgedSeed,
  nextLook,
  nextTry,
  placeOf,
  providerOfSeed,
} from "./placement.ts";

const IN_INBOX: FoundIn = { path: "INBOX", isInbox: true, isJunk: false, labels: [], tab: null };

test("an email is placed by the folder, its flags, and the labels and tabs of Gmail", () => {
  const cases: [Partial<FoundIn>, string, string][] = [
    [{}, "inbox", "INBOX"],
    [{ tab: "promotions" }, "tab", "promotions"],
    [{ path: "[Gmail]/Spam", isInbox: false, isJunk: true }, "spam", "[Gmail]/Spam"],
    [{ path: "[Gmail]/All Mail", isInbox: false }, "folder", "[Gmail]/All Mail"],
    [{ path: "[Gmail]/All Mail", isInbox: false, labels: ["\\Inbox"] }, "inbox", "[Gmail]/All Mail"],
    [{ path: "All", isInbox: false, labels: ["\\Inbox"], tab: "social" }, "tab", "social"],
    [{ path: "All", isInbox: false, labels: ["\\Spam"] }, "spam", "All"],
    [{ path: "Newsletters", isInbox: false }, "folder", "Newsletters"],
  ];
  for (const [signs, place, folder] of cases)
    assert.deepEqual(placeOf({ ...IN_INBOX, ...signs }), { place, folder });
});

test("what providers write about SPF, DKIM and DMARC is read, and what the sender wrote below it is not", () => {
  const google =
    "mx.google.com; dkim=pass header.i=@n.example header.s=k1; spf=softfail (google.com: domain; of x) smtp.mailfrom=a@n.example; dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=n.example";
  const microsoft =
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=n.example; dkim=none (message not signed) header.d=none;dmarc=bestguesspass action=none header.from=n.example;compauth=pass reason=109";
  const forged = "mx.other.example; spf=pass; dkim=pass; dmarc=pass";
  assert.deepEqual(authResultsIn([google, forged]), { spf: "softfail", dkim: "pass", dmarc: "fail" });
  assert.deepEqual(authResultsIn([microsoft]), { spf: "pass", dkim: "none", dmarc: "bestguesspass" });
  assert.deepEqual(
    authResultsIn([
      "mx.own.example 1; dkim=fail (bad (nested; ) key)",
      "mx.own.example; dkim=pass; spf=none",
      forged,
    ]),
    { spf: "none", dkim: "pass", dmarc: null },
  );
  assert.deepEqual(authResultsIn([]), { spf: null, dkim: null, dmarc: null });
  assert.deepEqual(authResultsIn(["x; spf=<script>; dkim", "(".repeat(9000)]), {
    spf: null,
    dkim: null,
    dmarc: null,
  });
});

const NOON = Temporal.Instant.from("2026-03-02T12:00:00Z");

test("an email is looked for often at first, and for an hour", () => {
  const after = (seconds: number) =>
    nextLook(NOON, NOON.add({ seconds }))?.since(NOON).total("seconds") ?? null;
  assert.deepEqual([0, 59, 60, 600, 3590, 3600, 9000].map(after), [5, 64, 90, 720, 3600, null, null]);
});

test("a wrong password is given up after three looks, a server that is away is not", () => {
  assert.deepEqual(
    [
      isGivenUp("auth_failed", 2),
      isGivenUp("auth_failed", 3),
      isGivenUp("unreachable", 50),
      isGivenUp("closed", 1),
    ],
    [false, true, false, true],
  );
  assert.equal(nextTry(1, NOON)?.toString(), "2026-03-02T12:01:00Z");
  assert.equal(nextTry(5, NOON), null);
});

test("a seed's provider is known by its server or its address", () => {
  const of = (imapHost: string | null, email: string, type = "smtp") =>
    providerOfSeed({ type, imapHost, email });
  assert.equal(of("imap.gmail.com", "team@norrland.example"), "google");
  assert.equal(of("outlook.office365.com", "a@norrland.example"), "microsoft");
  assert.equal(of("127.0.0.1", "seed@yahoo.co.uk"), "yahoo");
  assert.equal(of("imap.mail.me.com", "a@icloud.com"), "apple");
  assert.equal(of(null, "a@web.de"), "gmx");
  assert.equal(of(null, "a@norrland.example"), "other");
  assert.equal(of(null, "a@norrland.example", "microsoft"), "microsoft");
});

const seed = (rest: Partial<JudgedSeed>): JudgedSeed => ({
  provider: "google",
  place: "inbox",
  spf: "pass",
  dkim: "pass",
  dmarc: "pass",
  ...rest,
});

test("a test says what to do, authentication first", () => {
  const codes = (...seeds: JudgedSeed[]) =>
    adviceOn(seeds).map(({ code, providers, checks }) => [code, providers.join(), checks.join()]);
  assert.deepEqual(codes(seed({}), seed({ provider: "yahoo" })), [["good", "", ""]]);
  assert.deepEqual(codes(seed({}), seed({ provider: "microsoft", place: "spam", dmarc: "fail" })), [
    ["auth", "microsoft", "dmarc"],
    ["spam", "microsoft", ""],
  ]);
  assert.deepEqual(codes(seed({ place: "spam" }), seed({ provider: "yahoo", place: "spam" })), [
    ["spam_everywhere", "google,yahoo", ""],
  ]);
  assert.deepEqual(codes(seed({ place: "tab" }), seed({ place: "missing" }), seed({ place: "unread" })), [
    ["tab", "google", ""],
    ["missing", "google", ""],
    ["unread", "google", ""],
  ]);
  assert.deepEqual(codes(seed({ place: null, spf: null, dkim: null, dmarc: null })), []);
});

test("the share in the inbox counts emails whose place is known", () => {
  const places = ["inbox", "spam", "tab", "unread", "unsent", null] as const;
  const counts = countPlaces(places.map((place) => ({ place })));
  assert.equal(counts.open, 1);
  assert.equal(inboxPercent(counts), 33);
  assert.equal(inboxPercent(countPlaces([{ place: null }])), null);
});
