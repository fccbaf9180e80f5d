import assert from "node:assert/strict";
import { test } from "node:test";
import { holdLegs, type Leg, refundLegs, settleLegs, spendLegs } from "./credit-movements.ts";

const sum = (legs: readonly Leg[]) => legs.reduce((all, { amount }) => all + amount, 0);
const on = (legs: readonly Leg[], account: Leg["account"]) =>
  sum(legs.filter((leg) => leg.account === account));

test("whatever moves, its legs sum to nothing", () => {
  const spent = [
    { subjectId: "a", amount: 3 },
    { subjectId: null, amount: 1 },
    { subjectId: "b", amount: 0 },
  ];
  for (const legs of [
    spendLegs(spent),
    holdLegs(9),
    settleLegs(9, spent),
    settleLegs(9, []),
    settleLegs(4, spent),
    refundLegs(spent),
    spendLegs([]),
  ]) {
    assert.equal(sum(legs), 0);
    assert.ok(legs.every(({ amount }) => amount !== 0));
  }
});

test("settling frees what was held and not spent", () => {
  const legs = settleLegs(9, [{ subjectId: "a", amount: 3 }]);
  assert.deepEqual([on(legs, "held"), on(legs, "spent"), on(legs, "purse")], [-9, 3, 6]);
});

test("a refund is the spending, backwards", () => {
  const legs = refundLegs([{ subjectId: "a", amount: 2 }]);
  assert.deepEqual(legs, [
    { account: "purse", amount: 2, subjectId: null },
    { account: "spent", amount: -2, subjectId: "a" },
  ]);
});
