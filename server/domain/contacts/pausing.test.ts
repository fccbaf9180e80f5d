import assert from "node:assert/strict";
import { test } from "node:test";
import { laterPause, pauseAskedFor, pauseInForce, sameAs } from "./pausing.ts";

const at = (text: string) => Temporal.Instant.from(text);

test("three months are those of the calendar, and the end of a short month is its last day", () => {
  assert.equal(pauseAskedFor(at("2026-11-30T09:15:00Z")).toString(), "2027-02-28T09:15:00Z");
  assert.equal(pauseAskedFor(at("2026-05-04T00:00:00Z")).toString(), "2026-08-04T00:00:00Z");
});

test("a pause holds until its end and not at it", () => {
  const until = at("2027-02-28T09:15:00Z");
  assert.equal(pauseInForce(until, at("2027-02-28T09:14:59Z")), until);
  assert.equal(pauseInForce(until, until), null);
  assert.equal(pauseInForce(null, until), null);
});

test("one that ends within a day of another is the same, and of two the later holds", () => {
  const until = at("2027-02-28T09:15:00Z");
  assert.equal(sameAs(until).toString(), "2027-02-27T09:15:00Z");
  assert.equal(laterPause(until, null), until);
  assert.equal(laterPause(at("2027-01-01T00:00:00Z"), until), until);
  assert.equal(laterPause(null, null), null);
});
