import assert from "node:assert/strict";
import { test } from "node:test";
import { sequenceChanges } from "./file-changes.ts";
import { keysOf } from "./file-keys.ts";
import { inOrderOf, matchSteps, matchVariants } from "./file-matches.ts";
import type { SequenceModel, StepModel, VariantModel } from "./file-model.ts";
import { fileVerdict } from "./file-verdict.ts";
import { joinMail, splitMail } from "./mail-files.ts";

const step = (type: StepModel["type"], note: string | null = null): StepModel => ({
  type,
  note,
  waitTime: 1,
  waitMode: "day",
  at: null,
  enabled: true,
  priority: null,
  maxEmailsPerDay: null,
  skipAfterDays: null,
  branch: null,
  condition: null,
  variants: [],
});
const listed = (text: string) =>
  text.split(" ").map((one) => step(one.startsWith("c") ? "call" : "action_item", one));
const pairs = (before: string, after: string) =>
  matchSteps(listed(before), listed(after))
    .map(({ from, to }) => `${from ?? "-"}${to ?? "-"}`)
    .join(" ");

for (const [what, before, after, wanted] of [
  ["the same", "c1 a1 c2", "c1 a1 c2", "00 11 22"],
  ["a text that changes", "c1 a1 c2", "c1 a2 c2", "00 11 22"],
  ["a step before all", "c1 a1", "c0 c1 a1", "-0 01 12"],
  ["a step in the middle", "c1 c2", "c1 a1 c2", "00 -1 12"],
  ["a step that goes", "c1 a1 c2", "c1 c2", "00 1- 21"],
  ["another type in its place", "c1", "a1", "-0 0-"],
  ["a step that moves past another", "c1 a1", "a1 c1", "10 01"],
] as const)
  test(`steps are matched: ${what}`, () => assert.equal(pairs(before, after), wanted));

const variant = (text: string, rest: Partial<VariantModel> = {}): VariantModel => ({
  template: null,
  subject: `S ${text}`,
  html: `<p>${text}</p>`,
  thread: "new_thread",
  status: "approved",
  weight: 1,
  signature: true,
  opener: null,
  openerFallback: "send_without_opener",
  genericOpener: null,
  attachments: [],
  goesWith: null,
  ...rest,
});
/** Such as `A0 B3 C5`: the text, and days to wait. */
const mails = (text: string) =>
  text.split(" ").map(
    (one): StepModel => ({
      ...step("auto_email"),
      waitTime: Number(one.slice(1)),
      variants: [variant(one.slice(0, 1))],
    }),
  );

for (const [what, before, after, wanted] of [
  ["one before all, and other waits", "A0 B3 C5", "N0 A2 B4 C6", "-0 01 12 23"],
  ["the last two change places", "A0 B3 C5", "A0 C3 B5", "00 21 12"],
  ["two change places, their waits stay", "A0 B2", "B0 A2", "10 01"],
  ["one goes, and another comes behind", "A0 B2", "B0 N2", "0- 10 -1"],
] as const) {
  test(`a step keeps its text: ${what}`, () => {
    const matches = matchSteps(mails(before), mails(after));
    assert.equal(matches.map(({ from, to }) => `${from ?? "-"}${to ?? "-"}`).join(" "), wanted);
  });

  test(`a contact in the middle gets each text at most once: ${what}`, () => {
    const [old, now] = [mails(before), mails(after)];
    const matches = matchSteps(old, now);
    for (let at = 0; at < old.length; at++) {
      const got = old.slice(0, at + 1).map(({ variants }) => variants[0]?.html);
      const done = new Set(matches.flatMap(({ from, to }) => (from !== null && from <= at ? [to] : [])));
      const last = matches.find(({ from }) => from === at)?.to ?? -1;
      for (const [to, one] of now.entries()) if (to > last && !done.has(to)) got.push(one.variants[0]?.html); // a step is sent once to a contact
      assert.equal(new Set(got).size, got.length);
    }
  });
}

test("a step that another one has passed is told with its place", () => {
  const model = (text: string) => ({ name: "A", steps: mails(text) }) as unknown as SequenceModel;
  assert.deepEqual(sequenceChanges(model("A0 B2 C2"), model("A0 C2 B2")), [
    { where: "step 3", what: "place", before: "2", after: "3" },
  ]);
});

