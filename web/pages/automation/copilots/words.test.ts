import assert from "node:assert/strict";
import { test } from "node:test";
import { filtersOf, sayOpener, whomOf } from "./words.ts";

test("what the dialog does not ask of a search stays as it was", () => {
  const before = { q_title: "plant", email_statuses: ["verified"], prospect_score_range: { min: 40 } };
  const whom = whomOf(before);
  assert.deepEqual(whom, { title: "plant", place: "", lists: [], stages: [], score: 40 });
  assert.deepEqual(filtersOf(whom, before), before);
  assert.deepEqual(filtersOf({ ...whom, title: " ", score: "" }, before), { email_statuses: ["verified"] });
});

test("the state of an opener is said, with the reason when there is no opener", () => {
  const say = (rest: Partial<Parameters<typeof sayOpener>[0]>) =>
    sayOpener({ state: "suggested", says: null, model: null, ...rest });
  assert.equal(say({ model: "small-1" }), "small-1 suggests this first sentence: ");
  assert.equal(say({ state: "accepted" }), "The email starts with: ");
  assert.equal(
    say({ state: "unfit", says: "What it wrote has a link in it." }),
    "No opener was drafted. What it wrote has a link in it.",
  );
  assert.equal(
    say({ state: "withheld", says: "They may not be written to." }),
    "They may not be written to.",
  );
});
