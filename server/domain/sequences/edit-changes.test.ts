import assert from "node:assert/strict";
import { test } from "node:test";
import { type EditedSequence, type EditedStep, editChanges } from "./edit-changes.ts";

const email = (id: string, subject: string, text = "Hello") => ({ id, fields: { subject, text } });
const step = (id: string, wait: string, ...emails: EditedStep["emails"]): EditedStep => ({
  id,
  type: "auto_email",
  fields: { wait },
  emails,
});
const BEFORE: EditedSequence = {
  settings: { name: "Boilers", maxEmailsPerDay: null },
  steps: [step("a", "0 day", email("m", "First")), step("b", "3 day", email("n", "Second"))],
};
const [first, second] = BEFORE.steps as [EditedStep, EditedStep];
const told = (after: Partial<EditedSequence>, before = BEFORE) =>
  editChanges(before, { ...BEFORE, ...after }).changes.map(({ step, variant, what, from, to }) => [
    step,
    variant,
    what,
    from,
    to,
  ]);

test("nothing that stayed is told", () => assert.deepEqual(told({}), []));

test("settings, waits and subjects are told with their values before and after", () => {
  const settings = { name: "Pumps", maxEmailsPerDay: 40 };
  const steps = [first, step("b", "2 day", email("n", "Second try"))];
  assert.deepEqual(told({ settings, steps }), [
    [null, null, "name", "Boilers", "Pumps"],
    [null, null, "maxEmailsPerDay", null, 40],
    [2, null, "wait", "3 day", "2 day"],
    [2, null, "subject", "Second", "Second try"],
  ]);
});

test("a step that is added, removed or moved is told as that, and the others do not count as moved", () => {
  const added = step("c", "1 day");
  assert.deepEqual(told({ steps: [first, added, second] }), [[2, null, "added", null, "auto_email"]]);
  assert.deepEqual(told({ steps: [second] }), [[1, null, "removed", "auto_email", null]]);
  assert.deepEqual(told({ steps: [second, first] }), [
    [1, null, "place", 2, 1],
    [2, null, "place", 1, 2],
  ]);
});

test("of several emails of a step the variant is named", () => {
  const two = step("b", "3 day", email("n", "Second"), email("o", "Other"));
  assert.deepEqual(told({ steps: [first, two] }), [[2, 2, "emailAdded", null, "Other"]]);
});

test("copies of all steps, as an edit for new contacts makes, are compared by their places", () => {
  const copies = [step("x", "0 day", email("y", "First")), step("z", "5 day", email("w", "Second"))];
  assert.deepEqual(told({ steps: copies }), [[2, null, "wait", "3 day", "5 day"]]);
});

test("of a long text the part that differs is kept", () => {
  const long = (word: string) =>
    `${"Many words come before the change. ".repeat(4)}Here is ${word} and more.`;
  const before = { ...BEFORE, steps: [step("a", "0 day", email("m", "First", long("red")))] };
  const [, , , from, to] =
    told({ steps: [step("a", "0 day", email("m", "First", long("blue")))] }, before)[0] ?? [];
  assert.match(String(from), /^….*Here is red and more\.$/);
  assert.match(String(to), /^….*Here is blue and more\.$/);
});

test("of very many changes some are kept, and the rest is counted", () => {
  const steps = Array.from({ length: 15 }, (_, n) => step(`s${n}`, "1 day"));
  const { changes, moreChanges } = editChanges({ ...BEFORE, steps: [] }, { ...BEFORE, steps });
  assert.deepEqual([changes.length, moreChanges], [12, 3]);
});
