import assert from "node:assert/strict";
import { test } from "node:test";
import {
  faultIn,
  type PlannedStep,
  STEP_TYPES,
  type StepType,
  stepInsteadOf,
  stepsBeside,
} from "./sequence-plan.ts";

const mail = (
  type: "new_thread" | "reply_to_thread" = "new_thread",
  rest: { isApproved?: boolean; hasBody?: boolean } = {},
) => ({ type, isApproved: false, hasBody: true, ...rest });
const step = (type: StepType, ...touches: PlannedStep["touches"]): PlannedStep => ({
  type,
  exactAt: null,
  touches,
});
const at = (hour: number | null): PlannedStep => ({
  ...step("call"),
  exactAt: hour === null ? null : Temporal.Instant.from(`2026-03-02T${String(hour).padStart(2, "0")}:00Z`),
});

test("a list of steps can run, or says why not", () => {
  const thread = mail();
  const reply = mail("reply_to_thread");
  const cases: [string, PlannedStep[], boolean, string | null][] = [
    ["nothing at all", [], false, null],
    ["each type without a mail", STEP_TYPES.map((type) => step(type)), false, null],
    [
      "a reply after a thread",
      [step("auto_email", thread), step("call"), step("manual_email", reply)],
      false,
      null,
    ],
    ["a reply at the start", [step("auto_email", reply)], false, "reply_without_thread"],
    [
      "a reply before its thread",
      [step("auto_email", reply), step("auto_email", thread)],
      false,
      "reply_without_thread",
    ],
    [
      "a thread beside the reply is not before it",
      [step("auto_email", thread, reply)],
      false,
      "reply_without_thread",
    ],
    [
      "a chat message is no thread",
      [step("linkedin_step_message", thread), step("auto_email", reply)],
      false,
      "reply_without_thread",
    ],
    ["a mail where none can be", [step("action_item", thread)], false, "touch_not_for_this_step"],
    [
      "approved and empty",
      [step("auto_email", mail("new_thread", { isApproved: true, hasBody: false }))],
      false,
      "template_body_empty",
    ],
    ["empty and not approved", [step("auto_email", mail("new_thread", { hasBody: false }))], false, null],
    ["exact times in order", [at(8), at(9)], true, null],
    ["exact times at once", [at(8), at(8)], true, "exact_times_out_of_order"],
    ["exact times backwards", [at(9), at(8)], true, "exact_times_out_of_order"],
    ["an exact time is missing", [at(8), at(null)], true, "exact_time_missing"],
    ["backwards without exact times", [at(9), at(8), at(null)], false, null],
  ];
  for (const [why, steps, byExactDaytime, code] of cases)
    assert.equal(faultIn(steps, byExactDaytime)?.code ?? null, code, why);
});

test("mails belong to the five types that say something", () => {
  const able = STEP_TYPES.filter((type) => faultIn([step(type, mail())], false) === null);
  assert.deepEqual(able, [
    "auto_email",
    "manual_email",
    "call",
    "linkedin_step_connect",
    "linkedin_step_message",
  ]);
});

test("whose step is gone goes on after the last one that was done, wherever that stands now", () => {
  const list = (ids: string, off = "") =>
    [...ids].map((id, n) => ({ id, position: n + 1, isOn: !off.includes(id), exactAt: null }));
  const cases: [string, ReturnType<typeof list>, string, string | null, string | null][] = [
    ["nothing was done", list("abc"), "", null, "a"],
    ["the first was", list("abc"), "a", null, "b"],
    ["a gap does not count: what came later was done", list("abc"), "b", null, "c"],
    ["the list was put in another order", list("cab"), "a", null, "b"],
    ["the next one is off", list("abc", "b"), "a", null, "c"],
    ["all were", list("ab"), "ab", null, null],
    ["what was done is gone", list("ab"), "x", null, "a"],
    ["a mail is on its way", list("abc"), "a", "b", "b"],
    ["the step of the mail on its way is gone", list("abc"), "a", "x", "b"],
    ["there are no steps", [], "a", null, null],
  ];
  const now = Temporal.Instant.from("2026-03-02T08:00Z");
  for (const [name, steps, done, underwayId, expected] of cases)
    assert.equal(stepInsteadOf(steps, { doneIds: [...done], underwayId }, now)?.id ?? null, expected, name);
});

test("a contact goes through the steps of one version: that of their own step, or the current one", () => {
  const list = [
    { id: "a", versionId: null },
    { id: "b", versionId: null },
    { id: "x", versionId: "first" },
    { id: "y", versionId: "first" },
    { id: "z", versionId: "second" },
  ];
  const beside = (stepId: string | null) =>
    stepsBeside(list, stepId)
      .map(({ id }) => id)
      .join("");
  assert.deepEqual(["b", "x", "z", null, "gone"].map(beside), ["ab", "xy", "z", "ab", "ab"]);
});
