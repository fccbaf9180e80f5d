import assert from "node:assert/strict";
import { test } from "node:test";
import { countBuckets, effectiveChange, kindsNamed, mayChangeTask, titleFor } from "./task.ts";

test("a scheduled task's priority and creator are set back unless they are named", () => {
  assert.deepEqual(effectiveChange("scheduled", { note: "x" }, "me"), {
    note: "x",
    priority: "medium",
    creatorId: "me",
  });
  assert.deepEqual(effectiveChange("scheduled", { priority: "high", creatorId: "you" }, "me"), {
    priority: "high",
    creatorId: "you",
  });
});

for (const status of ["completed", "skipped"] as const)
  test(`of a ${status} task only note, priority and contact change, and nothing is set back`, () => {
    const change = {
      note: "n",
      priority: "low",
      contactId: "c",
      userId: "u",
      title: "t",
      status: "scheduled",
      type: "call",
    } as const;
    assert.deepEqual(effectiveChange(status, change, "me"), { note: "n", priority: "low", contactId: "c" });
    assert.deepEqual(effectiveChange(status, { title: "t" }, "me"), {
      note: undefined,
      priority: undefined,
      contactId: undefined,
    });
  });

const actors: [who: string, isAdmin: boolean, may: boolean][] = [
  ["doer", false, true],
  ["creator", false, true],
  ["other", false, false],
  ["other", true, true],
];
for (const [userId, isAdmin, may] of actors)
  test(`a task ${may ? "may" : "may not"} be changed by ${userId}${isAdmin ? ", an admin" : ""}`, () =>
    assert.equal(mayChangeTask({ userId, isAdmin }, { userId: "doer", creatorId: "creator" }), may));

test("titles say what to do with whom", () => {
  assert.equal(titleFor("call", "Ines Okafor"), "Call Ines Okafor");
  assert.equal(titleFor("action_item", null), "Action item for somebody");
});

test("tasks are counted in Apollo's words", () => {
  const counts = countBuckets([
    { type: "call", hasContact: true, count: 3 },
    { type: "action_item", hasContact: true, count: 2 },
    { type: "action_item", hasContact: false, count: 5 },
    { type: "linkedin_step_connect", hasContact: true, count: 1 },
    { type: "linkedin_step_message", hasContact: true, count: 1 },
  ]);
  assert.deepEqual(Object.fromEntries(counts.map(({ value, count }) => [value, count])), {
    contact_call: 3,
    outreach_manual_email: 0,
    contact_action_item: 2,
    account_action_item: 5,
    account_add_people_action: 0,
    text_messages: 0,
    linkedin_actions: 2,
    linkedin_step_connect: 1,
  });
});

test("types are understood in either vocabulary, and what a task is about with them", () => {
  const calls = [
    { type: "call", hasContact: true },
    { type: "call", hasContact: false },
  ];
  assert.deepEqual(kindsNamed(["call"]), calls);
  assert.deepEqual(kindsNamed(["contact_call", "nonsense"]), calls, "as many as the count of them says");
  assert.deepEqual(kindsNamed(["account_call"]), calls.slice(1));
  assert.deepEqual(kindsNamed(["contact_action_item"]), [{ type: "action_item", hasContact: true }]);
  assert.deepEqual(kindsNamed(["account_action_item"]), [{ type: "action_item", hasContact: false }]);
  assert.equal(kindsNamed(["linkedin_actions"]).length, 8);
});
