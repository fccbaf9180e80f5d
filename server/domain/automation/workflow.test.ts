import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnfiltered, maySetOff, startOfDay, takenSince, withinCaps } from "./workflow.ts";

const now = Temporal.Instant.from("2026-02-10T12:00:00Z");

test("re-entry: ever, never again, or since so many days", () => {
  assert.equal(takenSince({ reentry: "once", netNew: false }, now), null);
  assert.equal(takenSince({ reentry: "every_time", netNew: false }, now), undefined);
  assert.equal(takenSince({ reentry: "every_time", netNew: true }, now), null);
  assert.equal(takenSince({ reentry: { days: 3 }, netNew: false }, now)?.toString(), "2026-02-07T12:00:00Z");
});

test("caps are checked in their order, and a record over one leaves room for the next", () => {
  const found = ["a", "a", "a", "b", "b"].map((ownerId, n) => ({ id: String(n), ownerId }));
  const none = { run: 0, day: 0, byOwner: new Map<string, number>() };
  const caps = { perRun: null, perDay: null, perOwner: null };
  assert.deepEqual(withinCaps(caps, found, none), [null, null, null, null, null]);
  assert.deepEqual(withinCaps({ ...caps, perOwner: 2 }, found, none), [
    null,
    null,
    "cap_per_owner",
    null,
    null,
  ]);
  assert.deepEqual(withinCaps({ perRun: 3, perDay: 4, perOwner: 2 }, found, none), [
    ...[null, null, "cap_per_owner", null],
    "cap_per_run",
  ]);
  assert.deepEqual(withinCaps({ ...caps, perDay: 5 }, found, { ...none, day: 4 }).slice(0, 2), [
    null,
    "cap_per_day",
  ]);
  const used = { ...none, byOwner: new Map([["b", 2]]) };
  assert.deepEqual(withinCaps({ ...caps, perOwner: 2 }, found, used).slice(3), [
    "cap_per_owner",
    "cap_per_owner",
  ]);
});

for (const [filters, isAll] of [
  [{}, true],
  [{ q_keywords: "" }, true],
  [{ contact_stage_ids: [], contact_created_at_range: {} }, true],
  [{ include_similar_titles: false }, true],
  [{ do_not_contact: false }, false],
  [{ q_title: "sales" }, false],
  [{ prospect_score_range: { min: 0 } }, false],
] as const)
  test(`${JSON.stringify(filters)} ${isAll ? "says nothing" : "is a filter"}`, () =>
    assert.equal(isUnfiltered(filters), isAll));

test("nothing is set off by who may get in, nor by workflows themselves", () => {
  assert.ok(maySetOff("contact.created") && maySetOff("message.*"));
  for (const event of [
    "user.joined",
    "api_key.created",
    "session.*",
    "webhook.created",
    "workflow.activated",
  ])
    assert.ok(!maySetOff(event), event);
});

test("days begin at midnight UTC", () => {
  assert.equal(startOfDay(now).toString(), "2026-02-10T00:00:00Z");
});
