import assert from "node:assert/strict";
import { test } from "node:test";
import { holidaysOf } from "../time/holidays.ts";
import { type ContactSchedule, nextOpening } from "../time/schedule.ts";
import { dueAfter, leastGap, replannedDue, resumedDue, type WaitingStep } from "./cadence.ts";

const EVE = { name: "Christmas Eve", startsOn: "2015-12-24", endsOn: "2015-12-24", everyYear: true };
const HOLIDAYS = holidaysOf("US", [EVE]);
const WEEKDAYS = [1, 2, 3, 4, 5];
const open = (weekdays: number[], ...hours: [from: number, to: number][]): ContactSchedule => ({
  holidays: HOLIDAYS,
  windows: weekdays.flatMap((weekday) =>
    hours.map(([from, to]) => ({ weekday, startsAt: from * 60, endsAt: to * 60 })),
  ),
});
const OFFICE = open(WEEKDAYS, [8, 17]);
const SUNDAY = 7;
const NEW_YORK = "America/New_York";

const instant = (text: string) => Temporal.Instant.from(text);
const shown = (at: Temporal.Instant | null, zone: string) =>
  at?.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }) ?? null;

const waiting = (
  type: WaitingStep["type"],
  waitTime: number,
  waitMode: WaitingStep["waitMode"],
): WaitingStep => ({ type, waitTime, waitMode, exactAt: null });
const mail = (waitTime: number, waitMode: WaitingStep["waitMode"] = "day") =>
  waiting("auto_email", waitTime, waitMode);
const call = (waitTime: number, waitMode: WaitingStep["waitMode"] = "day") =>
  waiting("call", waitTime, waitMode);

/** [step, schedule, zone, from, due], the instants as the clock of the zone shows them. */
type Row = [
  step: WaitingStep,
  schedule: ContactSchedule | null,
  zone: string,
  from: string,
  due: string | null,
];

function check(rows: Row[]) {
  for (const [step, schedule, zone, from, due] of rows) {
    const found = dueAfter({ step, schedule, zone, usualHour: null, from: instant(from) });
    assert.equal(shown(found, zone), due, `${step.type} ${step.waitTime} ${step.waitMode} ${zone} ${from}`);
  }
}

test("Apollo's own two contacts fall due when Apollo says", () => {
  const steps = [mail(0, "minute"), mail(3), call(3)];
  const days: Record<string, string[]> = {
    "2026-06-01T07:00:00-04:00": ["Mon 1, 08:00", "Thu 4, 08:00", "Tue 9, 08:00"], // Tom, Monday
    "2026-06-05T10:00:00-04:00": ["Fri 5, 10:00", "Wed 10, 10:00", "Mon 15, 08:00"], // Jill, Friday
  };
  for (const [enters, expected] of Object.entries(days)) {
    let from = instant(enters);
    const due = steps.map((step) => {
      from = dueAfter({ step, schedule: OFFICE, zone: NEW_YORK, usualHour: null, from })!;
      return readable(from, NEW_YORK);
    });
    assert.deepEqual(due, expected);
  }
});

