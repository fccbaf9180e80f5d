import assert from "node:assert/strict";
import { test } from "node:test";
import { type Capacity, capacitiesAfter, rotate } from "./rotation.ts";

const box = (id: string, dailyLimit: number | null, rest: Partial<Capacity> = {}): Capacity => ({
  id,
  dailyLimit,
  sentLastDay: 0,
  newLeft: null,
  plannedNextDay: 0,
  activeMembers: 0,
  isResting: false,
  ...rest,
});

const CASES: [string, number, Capacity[], Record<string, number>, Record<string, number | null>][] = [
  [
    "most left comes next",
    30,
    [box("a", 50), box("b", 30), box("c", 10)],
    { a: 25, b: 5, c: 0 },
    { a: 25, b: 25, c: 10 },
  ],
  [
    "what is sent and planned counts",
    2,
    [box("a", 50, { sentLastDay: 30, plannedNextDay: 15 }), box("b", 8)],
    { a: 0, b: 2 },
    { a: 5, b: 6 },
  ],
  [
    "a limit of new contacts leaves less than the daily limit",
    6,
    [box("a", 50, { newLeft: 4, plannedNextDay: 1 }), box("b", null, { newLeft: 5 })],
    { a: 2, b: 4 },
    { a: 1, b: 1 },
  ],
  ["beyond nothing the queue grows evenly", 6, [box("a", 1), box("b", 3)], { a: 2, b: 4 }, { a: -1, b: -1 }],
  [
    "a tie goes to the one with fewer members",
    1,
    [box("a", 5, { activeMembers: 9 }), box("b", 5)],
    { a: 0, b: 1 },
    { a: 5, b: 4 },
  ],
  ["and then to the smaller id", 1, [box("b", 5), box("a", 5)], { a: 1, b: 0 }, { a: 4, b: 5 }],
  [
    "without limits they take turns",
    4,
    [box("a", null), box("b", null)],
    { a: 2, b: 2 },
    { a: null, b: null },
  ],
  [
    "one without a limit comes before any with one",
    3,
    [box("a", 100), box("b", null)],
    { a: 0, b: 3 },
    { a: 100, b: null },
  ],
  [
    "one whose server turns mail away is passed over",
    3,
    [box("a", 50, { isResting: true }), box("b", 1), box("c", 2)],
    { a: 0, b: 1, c: 2 },
    { a: 50, b: 0, c: 0 },
  ],
  ["and not where there is no other", 1, [box("a", 5, { isResting: true })], { a: 1 }, { a: 4 }],
  ["no contact joins", 0, [box("a", 5)], { a: 0 }, { a: 5 }],
];
for (const [name, people, boxes, added, remaining] of CASES)
  test(name, () => {
    const { chosen, shares } = rotate(people, boxes);
    assert.equal(chosen.length, people);
    assert.deepEqual(Object.fromEntries(shares.map((share) => [share.mailboxId, share.added])), added);
    assert.deepEqual(
      Object.fromEntries(shares.map((share) => [share.mailboxId, share.remaining])),
      remaining,
    );
  });

test("many batches come to what one would", () => {
  const boxes = [box("a", 1000), box("b", 500), box("c", null, { activeMembers: 3 }), box("d", 40)].filter(
    ({ dailyLimit }) => dailyLimit,
  );
  for (const size of [1, 7, 99, 3000]) {
    let left = boxes;
    const added: Record<string, number> = {};
    for (let done = 0; done < 3000; done += size) {
      const { shares } = rotate(Math.min(size, 3000 - done), left);
      left = capacitiesAfter(left, shares);
      for (const share of shares) added[share.mailboxId] = (added[share.mailboxId] ?? 0) + share.added;
    }
    const whole = Object.fromEntries(
      rotate(3000, boxes).shares.map((share) => [share.mailboxId, share.added]),
    );
    for (const [id, count] of Object.entries(whole))
      assert.ok(Math.abs((added[id] ?? 0) - count) <= 1, `${id} in batches of ${size}`);
  }
});
