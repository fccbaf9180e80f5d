import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseTouch } from "./touch-choice.ts";

const id = (n: number) => n.toString(16).padStart(24, "65a1b2c3d4e5f60718290000");
const draw = (n: number, stepId = id(900_001)) => ({ sequenceId: id(900_000), stepId, contactId: id(n) });
const PEOPLE = Array.from({ length: 20_000 }, (_, n) => n);
const touch = (n: number, weight = 1) => ({ id: id(700_000 + n), weight });

function shares(touches: { id: string; weight: number }[]) {
  const chosen = Map.groupBy(PEOPLE, (n) => chooseTouch(touches, draw(n))?.id);
  return touches.map((one) => (chosen.get(one.id)?.length ?? 0) / PEOPLE.length);
}

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.015, `${actual}`);

test("mails are shared out by their weights", () => {
  const [a = 0, b = 0, c = 0, none = 1] = shares([touch(1, 1), touch(2, 2), touch(3, 7), touch(4, 0)]);
  near(a, 0.1);
  near(b, 0.2);
  near(c, 0.7);
  assert.equal(none, 0);
});

test("a contact's mail is the same every time, in whatever order the mails are listed", () => {
  const touches = [touch(1), touch(2), touch(3)];
  for (const n of PEOPLE.slice(0, 500))
    assert.equal(chooseTouch(touches, draw(n))?.id, chooseTouch(touches.toReversed(), draw(n))?.id);
  assert.equal(
    chooseTouch(touches, draw(7))?.id,
    touch(2).id,
    "a change would mail people the other variant",
  );
});

test("what somebody gets in one step says nothing about the next", () => {
  const touches = [touch(1), touch(2)];
  const both = PEOPLE.filter((n) => {
    const first = chooseTouch(touches, draw(n))?.id;
    return first === chooseTouch(touches, draw(n, id(900_002)))?.id;
  });
  near(both.length / PEOPLE.length, 0.5);
});

test("without one of the mails everybody is drawn among the rest", () => {
  const [a = 0, b = 0] = shares([touch(1), touch(3)]);
  near(a, 0.5);
  near(b, 0.5);
  assert.equal(chooseTouch([touch(1, 0)], draw(1)), null);
  assert.equal(chooseTouch([], draw(1)), null);
});
