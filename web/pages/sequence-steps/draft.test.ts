import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DraftStep,
  duplicateStep,
  isEmpty,
  isSame,
  moveStep,
  newMail,
  newStep,
  wishOf,
} from "./draft.ts";
import { impactOf } from "./impact.ts";
import { problemsOf } from "./problems.ts";
import { asWritten } from "./variable-forms.ts";

const step = (id: string, rest: Partial<DraftStep> = {}): DraftStep => ({
  ...newStep("auto_email", [], false),
  ...{
    key: id,
    id,
    mails: [newMail({ key: `${id} mail`, id: `${id} mail`, subject: "Hi", html: "<p>Hello</p>" })],
  },
  ...rest,
});
const counts = {
  active: 0,
  paused: 0,
  finished: 0,
  failed: 0,
  bounced: 0,
  spam_blocked: 0,
  hard_bounced: 0,
  not_sent: 0,
};
const waiting = (id: string, active: number) => ({ id, counts: { ...counts, active } });

test("what says what it said is not sent again, and what is empty waits", () => {
  const saved = [step("a"), step("b")];
  const draft = [step("a"), { ...step("b"), mails: [newMail({ html: "<p><br></p>" })] }];
  const [first, second] = wishOf(draft, saved);
  assert.equal(first?.emailer_touches?.[0]?.emailer_template, undefined);
  assert.equal(first?.emailer_touches?.[0]?.status, "approved");
  assert.equal(second?.emailer_touches?.[0]?.status, "to_be_reviewed");
});

test("steps move, and a copy is one of its own", () => {
  const draft = [step("a"), step("b"), step("c")];
  assert.deepEqual(
    moveStep(draft, 0, 2).map(({ id }) => id),
    ["b", "c", "a"],
  );
  assert.ok(isSame(moveStep(draft, 0, 3), draft));
  const copied = duplicateStep(draft, "a");
  assert.deepEqual(
    copied.map(({ id }) => id),
    ["a", null, "b", "c"],
  );
  assert.equal(copied[1]?.mails[0]?.id, null);
});

const EMPTY: [html: string, isEmpty: boolean][] = [
  ["", true],
  ["<p><br></p><p>&nbsp;</p>", true],
  ["<p>Hi</p>", false],
  ['<img src="https://x.example/a.png">', false],
];
for (const [html, empty] of EMPTY)
  test(`${html || "nothing"} is ${empty ? "empty" : "something"}`, () =>
    assert.equal(isEmpty({ html }), empty));

test("a change is told with whom it touches, and nothing where nothing changed", () => {
  const saved = [step("a"), step("b")];
  const people = [waiting("a", 2), waiting("b", 3)];
  assert.deepEqual(impactOf(saved, saved, people), []);
  const removed = impactOf([step("a")], saved, people);
  assert.match(removed[0] ?? "", /Step 2 .* is taken away: 3 contacts who wait there finish/);
  const slower = impactOf([step("a"), step("b", { waitTime: 9 })], saved, people);
  assert.match(slower[0] ?? "", /waits differently: 3 contacts who wait/);
  const off = impactOf([step("a"), step("b", { isOn: false })], saved, people);
  assert.match(off[0] ?? "", /switched off: 5 contacts will pass over it/);
  const reworded = step("a", { mails: [newMail({ key: "a mail", id: "a mail", html: "<p>Other</p>" })] });
  assert.match(impactOf([reworded, step("b")], saved, people)[0] ?? "", /reads differently for 2 contacts/);
  assert.match(impactOf([step("b"), step("a")], saved, people)[0] ?? "", /The order changes/);
});

const says = (draft: DraftStep[], at = 0) =>
  problemsOf(draft[at] as DraftStep, at, draft, undefined).map((problem) => problem.says);

test("problems that can be seen in the steps are found there", () => {
  assert.deepEqual(says([step("a")]), []);
  assert.match(says([step("a", { mails: [newMail()] })])[0] ?? "", /still empty/);
  const off = step("a", { mails: [newMail({ html: "<p>x</p>", subject: "x", isOn: false })] });
  assert.match(says([off])[0] ?? "", /No variant is switched on/);
  const gap = step("a", { mails: [newMail({ html: "<p>We help with [what you do].</p>", subject: "x" })] });
  assert.match(says([gap])[0] ?? "", /still \[what you do\]/);
  const reply = step("b", { mails: [newMail({ html: "<p>x</p>", isReply: true })] });
  assert.match(says([reply])[0] ?? "", /no mail before it begins one/);
  assert.match(says([step("a", { isOn: false }), reply], 1)[0] ?? "", /is switched off/);
});

test("a variable is written plainly, with something instead, or only where it is known", () => {
  assert.equal(asWritten("first_name", "plain", ""), "{{first_name}}");
  assert.equal(asWritten("first_name", "instead", "the|re}"), "{{first_name|there}}");
  assert.equal(asWritten("first_name", "if", ""), "{{#if first_name}}{{first_name}}{{#endif}}");
});
