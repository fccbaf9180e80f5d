import assert from "node:assert/strict";
import { test } from "node:test";
import { faultIn, type PlannedStep } from "./plan-faults.ts";
import { STEP_TYPES, type StepType, stepInsteadOf, stepsBeside } from "./sequence-plan.ts";
import { tree } from "./tree-in-words.ts";

const mail = (
  type: "new_thread" | "reply_to_thread" = "new_thread",
  rest: { isApproved?: boolean; hasBody?: boolean } = {},
) => ({ type, isApproved: false, hasBody: true, ...rest });
const step = (type: StepType, ...touches: PlannedStep["touches"]): PlannedStep => ({
  id: type,
  position: 1,
  parentId: null,
  path: null,
  condition: null,
  type,
  exactAt: null,
  touches,
});
const SIMPLE = STEP_TYPES.filter((type) => type !== "branch");
const at = (hour: number | null): PlannedStep => ({
  ...step("call"),
  exactAt: hour === null ? null : Temporal.Instant.from(`2026-03-02T${String(hour).padStart(2, "0")}:00Z`),
});

test("a list of steps can run, or says why not", () => {
  const thread = mail();
  const reply = mail("reply_to_thread");
  const cases: [string, PlannedStep[], boolean, string | null][] = [
    ["nothing at all", [], false, null],
    ["each type without a mail", SIMPLE.map((type) => step(type)), false, null],
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
  const able = SIMPLE.filter((type) => faultIn([step(type, mail())], false) === null);
  assert.deepEqual(able, [
    "auto_email",
    "manual_email",
    "call",
    "sms",
    "whatsapp",
    "linkedin_step_connect",
    "linkedin_step_message",
  ]);
});

test("whose step is gone goes on after the last one that was done, wherever that stands now", () => {
  const list = (ids: string, off = "") => tree([...ids].join(" "), off);
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
    ["a path was taken", tree("a ?( b : c ) d"), "a", null, "c"],
    ["the last of a path was done", tree("a ?( b : c ) d"), "ab", null, "d"],
  ];
  const now = Temporal.Instant.from("2026-03-02T08:00Z");
  for (const [name, steps, done, underwayId, expected] of cases)
    assert.equal(
      stepInsteadOf(steps, { doneIds: [...done], underwayId, paths: { "?": "no" } }, now)?.id ?? null,
      expected,
      name,
    );
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

test("what must come before a step comes before it on every path", () => {
  const on = (
    id: string,
    parentId: string | null,
    path: "yes" | "no" | null,
    planned: PlannedStep,
  ): PlannedStep => ({
    ...planned,
    id,
    parentId,
    path,
  });
  const branch = {
    ...step("branch"),
    condition: {
      match: "all" as const,
      waitDays: 0,
      rules: [{ type: "replied" as const, not: false, classes: null }],
    },
  };
  const [thread, reply] = [step("auto_email", mail()), step("auto_email", mail("reply_to_thread"))];
  const plan = (steps: PlannedStep[]) => steps.map((one, n) => ({ ...one, position: n + 1 }));
  const cases: [string, PlannedStep[], string | null][] = [
    [
      "a reply on a path",
      [on("a", null, null, thread), on("?", null, null, branch), on("b", "?", "no", reply)],
      null,
    ],
    [
      "the thread is on the other path",
      [
        on("a", null, null, thread),
        on("?", null, null, branch),
        on("b", "?", "yes", thread),
        on("c", "?", "no", reply),
      ],
      null,
    ],
    [
      "no email before the branch",
      [on("?", null, null, branch), on("b", "?", "yes", thread)],
      "condition_step_sends_nothing",
    ],
    [
      "a step on a branch that is not there",
      [on("a", null, null, thread), on("b", "a", "yes", reply)],
      "branch_not_found",
    ],
    ["a branch that is not there", [on("a", "x", "yes", thread)], "branch_not_found"],
    ["a circle", [on("?", "!", "yes", branch), on("!", "?", "yes", branch)], "branch_not_found"],
    ["itself", [on("?", "?", "yes", branch)], "branch_not_found"],
    [
      "no condition",
      [on("a", null, null, thread), on("?", null, null, step("branch"))],
      "branch_condition_missing",
    ],
    [
      "a condition elsewhere",
      [on("a", null, null, { ...thread, condition: branch.condition })],
      "condition_not_for_this_step",
    ],
  ];
  for (const [why, steps, code] of cases) assert.equal(faultIn(plan(steps), false)?.code ?? null, code, why);

  const asks = (stepId: string | null, type: "email_opened" | "task" = "email_opened") => ({
    ...branch,
    condition: {
      ...branch.condition,
      rules: [
        type === "task"
          ? { type, not: false, stepId: stepId ?? "", outcomes: ["completed" as const] }
          : { type, not: false, stepId },
      ],
    },
  });
  const within = (asked: PlannedStep) =>
    plan([
      on("a", null, null, thread),
      on("t", null, null, step("call")),
      on("?", null, null, { ...branch }),
      on("b", "?", "yes", reply),
      on("!", "?", "no", asked),
      on("c", "!", "yes", reply),
      on("d", null, null, reply),
    ]);
  assert.equal(faultIn(within(asks("a")), false), null);
  assert.equal(faultIn(within(asks(null)), false), null);
  assert.equal(
    faultIn(within(asks("b")), false)?.code,
    "condition_step_not_before",
    "it is on the other path",
  );
  assert.equal(faultIn(within(asks("d")), false)?.code, "condition_step_not_before", "it comes later");
  assert.equal(faultIn(within(asks("t")), false)?.code, "condition_step_sends_nothing");
  assert.equal(faultIn(within(asks("t", "task")), false), null);
  assert.equal(faultIn(within(asks("a", "task")), false)?.code, "condition_step_has_no_task");

  const dated = (
    id: string,
    parentId: string | null,
    path: "yes" | "no" | null,
    hour: number,
    of = step("call"),
  ) => on(id, parentId, path, { ...of, exactAt: at(hour).exactAt });
  const days = (yes: number, no: number, after: number) =>
    faultIn(
      plan([
        dated("a", null, null, 1, thread),
        dated("?", null, null, 2, branch),
        dated("b", "?", "yes", yes),
        dated("c", "?", "no", no),
        dated("d", null, null, after),
      ]),
      true,
    )?.code ?? null;
  assert.deepEqual([days(3, 3, 4), days(5, 3, 6), days(5, 3, 4)], [null, null, "exact_times_out_of_order"]);
});
