import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TYPES } from "../pages/settings/webhooks/words.tsx";
import { sayEvent } from "./event-words.ts";

test("every event that is offered has words, and none is said by half", () => {
  for (const type of TYPES.flatMap(({ items }) => items)) assert.notEqual(sayEvent(type), type, type);
  for (const type of ["message.spam_blocked", "contact.meeting_booked", "deal.stage_changed", "call.logged"])
    assert.doesNotMatch(sayEvent(type), /[._]/, type);
});

test("an event without words is called by its own name, in every language", () => {
  assert.equal(sayEvent("contact.frobnicated"), "contact.frobnicated");
  assert.equal(sayEvent("view.created"), "view.created");
  const texts: string[] = JSON.parse(
    readFileSync(new URL("../language/texts.json", import.meta.url), "utf8"),
  );
  assert.ok(!texts.includes("is {deed}"));
});