for (const [what, before, after, wanted] of [
  ["the first one goes", "A B C", "B C", "0- 10 21"],
  ["others change places", "A B", "B A", "10 01"],
  ["one comes first", "A B", "N A B", "-0 01 12"],
  ["a text changes", "A B C", "A N C", "00 11 22"],
] as const)
  test(`variants are matched by their texts: ${what}`, () => {
    const listed = (text: string) => text.split(" ").map((one) => variant(one));
    const matches = matchVariants(listed(before), listed(after));
    assert.equal(matches.map(({ from, to }) => `${from ?? "-"}${to ?? "-"}`).join(" "), wanted);
  });

test("variants stay in the order in which they are, and pairs follow them", () => {
  const steps = (first: string, goesWith: { step: number; variant: number }): StepModel[] => [
    { ...step("auto_email"), variants: first.split(" ").map((one) => variant(one)) },
    { ...step("auto_email"), variants: [variant("R", { goesWith })] },
  ];
  assert.deepEqual(
    inOrderOf(steps("A B", { step: 1, variant: 2 }), steps("N B A", { step: 1, variant: 2 })),
    steps("A B N", { step: 1, variant: 2 }),
  );
  assert.deepEqual(
    inOrderOf(steps("A B", { step: 1, variant: 2 }), steps("B A", { step: 1, variant: 2 })),
    steps("A B", { step: 1, variant: 1 }),
  );
});

test("changes are told by step, with what was and what is", () => {
  const model = (steps: StepModel[]) => ({ name: "A", steps }) as unknown as SequenceModel;
  const changes = sequenceChanges(model(listed("c1 a1")), { ...model(listed("c9")), name: "B" });
  assert.deepEqual(changes, [
    { where: "", what: "name", before: "A", after: "B" },
    { where: "step 1", what: "note", before: "c1", after: "c9" },
    { where: "step 2", what: "step removed", before: "action_item", after: null },
  ]);
});

test("keys are made of names, and equal ones are told apart", () => {
  const records = [
    { id: "aaaaaaaa11111111", name: "Nordic Plänts (2026)", key: null },
    { id: "bbbbbbbb22222222", name: "Twice", key: null },
    { id: "cccccccc33333333", name: "twice!", key: null },
    { id: "dddddddd44444444", name: "Other", key: "kept" },
    { id: "eeeeeeee55555555", name: "Kept", key: null },
    { id: "ffffffff66666666", name: "北京", key: null },
  ];
  assert.deepEqual(
    [...keysOf(records).values()],
    ["nordic-plants-2026", "twice-22222222", "twice-33333333", "kept", "kept-55555555", "unnamed"],
  );
});

test("a mail is its head and its text, whatever is in the text", () => {
  for (const text of ["", "x", "\n", "---", "---\nsubject: y\n---\n", "a\n\n"])
    assert.deepEqual(splitMail(joinMail("subject: x\n", text)), { head: "subject: x", text, textLine: 4 });
  for (const file of ["", "subject: x", "---\nsubject: x", " ---\n---\n"])
    assert.equal(splitMail(file), null);
});

for (const [current, applied, wanted, overwrites, verdict] of [
  [null, null, "new", false, "create"],
  ["same", null, "same", false, "unchanged"],
  ["same", "old", "same", false, "unchanged"],
  ["old", "old", "new", false, "update"],
  ["edited", "old", "new", false, "held"],
  ["edited", "old", "old", false, "held"],
  ["edited", "old", "new", true, "update"],
  ["there", null, "new", false, "held"],
  ["there", null, "new", true, "update"],
] as const)
  test(`${current} that was ${applied} and is to be ${wanted}: ${verdict}`, () =>
    assert.equal(fileVerdict({ current, applied, wanted }, overwrites).verdict, verdict));

test("a setting that a later release adds is no edit, and what is edited beside it is one", () => {
  const applied = {
    name: "A",
    rules: { one: 1 },
    stageChanges: {},
    steps: [{ type: "call", variants: [{ html: "x" }] }],
  };
  const current = {
    ...applied,
    added: true,
    rules: { one: 1, two: null },
    steps: [{ type: "call", later: 0, variants: [{ html: "x", later: 0 }] }],
  };
  const verdict = (now: object) =>
    fileVerdict({ current: now, applied, wanted: { ...now, name: "B" } }, false).verdict;
  assert.equal(verdict(current), "update");
  for (const edit of [{ stageChanges: { replied: "Won" } }, { rules: { one: 2 } }, { steps: [] }])
    assert.equal(verdict({ ...current, ...edit }), "held");
  assert.equal(verdict({ ...current, steps: [...current.steps, ...current.steps] }), "held");
});
