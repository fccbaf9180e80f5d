import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepType } from "./sequence-plan.ts";
import { faultOfPair, type PlannedTouch, toReview } from "./touch-pairs.ts";

const mail = (id: string, position: number, rest: Partial<PlannedTouch> = {}): PlannedTouch => ({
  id,
  position,
  after: Array.from({ length: position - 1 }, (_, n) => n + 1),
  type: "auto_email" as StepType,
  maySend: true,
  goesWithTouchId: null,
  ...rest,
});

test("a mail goes with one of an earlier e-mail step, sent by the engine or by hand", () => {
  const later = mail("later", 3);
  const plan = [mail("first", 1), mail("by hand", 2, { type: "manual_email" }), later, mail("last", 4)];
  assert.equal(faultOfPair(later, "first", plan), null);
  assert.equal(faultOfPair(later, "by hand", plan), null);
  assert.equal(
    faultOfPair(mail("said", 3, { type: "call" }), "first", plan),
    null,
    "what to say in a call too",
  );
});

test("no contact has been sent a mail of another path", () => {
  const own = mail("own", 3, { after: [1] });
  const plan = [mail("first", 1), mail("on the other path", 2), own];
  assert.equal(faultOfPair(own, "on the other path", plan), "goes_with_not_earlier");
  assert.equal(faultOfPair(own, "first", plan), null);
});

test("no contact has been sent a mail of the same step, of a later one, or what was said in a call", () => {
  const own = mail("own", 2);
  const plan = [mail("said", 1, { type: "call" }), own, mail("sibling", 2), mail("last", 3)];
  for (const other of ["own", "sibling", "last", "said"])
    assert.equal(faultOfPair(own, other, plan), "goes_with_not_earlier", other);
  assert.equal(faultOfPair(own, "elsewhere", plan), "goes_with_not_found");
});

test("what was written for some waits for a review where its step has a mail for everybody", () => {
  const loose = new Set(["for some"]);
  const forSome = mail("for some", 2);
  assert.deepEqual(toReview(loose, [mail("a", 1), forSome, mail("for all", 2)]), ["for some"]);
  assert.deepEqual(
    toReview(loose, [forSome, mail("off", 2, { maySend: false })]),
    [],
    "or nobody would be mailed",
  );
  assert.deepEqual(toReview(loose, [forSome, mail("for others", 2, { goesWithTouchId: "b" })]), []);
  assert.deepEqual(toReview(loose, [forSome, mail("of another step", 3)]), []);
  assert.deepEqual(toReview(loose, [mail("for some", 2, { maySend: false }), mail("for all", 2)]), []);
  assert.deepEqual(
    toReview(new Set(["one", "other"]), [mail("one", 2), mail("other", 2)]),
    [],
    "two that have lost the same are shared out",
  );
});
