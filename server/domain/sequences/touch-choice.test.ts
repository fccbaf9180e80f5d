import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseTouch as choose, type Draw, receivedBy, whyChosen } from "./touch-choice.ts";

const NOTHING_RECEIVED = receivedBy(null, "");

const id = (n: number) => n.toString(16).padStart(24, "65a1b2c3d4e5f60718290000");
const draw = (n: number, stepId = id(900_001)) => ({ sequenceId: id(900_000), stepId, contactId: id(n) });
const PEOPLE = Array.from({ length: 20_000 }, (_, n) => n);
type Touch = { id: string; weight: number; goesWithTouchId: string | null };
const touch = (n: number, weight = 1, goesWith: number | null = null): Touch => {
  return { id: id(700_000 + n), weight, goesWithTouchId: goesWith === null ? null : id(700_000 + goesWith) };
};
const sent = (...ns: number[]) => new Set(ns.map((n) => touch(n).id));
const chooseTouch = (
  touches: readonly Touch[],
  drawn: Draw,
  received: ReadonlySet<string> = NOTHING_RECEIVED,
) => choose(touches, drawn, received);

function shares(touches: Touch[], received: ReadonlySet<string> = NOTHING_RECEIVED) {
  const chosen = Map.groupBy(PEOPLE, (n) => chooseTouch(touches, draw(n), received)?.id);
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

test("the mail a contact gets in one step says nothing about the next", () => {
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

const [A, B, C] = [1, 2, 3];

test("a contact who was sent a mail draws among its paired mails, by their weights, and other contacts among the rest", () => {
  const followUps = [touch(11, 1, A), touch(12, 3, A), touch(13), touch(14)];
  const [one = 0, three = 0, ...others] = shares(followUps, sent(A));
  near(one, 0.25);
  near(three, 0.75);
  assert.deepEqual(others, [0, 0]);
  for (const received of [sent(B), sent()]) {
    const [first, second, third = 0, fourth = 0] = shares(followUps, received);
    assert.deepEqual([first, second], [0, 0], "what was written for the readers of another mail");
    near(third, 0.5);
    near(fourth, 0.5);
  }
});

test("a contact who was sent two mails with pairs draws among the pairs of both", () => {
  const [a = 0, b = 0, neither = 1] = shares([touch(11, 1, A), touch(12, 1, B), touch(13)], sent(A, B));
  near(a, 0.5);
  near(b, 0.5);
  assert.equal(neither, 0);
});

test("where what goes with their mail may not be sent they get what everybody else gets", () => {
  assert.equal(chooseTouch([touch(11, 0, A), touch(13)], draw(1), sent(A))?.id, touch(13).id);
  assert.equal(chooseTouch([touch(12, 1, B), touch(13)], draw(1), sent(A))?.id, touch(13).id);
});

test("no contact is left without a mail because of pairs", () => {
  const [a = 0, b = 0] = shares([touch(11, 1, A), touch(12, 1, B)], sent(C));
  near(a, 0.5);
  near(b, 0.5);
  assert.equal(chooseTouch([touch(11, 1, A)], draw(1), sent())?.id, touch(11).id);
  assert.equal(chooseTouch([touch(11, 0, A)], draw(1), sent(A)), null);
});

test("a mail that goes with another changes nothing for those who were not sent it", () => {
  const before = [touch(13), touch(14)];
  for (const n of PEOPLE.slice(0, 500)) {
    const own = chooseTouch(before, draw(n));
    assert.equal(chooseTouch([...before, touch(11, 5, A)], draw(n), sent(B))?.id, own?.id);
    assert.equal(chooseTouch([touch(11, 5, A), ...before].toReversed(), draw(n), sent())?.id, own?.id);
  }
});

test("the answer says why a contact gets a mail", () => {
  const why = (of: Touch, touches: Touch[], received: ReadonlySet<string>) =>
    whyChosen(of, touches, received);
  const [forA, forAll, other] = [touch(11, 1, A), touch(13), touch(14)];
  assert.equal(why(forA, [forA, forAll], sent(A)), "goes_with");
  assert.equal(why(forAll, [forA, forAll], sent(B)), "everybody_else");
  assert.equal(why(forA, [forA], sent(B)), "no_other");
  assert.equal(why(forAll, [forAll, other], sent(A)), "drawn");
  assert.equal(why(forAll, [forAll], sent()), "only");
  assert.equal(why(forAll, [forAll, touch(11, 0, A)], sent()), "only", "what has no weight is not sent");
});