function readable(at: Temporal.Instant, zone: string) {
  const { dayOfWeek, day, hour, minute } = at.toZonedDateTimeISO(zone);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][dayOfWeek - 1]} ${day}, ${two(hour)}:${two(minute)}`;
}

test("minutes and hours are elapsed time, moved forward into the hours", () => {
  check([
    [mail(2, "minute"), OFFICE, NEW_YORK, "2026-06-05T16:59:00-04:00", "2026-06-08T08:00:00-04:00"],
    [mail(2, "minute"), OFFICE, NEW_YORK, "2026-06-05T16:58:00-04:00", "2026-06-08T08:00:00-04:00"],
    [mail(2, "minute"), OFFICE, NEW_YORK, "2026-06-05T16:57:59-04:00", "2026-06-05T16:59:59-04:00"],
    [call(2, "hour"), OFFICE, NEW_YORK, "2026-06-01T10:10:00-04:00", "2026-06-01T12:10:00-04:00"],
    [call(2, "hour"), OFFICE, NEW_YORK, "2026-06-01T16:10:00-04:00", "2026-06-02T08:00:00-04:00"],
    [mail(72, "hour"), OFFICE, NEW_YORK, "2026-06-04T10:10:00-04:00", "2026-06-08T08:00:00-04:00"],
    [mail(0), OFFICE, NEW_YORK, "2026-06-01T10:10:00-04:00", "2026-06-01T10:10:00-04:00"],
    [call(0), OFFICE, NEW_YORK, "2026-06-01T10:10:00-04:00", "2026-06-01T10:10:00-04:00"],
    [mail(0), OFFICE, NEW_YORK, "2026-06-06T10:10:00-04:00", "2026-06-08T08:00:00-04:00"],
  ]);
});

test("a mail keeps the clock time of the step before, and a task is there when its day begins", () => {
  const halves = open(WEEKDAYS, [9, 12], [13, 17]);
  check([
    [mail(1), OFFICE, NEW_YORK, "2026-06-01T10:10:30.25-04:00", "2026-06-02T10:10:30.25-04:00"],
    [
      waiting("manual_email", 1, "day"),
      OFFICE,
      NEW_YORK,
      "2026-06-01T10:10:00-04:00",
      "2026-06-02T10:10:00-04:00",
    ],
    [mail(1), OFFICE, NEW_YORK, "2026-06-01T06:00:00-04:00", "2026-06-02T08:00:00-04:00"],
    [mail(1), OFFICE, NEW_YORK, "2026-06-01T18:00:00-04:00", "2026-06-03T08:00:00-04:00"], // Tuesday is over by then
    [mail(1), halves, NEW_YORK, "2026-06-01T12:30:00-04:00", "2026-06-02T13:00:00-04:00"],
    [mail(1), halves, NEW_YORK, "2026-06-01T15:00:00-04:00", "2026-06-02T15:00:00-04:00"],
    [call(1), halves, NEW_YORK, "2026-06-01T15:00:00-04:00", "2026-06-02T09:00:00-04:00"],
    [call(1), OFFICE, NEW_YORK, "2026-06-01T18:00:00-04:00", "2026-06-02T08:00:00-04:00"],
    [
      waiting("action_item", 1, "day"),
      OFFICE,
      NEW_YORK,
      "2026-06-05T10:00:00-04:00",
      "2026-06-08T08:00:00-04:00",
    ],
    [mail(1), null, NEW_YORK, "2026-06-05T22:00:00-04:00", "2026-06-06T22:00:00-04:00"],
    [call(1), null, NEW_YORK, "2026-06-05T22:00:00-04:00", "2026-06-06T00:00:00-04:00"],
    [mail(1), open([], [8, 17]), NEW_YORK, "2026-06-05T22:00:00-04:00", null],
  ]);
});

test("days are counted without weekends and holidays", () => {
  const always = { ...OFFICE, holidays: null };
  check([
    [mail(1), OFFICE, NEW_YORK, "2026-11-25T10:00:00-05:00", "2026-11-27T10:00:00-05:00"], // Thanksgiving is day 1
    [mail(2), OFFICE, NEW_YORK, "2026-11-24T10:00:00-05:00", "2026-11-27T10:00:00-05:00"],
    [mail(1), always, NEW_YORK, "2026-11-25T10:00:00-05:00", "2026-11-26T10:00:00-05:00"],
    [mail(3), OFFICE, NEW_YORK, "2026-06-06T10:00:00-04:00", "2026-06-10T10:00:00-04:00"], // done on a Saturday
    [mail(1), open([4], [8, 17]), NEW_YORK, "2026-06-04T10:00:00-04:00", "2026-06-11T10:00:00-04:00"],
    [mail(2), open([4], [8, 17]), NEW_YORK, "2026-11-18T10:00:00-05:00", "2026-12-03T10:00:00-05:00"],
    [mail(1), open([5], [8, 17]), NEW_YORK, "2026-12-18T10:00:00-05:00", "2027-01-08T10:00:00-05:00"],
  ]);
});

test("days are those of the contact's clock", () => {
  const zone = "Pacific/Tongatapu";
  check([
    // Thursday in the schedule's own Los Angeles, Friday in Tonga: the next day there is Monday.
    [mail(1), OFFICE, zone, "2026-06-04T20:00:00Z", "2026-06-08T09:00:00+13:00"],
    [mail(1), OFFICE, "America/Los_Angeles", "2026-06-04T20:00:00Z", "2026-06-05T13:00:00-07:00"],
    [call(1), OFFICE, "Asia/Kathmandu", "2026-06-01T04:00:00Z", "2026-06-02T08:00:00+05:45"],
  ]);
});

test("a turned clock moves a time of day to the end of the gap, or to the first of two", () => {
  const night = open([SUNDAY], [1, 4]);
  const daily = open([1, 2, 3, 4, 5, 6, 7], [0, 24]);
  check([
    [mail(1), night, NEW_YORK, "2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00"],
    [mail(1, "hour"), night, NEW_YORK, "2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00"],
    [mail(1), daily, NEW_YORK, "2026-03-07T10:00:00-05:00", "2026-03-08T10:00:00-04:00"],
    [mail(24, "hour"), daily, NEW_YORK, "2026-03-07T10:00:00-05:00", "2026-03-08T11:00:00-04:00"],
    [mail(1), night, NEW_YORK, "2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-04:00"],
    [mail(0), night, NEW_YORK, "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00"], // not an hour earlier
    [mail(1), daily, "Australia/Lord_Howe", "2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00"],
    [call(1), daily, "Africa/Cairo", "2026-04-23T10:00:00+02:00", "2026-04-24T01:00:00+03:00"],
    [call(1), daily, "America/Sao_Paulo", "2018-11-03T10:00:00-03:00", "2018-11-04T01:00:00-02:00"],
  ]);
});

test("a day whose hours are all left out by the clock counts, and is passed over", () => {
  const gap = open([SUNDAY], [2, 3]);
  check([
    [mail(1), gap, NEW_YORK, "2026-03-01T02:30:00-05:00", "2026-03-15T02:00:00-04:00"],
    [mail(2), gap, NEW_YORK, "2026-03-01T02:30:00-05:00", "2026-03-15T02:30:00-04:00"],
    [mail(1), OFFICE, "Pacific/Apia", "2011-12-29T10:00:00-10:00", "2012-01-02T08:00:00+14:00"],
    [mail(2), OFFICE, "Pacific/Apia", "2011-12-29T10:00:00-10:00", "2012-01-02T10:00:00+14:00"],
  ]);
});

test("nothing falls due before the step before it, even where midnight comes twice", () => {
  // In St. John's, clocks went back at 00:01 until 2011: Sunday began, then it was 23:01 on Saturday again.
  const from = instant("2010-11-06T23:30:00-03:30");
  const daily = open([1, 2, 3, 4, 5, 6, 7], [0, 24]);
  const due = dueAfter({ step: call(1), schedule: daily, zone: "America/St_Johns", usualHour: null, from });
  assert.equal(shown(due, "America/St_Johns"), "2010-11-06T23:30:00-03:30");
});

test("an exact date is due when it says, in the hours, and at once when it has passed", () => {
  const from = "2026-06-01T10:00:00-04:00";
  const dated = (exactAt: string): WaitingStep => ({ ...mail(5), exactAt: instant(exactAt) });
  check([
    [dated("2026-06-02T10:30:00-04:00"), OFFICE, NEW_YORK, from, "2026-06-02T10:30:00-04:00"],
    [dated("2026-06-06T10:30:00-04:00"), OFFICE, NEW_YORK, from, "2026-06-08T08:00:00-04:00"],
    [dated("2026-05-01T10:30:00-04:00"), OFFICE, NEW_YORK, from, from],
    [
      dated("2026-05-01T10:30:00-04:00"),
      OFFICE,
      NEW_YORK,
      "2026-06-06T10:00:00-04:00",
      "2026-06-08T08:00:00-04:00",
    ],
  ]);
});

test("after a pause what has passed rolls forward, and a wait that was held goes on with what was left", () => {
  const cases: [planned: string, heldSince: string | null, now: string, due: string][] = [
    ["2026-06-03T10:00", null, "2026-06-02T09:00", "2026-06-03T10:00"],
    ["2026-06-03T10:00", null, "2026-06-04T09:00", "2026-06-04T09:00"],
    ["2026-06-03T10:00", null, "2026-06-06T09:00", "2026-06-08T08:00"],
    ["2026-06-03T10:00", "2026-06-02T10:00", "2026-06-03T12:00", "2026-06-04T12:00"],
    ["2026-06-03T10:00", "2026-06-02T10:00", "2026-06-05T12:00", "2026-06-08T08:00"], // a Saturday's noon
    ["2026-06-01T10:00", "2026-06-02T10:00", "2026-06-04T12:00", "2026-06-04T12:00"], // was overdue already
  ];
  const at = (time: string) => instant(`${time}:00-04:00`);
  for (const [planned, heldSince, now, due] of cases) {
    const resumption = {
      planned: at(planned),
      heldSince: heldSince === null ? null : at(heldSince),
      now: at(now),
    };
    const found = resumedDue({
      schedule: OFFICE,
      zone: NEW_YORK,
      usualHour: null,
      step: null,
      ...resumption,
    });
    assert.equal(shown(found, NEW_YORK), `${due}:00-04:00`, `${planned} ${heldSince} ${now}`);
  }
});

test("another schedule plans the step anew, but keeps a time set by hand until it has passed", () => {
  const mornings = open(WEEKDAYS, [6, 9]);
  const cases: [setByHand: string | null, now: string, due: string][] = [
    [null, "2026-06-01T12:00", "2026-06-05T06:00"], // three days on from Monday at ten, and it is over by ten
    ["2026-06-03T15:00", "2026-06-01T12:00", "2026-06-03T15:00"],
    ["2026-06-03T15:00", "2026-06-03T15:00", "2026-06-03T15:00"],
    ["2026-06-03T15:00", "2026-06-03T15:01", "2026-06-05T06:00"],
    [null, "2026-06-06T12:00", "2026-06-08T06:00"],
  ];
  const at = (time: string) => instant(`${time}:00-04:00`);
  const wait = {
    step: mail(3),
    schedule: mornings,
    zone: NEW_YORK,
    usualHour: null,
    from: at("2026-06-01T10:00"),
  };
  for (const [setByHand, now, due] of cases) {
    const found = replannedDue({
      ...wait,
      now: at(now),
      setByHand: setByHand === null ? null : at(setByHand),
    });
    assert.equal(shown(found, NEW_YORK), `${due}:00-04:00`, `${setByHand} ${now}`);
  }
});

test("a limit moves a step on from its present time, and into the hours again", () => {
  const freeAt = instant("2026-06-05T17:20:00-04:00");
  assert.equal(shown(nextOpening(OFFICE, NEW_YORK, freeAt), NEW_YORK), "2026-06-08T08:00:00-04:00");
});

test("the least gap is the wait, a day less for mails and two less for tasks where days are counted", () => {
  const cases: [WaitingStep, number][] = [
    [mail(0), 0],
    [mail(1), 0],
    [mail(3), 48],
    [waiting("manual_email", 3, "day"), 48],
    [call(1), 0],
    [call(3), 24],
    [mail(5, "hour"), 5],
    [call(90, "minute"), 1.5],
    [{ ...mail(5), exactAt: instant("2026-06-01T10:00:00Z") }, 0],
  ];
  for (const [step, hours] of cases) assert.equal(leastGap(step).total("hours"), hours);
});

test("the least gap holds where a whole day is left out and where the clock is turned at night", () => {
  const daily = open([1, 2, 3, 4, 5, 6, 7], [0, 24]);
  const froms: [string, string][] = [
    ["Pacific/Apia", "2011-12-28T23:59:59-10:00"],
    ["Pacific/Apia", "2011-12-29T10:00:00-10:00"],
    [NEW_YORK, "2026-03-07T23:59:59-05:00"],
    [NEW_YORK, "2026-03-06T23:59:59-05:00"],
  ];
  for (const [zone, text] of froms) {
    for (const step of [mail(1), mail(2), mail(3), call(1), call(2), call(3)]) {
      const from = instant(text);
      const due = dueAfter({ step, schedule: daily, zone, usualHour: null, from })!;
      assert.ok(
        Temporal.Instant.compare(from.add(leastGap(step)), due) <= 0,
        `${zone} ${text} ${step.waitTime}`,
      );
    }
  }
});
