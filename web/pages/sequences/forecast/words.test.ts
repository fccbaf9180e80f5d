import assert from "node:assert/strict";
import { test } from "node:test";
import type { ForecastWithActual } from "./queries.ts";
import { daysOf, sayForecast, sayLikely, seriesOf } from "./words.ts";

const BOX = "b".repeat(24);
const HOUR = "2026-11-23T09:00:00.000Z";

const forecast = {
  until: "2027-01-01T00:00:00.000Z",
  created_at: "2026-11-22T08:00:00.000Z",
  totals: { people: 2, sends: 3, finished: 2, failed: 0, replied: 0, remaining: 0 },
  by_sequence: [{ last_finished_at: "2026-12-01T09:00:00.000Z" }],
  likely: null,
  by_mailbox_hour: [
    { email_account_id: BOX, hour: HOUR, sends: 2 },
    { email_account_id: "new-1", hour: "2026-11-23T10:00:00.000Z", sends: 1 },
  ],
} as unknown as ForecastWithActual;

test("a forecast is told by its mails, its people and when the last is through", () => {
  const say = (at: string) => at.slice(0, 10);
  assert.equal(
    sayForecast(forecast, say),
    "3 planned emails to 2 contacts; the last contact finishes on 2026-12-01.",
  );
  const left = { ...forecast, totals: { ...forecast.totals, remaining: 1 } };
  assert.equal(
    sayForecast(left, say),
    "3 planned emails to 2 contacts until 2027-01-01; 1 contact still active then.",
  );
  const nobody = { ...forecast, totals: { ...forecast.totals, people: 0 } };
  assert.equal(sayForecast(nobody, say), "No active contacts, so nothing will be sent.");
});

test("days have what each mailbox is to send, and up to today what went out, days without any among them", () => {
  const now = new Date("2026-11-24T12:00:00.000Z");
  const shown = { ...forecast, actual: [{ email_account_id: BOX, hour: HOUR, sends: 4 }] };
  const days = daysOf(shown, now);
  assert.deepEqual(
    days.map(({ foreseen, sent }) => [Object.values(foreseen).reduce((sum, n) => sum + n, 0), sent]),
    [
      [0, 0],
      [3, 4],
      [0, 0],
    ],
  );
  assert.deepEqual(
    daysOf(forecast, now).map(({ sent }) => sent),
    [null],
    "one that was made just now has nothing to be laid over",
  );
});

test("a day between two others stands there with nothing", () => {
  const by_mailbox_hour = [HOUR, "2026-11-26T09:00:00.000Z"].map((hour) => ({
    email_account_id: BOX,
    hour,
    sends: 1,
  }));
  const days = daysOf({ ...forecast, by_mailbox_hour } as ForecastWithActual, new Date(HOUR));
  assert.deepEqual(
    days.map(({ foreseen }) => foreseen[BOX] ?? 0),
    [1, 0, 0, 1],
  );
});

test("the mailboxes that send most stand by themselves, the others together", () => {
  const by_mailbox_hour = Array.from({ length: 8 }, (_, n) => ({
    email_account_id: `box${n}`,
    hour: HOUR,
    sends: n + 1,
  }));
  const series = seriesOf({ ...forecast, by_mailbox_hour });
  assert.deepEqual(
    series.map(({ id }) => id),
    ["box7", "box6", "box5", "box4", "box3", "others"],
  );
  assert.deepEqual(series.at(-1)?.rest, ["box2", "box1", "box0"]);
});

test("what is likely stands by its day, and a day without emails in it is likely to have none", () => {
  const by_day = [{ day: "2026-11-25", least: 1, most: 2 }];
  const likely = { emails: 2000, ended: 90, least: 1, most: 2, by_day };
  const days = daysOf({ ...forecast, likely }, new Date("2026-11-22T08:00:00.000Z"));
  assert.deepEqual(
    days.map(({ day, likely }) => [day, likely]),
    [
      ["2026-11-23", [0, 0]],
      ["2026-11-24", [0, 0]],
      ["2026-11-25", [1, 2]],
    ],
  );
  assert.match(
    sayLikely(likely),
    /^1 to 2 emails are likely; the thin lines show the range of each day\. In the last 90 days, 90 of 2,000 emails/,
  );
});
