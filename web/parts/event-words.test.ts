import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sayEvent } from "./event-words.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Those that the pages offer, by their code. */
const OFFERED = [
  "../pages/settings/webhooks/words.tsx",
  "../pages/automation/workflows/EventFields.tsx",
].flatMap((path) =>
  [...read(path).matchAll(/"([a-z_]+\.(?:[a-z_]+|\*))",?$/gm)].flatMap(([, type]) => type ?? []),
);

test("every event that is offered has words, and none is said by half", () => {
  assert.ok(OFFERED.includes("message.replied"));
  for (const type of OFFERED) assert.notEqual(sayEvent(type), type, type);
  for (const type of ["message.spam_blocked", "contact.meeting_booked", "deal.stage_changed", "call.logged"])
    assert.doesNotMatch(sayEvent(type), /[._]/, type);
});

test("an event without words is called by its own name, in every language", () => {
  assert.equal(sayEvent("contact.frobnicated"), "contact.frobnicated");
  assert.equal(sayEvent("view.created"), "view.created");
  const texts: Record<string, unknown> = JSON.parse(
    readFileSync(new URL("../language/texts.json", import.meta.url), "utf8"),
  );
  assert.ok(!("is {deed}" in texts));
});
