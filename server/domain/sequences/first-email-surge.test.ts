import assert from "node:assert/strict";
import { test } from "node:test";
import { type FirstEmailHabit, firstEmailSurge, surgeSentence } from "./first-email-surge.ts";

const HABIT: FirstEmailHabit = {
  mailboxId: "m",
  email: "nina@x.example",
  sent: 120,
  daysSent: 10,
  waiting: 0,
  added: 90,
  dailyLimit: null,
};

const CASES: [says: string, habit: Partial<FirstEmailHabit>, usual: number | null, upTo: number | null][] = [
  ["12 a day before, 90 added", {}, 12, 90],
  ["three times as many are no surge", { added: 36 }, null, null],
  ["one more than three times as many is one", { added: 37 }, 12, 37],
  ["first emails that wait already count", { added: 30, waiting: 10 }, 12, 40],
  ["the limit of the day is the most", { added: 900, dailyLimit: 50 }, 12, 50],
  ["a limit below the surge prevents it", { added: 900, dailyLimit: 36 }, null, null],
  ["a new mailbox with few first emails", { sent: 0, daysSent: 0, added: 19 }, null, null],
  ["a new mailbox with many", { sent: 0, daysSent: 0, added: 20 }, 0, 20],
  ["a single busy day is no habit", { sent: 60, daysSent: 1, added: 60 }, 12, 60],
  ["a mailbox that gets none of them", { added: 0, waiting: 400 }, null, null],
];

for (const [says, habit, usual, upTo] of CASES)
  test(`first emails a day: ${says}`, () => {
    const surge = firstEmailSurge({ ...HABIT, ...habit });
    assert.deepEqual([surge?.usual ?? null, surge?.upTo ?? null], [usual, upTo]);
  });

test("the sentence names the figures", () => {
  const surge = { mailboxId: "m", email: "nina@x.example", usual: 12, upTo: 90 };
  assert.equal(
    surgeSentence(surge),
    "nina@x.example sent 12 first emails a day. With these contacts it would send up to 90 a day.",
  );
  assert.equal(
    surgeSentence({ ...surge, usual: 0 }),
    "nina@x.example sent no first emails in the last 14 days. With these contacts it would send up to 90 a day.",
  );
});
