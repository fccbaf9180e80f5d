import assert from "node:assert/strict";
import { test } from "node:test";
import { asWritten } from "../../mail/templates/variable-forms.ts";
import { type DraftStep, isEmpty, isSame, newMail, newStep } from "./draft.ts";
import { impactOf } from "./impact.ts";
import { choicesFor, sharesOf } from "./pairs.ts";
import { problemsOf } from "./problems.ts";
import { dropped, duplicated } from "./tree.ts";
import { wishOf } from "./wish.ts";

const step = (id: string, rest: Partial<DraftStep> = {}): DraftStep => ({
  ...newStep("auto_email", [], false),
  key: id,
  id,
  mails: [newMail({ key: `${id} mail`, id: `${id} mail`, subject: "Hi", html: "<p>Hello</p>" })],
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
    dropped(draft, 0, 2).map(({ id }) => id),
    ["b", "c", "a"],
  );
  assert.ok(isSame(dropped(draft, 0, 0), draft));
  const copied = duplicated(draft, "a");
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
  assert.match(removed[0] ?? "", /Step 2 .* will be deleted: 3 contacts waiting there will finish/);
  const slower = impactOf([step("a"), step("b", { waitTime: 9 })], saved, people);
  assert.match(slower[0] ?? "", /waiting time changes: 3 contacts waiting/);
  const off = impactOf([step("a"), step("b", { isOn: false })], saved, people);
  assert.match(off[0] ?? "", /turned off: 5 contacts will skip it/);
  const passed = [waiting("a", 0), waiting("b", 3)];
  const offBehind = impactOf([step("a", { isOn: false }), step("b")], saved, passed);
  assert.match(offBehind[0] ?? "", /turned off\. All current contacts have passed it/);
  const reworded = step("a", { mails: [newMail({ key: "a mail", id: "a mail", html: "<p>Other</p>" })] });
  assert.match(impactOf([reworded, step("b")], saved, people)[0] ?? "", /changes for 2 contacts/);
  assert.match(impactOf([reworded, step("b")], saved, passed)[0] ?? "", /for new contacts only/);
  assert.match(impactOf([step("b"), step("a")], saved, people)[0] ?? "", /The order changes/);
});

const says = (draft: DraftStep[], at = 0) =>
  problemsOf(draft[at] as DraftStep, at, draft, undefined).map((problem) => problem.says);

test("problems that can be seen in the steps are found there", () => {
  assert.deepEqual(says([step("a")]), []);
  assert.match(says([step("a", { mails: [newMail()] })])[0] ?? "", /still empty/);
  const off = step("a", { mails: [newMail({ html: "<p>x</p>", subject: "x", isOn: false })] });
  assert.match(says([off])[0] ?? "", /No variant is ready to send/);
  const gap = step("a", { mails: [newMail({ html: "<p>We help with [what you do].</p>", subject: "x" })] });
  assert.match(says([gap])[0] ?? "", /Replace the placeholder \[what you do\]/);
  const reply = step("b", { mails: [newMail({ html: "<p>x</p>", isReply: true })] });
  assert.match(says([reply])[0] ?? "", /no earlier email starts one/);
  assert.match(says([step("a", { isOn: false }), reply], 1)[0] ?? "", /is turned off/);
});

test("a variable is written plainly, with something instead, or only where it is known", () => {
  assert.equal(asWritten("first_name", "plain", ""), "{{first_name}}");
  assert.equal(asWritten("first_name", "instead", "the|re}"), "{{first_name|there}}");
  assert.equal(asWritten("first_name", "if", ""), "{{#if first_name}}{{first_name}}{{#endif}}");
});

const variants = (id: string, letters: string, goesWith: Record<string, string> = {}) =>
  step(id, {
    mails: [...letters].map((letter) =>
      newMail({
        key: `${id}${letter}`,
        id: `${id}${letter}`,
        subject: "Hi",
        html: "<p>x</p>",
        goesWith: goesWith[letter] ?? null,
      }),
    ),
  });
const paired = [variants("one", "AB"), variants("two", "ABC", { A: "oneA" })];
const pairsAsked = (draft: DraftStep[]) =>
  wishOf(draft, paired).map(({ emailer_touches = [] }) =>
    emailer_touches.map(({ goes_with_touch_id, goes_with }) => goes_with ?? goes_with_touch_id),
  );

test("a variant says which earlier one it goes with: by its id, or by its place while it has none", () => {
  assert.deepEqual(pairsAsked(paired), [
    [null, null],
    ["oneA", null, null],
  ]);
  const [one, two] = paired;
  const added = { ...one, mails: [...(one?.mails ?? []), newMail({ key: "new", html: "<p>x</p>" })] };
  const draft = [added, { ...two, mails: two?.mails.map((mail) => ({ ...mail, goesWith: "new" })) }];
  assert.deepEqual(
    pairsAsked(draft as DraftStep[])[1],
    Array.from({ length: 3 }, () => ({ step: 1, variant: 3 })),
  );
});

test("what goes with a mail that is no longer before it is told before it is saved, and left to the server", () => {
  const moved = dropped(paired, 0, 1);
  assert.deepEqual(pairsAsked(moved), [
    [undefined, null, null],
    [null, null],
  ]);
  const says = (draft: DraftStep[]) =>
    problemsOf(draft[0] as DraftStep, 0, draft, undefined).map((one) => one.says);
  assert.deepEqual(says(moved), [
    "Variant A goes with an email that is no longer before it. After you save, it is off until you turn it on for all contacts.",
  ]);
  const alone = [variants("two", "A", { A: "oneA" }), variants("one", "AB")];
  assert.match(says(alone)[0] ?? "", /After you save, it is for all contacts\.$/);
  assert.deepEqual(says(dropped(moved, 0, 1)), [], "moved back it goes with it as before");
});

test("the share of a variant is its share among those for the same people", () => {
  assert.deepEqual(sharesOf(paired, 1), [
    { share: 100, of: "1A" },
    { share: 50, of: "others" },
    { share: 50, of: "others" },
  ]);
  assert.deepEqual(
    sharesOf(paired, 0).map(({ share, of }) => [share, of]),
    [
      [50, null],
      [50, null],
    ],
  );
});

test("a variant may be for those who got one of several variants of an earlier mail", () => {
  const [mail] = paired[1]?.mails ?? [];
  const labels = (draft: DraftStep[], index: number) =>
    mail && choicesFor(draft, index, mail).map(({ label }) => label);
  assert.deepEqual(labels(paired, 1), [
    "For contacts who got variant A of step 1",
    "For contacts who got variant B of step 1",
  ]);
  assert.deepEqual(
    labels([variants("alone", "A"), ...paired], 1),
    [],
    "one that everybody gets tells nobody apart",
  );
});
