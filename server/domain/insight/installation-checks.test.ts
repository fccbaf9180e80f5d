import assert from "node:assert/strict";
import { test } from "node:test";
import { CHECKS, type CheckCode, type CheckFacts, checksOf } from "./installation-checks.ts";

const WELL: CheckFacts = {
  engines: 1,
  oldestQueuedSeconds: 900,
  unconfirmed: { count: 3, oldestSeconds: 86_400 },
  inboxes: { behind: 0, longestSeconds: 0 },
  webhooks: { pending: 4, oldestSeconds: 3_600 },
  jobs: [{ queue: "progress", failedLately: 0, oldestSeconds: 600 }],
  skipped: 0,
  longestLockSeconds: 60,
  background: [{ name: "0367_ranks", share: 0.437, error: null }],
};

const ILL: Record<CheckCode, [facts: Partial<CheckFacts>, says: RegExp]> = {
  engines: [{ engines: 0 }, /^No engine is running/],
  queue: [{ oldestQueuedSeconds: 1_320 }, /has waited for 22 minutes/],
  unconfirmed: [
    { unconfirmed: { count: 1, oldestSeconds: 180_000 } },
    /^1 email is not confirmed, the oldest for 50 hours/,
  ],
  inboxes: [
    { inboxes: { behind: 2, longestSeconds: 720 } },
    /^2 inboxes were read too long ago, the oldest 12 minutes ago/,
  ],
  webhooks: [
    { webhooks: { pending: 1, oldestSeconds: 7_200 } },
    /^1 webhook call waits, one for 120 minutes/,
  ],
  jobs: [
    {
      jobs: [
        { queue: "sweep", failedLately: 0, oldestSeconds: 5 },
        { queue: "progress", failedLately: 0, oldestSeconds: 660 },
      ],
    },
    /of the queue progress has waited for 11 minutes/,
  ],
  failed_jobs: [
    { jobs: [{ queue: "progress", failedLately: 2, oldestSeconds: 0 }] },
    /^2 background jobs have failed in the last hour/,
  ],
  skipped: [{ skipped: 1 }, /^1 entry is skipped/],
  locks: [{ longestLockSeconds: 61.4 }, /held a lock for 61 seconds/],
  background_migrations: [
    { background: [{ name: "0367_ranks", share: 0, error: "division by zero" }] },
    /0367_ranks cannot change some rows: division by zero/,
  ],
};

test("at its limit each check is well, and says nothing to do", () => {
  for (const { code, verdict, todo } of checksOf(WELL))
    assert.deepEqual([code, verdict, todo], [code, "well", null]);
  const running = checksOf(WELL).find(({ code }) => code === "background_migrations");
  assert.equal(running?.says, "The background migration 0367_ranks is running: 43 %.");
});

test("beyond its limit a check says what is wrong and what to do, and no other does", () => {
  for (const code of Object.keys(CHECKS) as CheckCode[]) {
    const [facts, says] = ILL[code];
    const ill = checksOf({ ...WELL, ...facts }).filter(({ verdict }) => verdict !== "well");
    assert.deepEqual(
      ill.map((one) => one.code),
      [code],
    );
    assert.match(ill[0]?.says ?? "", says);
    assert.ok(ill[0]?.todo, code);
  }
});
