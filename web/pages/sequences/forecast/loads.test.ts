import assert from "node:assert/strict";
import { test } from "node:test";
import { LOAD_DAYS, loadsOf, topOf } from "./loads.ts";

const ANNA = "a".repeat(24);
const BEN = "b".repeat(24);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const hours = [
  { email_account_id: ANNA, hour: at(27, 9), sends: 2 },
  { email_account_id: ANNA, hour: at(27, 15), sends: 3 },
  { email_account_id: ANNA, hour: at(30, 9), sends: 4 },
  { email_account_id: BEN, hour: at(28, 9), sends: 9 },
  { email_account_id: "new-1", hour: at(28, 9), sends: 1 },
  { email_account_id: "new-1", hour: new Date(2027, 1, 1, 9).toISOString(), sends: 50 },
];
const shown = { by_mailbox_hour: hours, created_at: at(27, 8), what_if: {} };

test("the hours of a day are added up for each mailbox, the busiest first", () => {
  const loads = loadsOf(shown, []);
  assert.deepEqual(
    loads.map(({ id }) => id),
    [BEN, ANNA, "new-1"],
  );
  const [, anna, added] = loads;
  assert.equal(anna?.days.length, LOAD_DAYS);
  assert.deepEqual(
    anna?.days.slice(0, 4).map(({ sends }) => sends),
    [5, 0, 0, 4],
  );
  assert.deepEqual(anna?.busiest, { day: "2026-11-27", sends: 5 });
  assert.equal(added?.busiest.sends, 1, "later days are not shown");
});

test("a limit is the one that the forecast assumed, else the mailbox's own", () => {
  const mailboxes = [
    { id: ANNA, email_daily_threshold: 50 },
    { id: BEN, email_daily_threshold: null },
  ];
  const limitOf = (what_if: Record<string, unknown>) => {
    const loads = loadsOf({ ...shown, what_if }, mailboxes);
    return Object.fromEntries(loads.map(({ id, limit }) => [id, limit]));
  };
  assert.deepEqual(limitOf({}), { [ANNA]: 50, [BEN]: null, "new-1": null });
  assert.deepEqual(
    limitOf({
      add_mailboxes: [{ email_daily_threshold: 20 }],
      change_limits: { [ANNA]: { email_daily_threshold: null }, [BEN]: { email_daily_threshold: 7 } },
    }),
    { [ANNA]: null, [BEN]: 7, "new-1": 20 },
  );
});

test("a picture reaches as high as the limit, or higher where more is sent", () => {
  const busiest = { day: "2026-11-27", sends: 5 };
  assert.deepEqual(
    [topOf({ limit: 50, busiest }), topOf({ limit: 3, busiest }), topOf({ limit: null, busiest })],
    [50, 5, 5],
  );
});
