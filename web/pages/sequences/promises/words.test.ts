import assert from "node:assert/strict";
import { test } from "node:test";
import type { AddPromise, PromiseResult } from "./queries.ts";
import { byMailbox, keptBy, promisedDays, sayPromise, sayPromised } from "./words.ts";

const NOW = new Date("2026-11-21T09:00:00Z");

function step(hour: string, count: number, code: string | null = null, box = "a") {
  return { hour: `${hour}:00:00.000Z`, email_account_id: box, code, count };
}

function promise(
  people: number,
  first_steps: AddPromise["first_steps"],
  rest: Partial<AddPromise> = {},
): AddPromise {
  return {
    id: "p",
    emailer_campaign_id: "s",
    created_at: NOW.toISOString(),
    until: NOW.toISOString(),
    people,
    at_least: false,
    first_steps,
    not_begun: [],
    last_finishes_at: null,
    first_step_done_at: first_steps.at(-1)?.hour ?? null,
    reasons: [{ code: "limit:mailbox_day", sentence: "The mailbox has sent all it may within 24 hours." }],
    ...rest,
  };
}

test("how many of them by which day of the coming week, and when the last", () => {
  const steps = [
    step("2026-11-23T10", 200),
    step("2026-11-26T10", 212, "limit:mailbox_day"),
    step("2026-12-01T10", 88, "limit:mailbox_day"),
  ];
  const made = promise(500, steps);
  assert.equal(
    sayPromise(made, NOW),
    "412 of 500 will get their first email by Thursday 26 November, the last on Tuesday 1 December.",
  );
  assert.deepEqual(keptBy(made, NOW), [
    {
      code: "limit:mailbox_day",
      count: 88,
      sentence: "The mailbox has sent all it may within 24 hours.",
    },
  ]);
});

test("all within the week, all on one day, one, none, and only later", () => {
  const two = [step("2026-11-23T10", 20), step("2026-11-24T10", 5)];
  assert.equal(
    sayPromise(promise(25, two), NOW),
    "All 25 will get their first email by Tuesday 24 November.",
  );
  assert.equal(
    sayPromise(promise(20, two.slice(0, 1)), NOW),
    "All 20 will get their first email on Monday 23 November.",
  );
  assert.equal(
    sayPromise(promise(1, [step("2026-11-23T10", 1)]), NOW),
    "They will get their first email on Monday 23 November.",
  );
  assert.equal(
    sayPromise(promise(3, []), NOW),
    "No contact will get their first email with the current settings.",
  );
  assert.equal(
    sayPromise(promise(30, [step("2026-12-15T10", 30)]), NOW),
    "30 of 30 will get their first email by Tuesday 15 December.",
  );
  const left = { not_begun: [{ code: "x", sentence: "X.", email_account_id: null, count: 5 }] };
  assert.equal(
    sayPromise(promise(30, two, left), NOW),
    "25 of 30 will get their first email by Tuesday 24 November.",
  );
});

test("each mailbox has its own count and its own last day", () => {
  const steps = [step("2026-11-23T10", 4), step("2026-11-23T10", 3, null, "b"), step("2026-11-25T10", 2)];
  assert.deepEqual(
    [...byMailbox(steps)],
    [
      ["a", { count: 6, last: "2026-11-25T10:00:00.000Z" }],
      ["b", { count: 3, last: "2026-11-23T10:00:00.000Z" }],
    ],
  );
});

const PROMISED: PromiseResult = {
  people: 60,
  adds: 1,
  first_at: "2026-11-19T09:00:00.000Z",
  until: "2027-02-19T09:00:00.000Z",
  hours: [
    { hour: "2026-11-19T12:00:00.000Z", promised: 30, happened: 30 },
    { hour: "2026-11-21T08:00:00.000Z", promised: 20, happened: 6 },
    { hour: "2026-11-23T12:00:00.000Z", promised: 10, happened: 0 },
  ],
  promised_by_now: 50,
  happened: 36,
  late: 14,
  waiting: [],
  gone: [],
};

test("promised against happened, by day, and happened only as far as it can be known", () => {
  assert.equal(
    sayPromised(PROMISED),
    "36 of 60 contacts have started; 50 were promised by now, so 14 are late.",
  );
  assert.deepEqual(
    promisedDays(PROMISED, NOW).map(({ promised, happened }) => [promised, happened]),
    [
      [30, 30],
      [0, 0],
      [20, 6],
      [0, null],
      [10, null],
    ],
  );
});
