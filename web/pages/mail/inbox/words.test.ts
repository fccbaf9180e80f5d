import assert from "node:assert/strict";
import { test } from "node:test";
import { answersTo, choicesFor, sayHeld, saySuggested, sayVerdict, wishBefore } from "./words.ts";

const PLAIN = {
  kind: "reply",
  reply_class: null,
  returns_on: null,
  bounce: null,
  certainty: "sure",
} as const;
const mail = (rest: Partial<Parameters<typeof sayVerdict>[0]>) => ({ ...PLAIN, ...rest });
const day = (at: string) => `<${at}>`;

test("what a model suggests is said in the same words, and known where it is what was read anyway", () => {
  const cases: [Parameters<typeof mail>[0], string, string, boolean][] = [
    [{}, "willing_to_meet", "wants to meet", false],
    [{}, "none_of_the_above", "reply", true],
    [{ reply_class: "willing_to_meet" }, "willing_to_meet", "wants to meet", true],
    [{}, "unsubscribe", "unsubscribe request", false],
    [{ kind: "unsubscribe" }, "unsubscribe", "unsubscribe request", true],
    [{ kind: "unsubscribe" }, "not_interested", "not interested", false],
  ];
  for (const [rest, reply_class, word, already] of cases)
    assert.deepEqual(saySuggested({ ...mail(rest), suggestion: { reply_class } }), [word, already]);
});

test("a verdict is said in words", () => {
  const cases: [Parameters<typeof mail>[0], string][] = [
    [{}, "reply"],
    [{ reply_class: "willing_to_meet" }, "wants to meet"],
    [{ kind: "out_of_office", returns_on: "2026-12-02" }, "out of office until <2026-12-02>"],
    [{ kind: "out_of_office" }, "out of office"],
    [{ kind: "bounce", bounce: { class: "soft" } }, "temporary bounce"],
    [{ kind: "bounce", bounce: { class: "hard" } }, "bounce"],
  ];
  for (const [given, says] of cases) assert.equal(sayVerdict(mail(given), day), says);
});

test("what it is already is no choice, and each choice says what follows", () => {
  const choices = choicesFor(mail({ reply_class: "not_interested" }), "Ines", "2026-11-21");
  assert.ok(choices.every(({ key }) => key !== "reply:not_interested"));
  assert.ok(choices.every(({ changes }) => changes.length > 0));
  assert.equal(
    choices.find(({ key }) => key === "reply:willing_to_meet")?.changes,
    "Only the type of reply changes.",
  );
  const away = choicesFor(mail({ kind: "auto_reply" }), "Ines", "2026-11-21");
  assert.deepEqual(away.find(({ key }) => key === "out_of_office")?.wish, {
    kind: "out_of_office",
    returns_on: "2026-11-21",
  });
});

test("what it was can be said again, unless only a machine can", () => {
  assert.deepEqual(wishBefore(mail({ kind: "out_of_office", returns_on: "2026-12-02" })), {
    kind: "out_of_office",
    returns_on: "2026-12-02",
  });
  assert.deepEqual(wishBefore(mail({ reply_class: "not_interested" })), {
    kind: "reply",
    reply_class: "not_interested",
  });
  assert.equal(wishBefore(mail({ kind: "challenge" })), null);
});

test("what is held is said with its end, and the first key settles it as it was read", () => {
  const at = { reason: "answered", until: "2026-11-29" } as const;
  assert.equal(
    sayHeld(at, "Ines", day),
    "Ines replied. Automatic emails are on hold until you choose what this is or until <2026-11-29>.",
  );
  assert.match(
    sayHeld({ reason: "maybe_opted_out", until: null }, "Ines", day),
    /may have asked to unsubscribe.*this is\.$/,
  );
  const keys = (rest: Parameters<typeof mail>[0]) =>
    answersTo(mail(rest), day).map(({ key, label }) => `${key} ${label}`);
  assert.deepEqual(keys({ kind: "unsubscribe" }), [
    "y Yes: unsubscribe request",
    "a Reply",
    "o Automatic reply",
  ]);
  assert.equal(keys({}).length, 3);
  assert.equal(keys({ kind: "list" }).length, 4);
});
