import assert from "node:assert/strict";
import { test } from "node:test";
import { faultSays, linkBase, nextLook, standingAfter, type TrackingStanding } from "./tracking-domains.ts";

const at = Temporal.Instant.from("2026-03-02T09:00:00Z");
const fresh: TrackingStanding = { state: "unverified", failures: 0, verifiedAt: null };
const good: TrackingStanding = { state: "verified", failures: 0, verifiedAt: at };

test("a good look makes any domain good, and two bad ones in a row a good one lost", () => {
  for (const before of [fresh, good, { ...good, state: "lost" as const, failures: 9 }])
    assert.deepEqual(standingAfter(before, { fault: null, at }), good);
  const once = standingAfter(good, { fault: "no_answer", at });
  assert.deepEqual([once.state, once.failures], ["verified", 1]);
  const twice = standingAfter(once, { fault: "no_answer", at });
  assert.deepEqual([twice.state, twice.failures], ["lost", 2]);
  const never = standingAfter({ ...fresh, failures: 5 }, { fault: "no_record", at });
  assert.deepEqual([never.state, never.failures], ["unverified", 6]);
});

test("the next look is soon while a record spreads or a good domain failed, and rare otherwise", () => {
  const until = (standing: TrackingStanding, hoursOld: number) =>
    nextLook(standing, at.subtract({ hours: hoursOld }), at)
      .since(at)
      .total("minutes");
  assert.equal(until(fresh, 1), 5);
  assert.equal(until(fresh, 25), 360);
  assert.equal(until(good, 1), 24 * 60);
  assert.equal(until({ ...good, failures: 1 }, 1), 10);
  assert.equal(until({ ...good, state: "lost", failures: 3 }, 99), 360);
});

test("links stand where the installation is reached, under the other name", () => {
  assert.equal(linkBase("https://crm.kraft.no", "links.norrland.no"), "https://links.norrland.no");
  assert.equal(linkBase("https://crm.kraft.no/cadenza", "links.norrland.no"), "https://links.norrland.no");
  assert.equal(linkBase("http://localhost:3000", "links.norrland.no"), "http://links.norrland.no:3000");
  assert.equal(linkBase("https://crm.kraft.no/cadenza", null), "https://crm.kraft.no/cadenza");
});

test("each fault says what is wrong, and where the name leads", () => {
  const said = { domain: "links.norrland.no", host: "crm.kraft.no", pointsTo: "old.kraft.no" };
  assert.equal(
    faultSays("other_server", said),
    "links.norrland.no is answered by another server (old.kraft.no). It has to lead to crm.kraft.no.",
  );
  assert.equal(
    faultSays("other_server", { ...said, pointsTo: "crm.kraft.no" }),
    "links.norrland.no is answered by another server. It has to lead to crm.kraft.no.",
  );
  assert.equal(
    faultSays("no_answer", said),
    "links.norrland.no points to old.kraft.no, which does not answer by HTTPS with a valid certificate.",
  );
  assert.match(faultSays("no_answer", { ...said, pointsTo: null }), /^links\.norrland\.no does not answer/);
});
