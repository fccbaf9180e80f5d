import assert from "node:assert/strict";
import { test } from "node:test";
import { askedBy, draftOf, firstUnasked, newSignal, sayOperator, withOperator } from "./words.ts";

const opened = { operators: ["is_known", "is_unknown", "within_days", "not_within_days"] } as const;

test("what happens once is asked for as ever and never", () => {
  assert.equal(sayOperator("is_known", { operators: [...opened.operators] }), "ever");
  assert.equal(sayOperator("is_known", { operators: ["is_any_of", "is_known"] }), "is known");
});

const base = { field: "title", custom_field_id: null, weight: 5, name: null } as const;

test("a value outlives a change of the question only where it still answers it", () => {
  const signal = { ...base, operator: "has_any_of" as const, value: ["ceo"] };
  assert.deepEqual(withOperator(signal, "has_none_of").value, ["ceo"]);
  assert.equal(withOperator(signal, "is_known").value, null);
  assert.equal(withOperator({ ...signal, operator: "is_known", value: null }, "within_days").value, 30);
});

test("a signal that asks nothing yet is found by its place", () => {
  const whole = { ...base, operator: "is_known" as const, value: null };
  assert.equal(firstUnasked([whole]), null);
  assert.equal(firstUnasked([whole, { ...base, operator: "has_any_of", value: [] }]), 2);
  assert.equal(firstUnasked([{ ...base, operator: "at_least", value: null }]), 1);
});

test("a new signal asks the first thing its field can be asked", () => {
  const field = {
    field: "head_count" as const,
    custom_field_id: null,
    of: "company" as const,
    name: "Head count",
    operators: ["at_least" as const],
    choices: null,
    ids_of: null,
  };
  assert.deepEqual(newSignal(field), {
    ...base,
    field: "head_count",
    operator: "at_least",
    value: null,
    weight: 10,
  });
  assert.equal(askedBy("at_least"), "number");
});

test("where a hundred is all that can be earned, the draft leaves it so", () => {
  const signal = { ...base, operator: "is_known" as const, value: null, says: "x" };
  const formula = {
    signals: [signal],
    marks: [75],
    is_default: false,
    version: null,
    changed_at: null,
    changed_by_user_id: null,
  };
  assert.equal(draftOf({ ...formula, out_of: 5 }).out_of, null);
  assert.equal(draftOf({ ...formula, out_of: 9 }).out_of, 9);
});
