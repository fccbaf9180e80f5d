import assert from "node:assert/strict";
import { test } from "node:test";
import { filtersOf, whomOf } from "./words.ts";

test("what the dialog does not ask of a search stays as it was", () => {
  const before = { q_title: "plant", email_statuses: ["verified"], prospect_score_range: { min: 40 } };
  const whom = whomOf(before);
  assert.deepEqual(whom, { title: "plant", place: "", lists: [], stages: [], score: 40 });
  assert.deepEqual(filtersOf(whom, before), before);
  assert.deepEqual(filtersOf({ ...whom, title: " ", score: "" }, before), { email_statuses: ["verified"] });
});
