// A second opinion on the rules of when: slow, and plain enough to be believed.
//
// It shares nothing with the rules but the files of public holidays. Where they reckon from turn to turn of the clock with Temporal, this one walks
// from minute to minute and looks at the clock on the wall, which it knows from Intl; days are counted on its own
// calendar. Only whole minutes are stepped on, because all clocks since 2015 differ from UTC by whole minutes.
//
// CADENZA_ORACLE_SEED, CADENZA_ORACLE_CASES and CADENZA_ORACLE_CASE choose other cases, more of them, or a single one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { OwnHoliday } from "../time/holidays.ts";
import { closesAt, isOpen, nextOpening, placeFor, type TeamSchedule, windowAt } from "../time/schedule.ts";
import { dueAfter, leastGap, resumedDue, type WaitingStep } from "./cadence.ts";

const SEED = Number(process.env.CADENZA_ORACLE_SEED ?? 1);
const USUAL_CASES = process.env.CADENZA_WHOLE_RUN ? 10_000 : 2_500;
const CASES = Number(process.env.CADENZA_ORACLE_CASES ?? USUAL_CASES);
const ONLY = process.env.CADENZA_ORACLE_CASE;
const ZONES = Intl.supportedValuesOf("timeZone");

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const BLOCK = 6 * 60 * MINUTE;

// --- The clock on the wall ---------------------------------------------------------------------------------

/** How far the clock of a zone is ahead of UTC, read off a formatted time. */
function readOffset(format: Intl.DateTimeFormat, at: number) {
  const shown = format.format(at); // 03/08/2026, 01:59:00
  const [month, day, year, hour, minute, second] = shown.split(/\D+/).map(Number) as number[];
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - at;
}

type Wall = { shows(at: number): number };

/** What the clock shows at a whole minute, as if it were UTC. No clock is turned and turned back within a block. */
function openWall(zone: string): Wall {
  const two = "2-digit";
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  const offsetAt = remembering((at: number) => readOffset(format, at));
  let [begins, ends, offset] = [0, 0, 0]; // the block last asked about: one offset, or NaN where the clock is turned
  return {
    shows(at) {
      if (at < begins || at >= ends) {
        begins = Math.floor(at / BLOCK) * BLOCK;
        ends = begins + BLOCK;
        offset = offsetAt(begins) === offsetAt(ends) ? offsetAt(begins) : Number.NaN;
      }
      return at + (Number.isNaN(offset) ? offsetAt(at) : offset);
    },
  };
}

const wallOf = remembering(openWall);

function remembering<Key, Value>(find: (key: Key) => Value) {
  const known = new Map<Key, Value>();
  return (key: Key): Value => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key) as Value;
  };
}

// --- The oracle: times are milliseconds, and what a clock shows is written as if it were UTC ---------------

type Case = { schedule: TeamSchedule; zone: string; from: number; step: WaitingStep };

const isoWeekday = (shown: number) => ((Math.floor(shown / DAY) + 3) % 7) + 1; // 1 January 1970 was a Thursday
const floorMinute = (at: number) => Math.floor(at / MINUTE) * MINUTE;

type Country = { days: { name: string; in?: string[]; on: string | string[] }[] };

const countryOf = remembering(
  (code: string): Country =>
    JSON.parse(readFileSync(new URL(`../time/public-holidays/${code}.json`, import.meta.url), "utf8")),
);

/** Whether the calendar's file has the day, or the team took it off; looked up line by line, day by day. */
function isHolidayShown({ holidayCalendar, ownHolidays }: TeamSchedule, shown: number) {
  const date = new Date(shown).toISOString().slice(0, 10);
  const [country = "", region = ""] = (holidayCalendar ?? "").split("-");
  const lines = country === "" || country === "none" ? [] : countryOf(country).days;
  const isPublic = lines.some(
    (line) => (line.in ?? [region]).includes(region) && (line.on === date.slice(5) || line.on.includes(date)),
  );
  return isPublic || ownHolidays.some((own) => isOwn(own, Math.floor(shown / DAY) * DAY));
}

function isOwn({ startsOn, endsOn, everyYear }: OwnHoliday, day: number) {
  const [first, last] = [Date.parse(startsOn), Date.parse(endsOn)];
  for (let back = 0; back <= last - first; back += DAY) {
    const begins = new Date(day - back).toISOString().slice(0, 10);
    if (begins === startsOn || (everyYear && begins > startsOn && begins.slice(5) === startsOn.slice(5)))
      return true;
  }
  return false;
}

function windowShown(schedule: TeamSchedule, shown: number) {
  const minute = Math.floor(shown / MINUTE) % 1440;
  const weekday = isoWeekday(shown);
  for (const window of schedule.windows) {
    if (window.weekday !== weekday || minute < window.startsAt || minute >= window.endsAt) continue;
    return schedule.skipHolidays && isHolidayShown(schedule, shown) ? null : window;
  }
  return null;
}

/** Walks until the schedule is open, or closed; gives up after five weeks. */
function walkUntil(wanted: "open" | "closed", { schedule, zone }: Omit<Case, "step" | "from">, from: number) {
  const wall = wallOf(zone);
  for (let minute = floorMinute(from); minute < from + 35 * DAY; minute += MINUTE) {
    const isOpenNow = windowShown(schedule, wall.shows(minute)) !== null;
    if (isOpenNow === (wanted === "open")) return Math.max(minute, from);
  }
  return null;
}

function dueByWalking({ schedule, zone, from, step }: Case) {
  const { waitTime, waitMode } = step;
  if (step.exactAt)
    return walkUntil("open", { schedule, zone }, Math.max(from, step.exactAt.epochMilliseconds));
  if (waitMode !== "day" || waitTime === 0) {
    const elapsed = waitTime * (waitMode === "hour" ? 60 : 1) * MINUTE;
    return walkUntil("open", { schedule, zone }, from + elapsed);
  }
  const wall = wallOf(zone);
  const shownThen = wall.shows(floorMinute(from)) + (from - floorMinute(from));
  let day = Math.floor(shownThen / DAY) * DAY;
  for (let counted = 0; counted < waitTime; ) {
    day += DAY;
    const hasHours = schedule.windows.some(({ weekday }) => weekday === isoWeekday(day));
    if (hasHours && !(schedule.skipHolidays && isHolidayShown(schedule, day))) counted++;
  }
  const isMail = step.type === "auto_email" || step.type === "manual_email";
  const aimed = isMail ? day + (shownThen % DAY) : day;
  for (let minute = floorMinute(from); ; minute += MINUTE) {
    const shown = wall.shows(minute);
    if (shown + MINUTE <= aimed) continue; // this minute ends before the time we wait for
    return walkUntil("open", { schedule, zone }, minute + Math.max(0, aimed - shown));
  }
}

// --- Random cases ------------------------------------------------------------------------------------------

function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, among: <T>(things: readonly T[]) => things[below(things.length)] as T, chance: next };
}
type Dice = ReturnType<typeof dice>;

function randomWindows({ below, chance }: Dice) {
  const grain = [1, 15, 30, 60][below(4)] as number;
  const latest = chance() < 0.3 ? 240 : 1440; // clocks are turned at night: many windows should lie there
  const share = [0.15, 0.4, 0.7, 1][below(4)] as number;
  const always = chance() < 0.2;
  const windows = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    if (chance() > share) return [];
    if (always) return [{ weekday, startsAt: 0, endsAt: 1440 }];
    const edges = Array.from({ length: 2 * (1 + below(3)) }, () => below(latest / grain + 1) * grain);
    const sorted = edges.sort((a, b) => a - b);
    return Array.from({ length: sorted.length / 2 }, (_, n) => ({
      weekday,
      startsAt: sorted[2 * n]!,
      endsAt: sorted[2 * n + 1]!,
    })).filter(({ startsAt, endsAt }) => startsAt < endsAt);
  });
  if (windows.length === 0)
    windows.push({ weekday: 1 + below(7), startsAt: below(720), endsAt: 721 + below(720) });
  return chance() < 0.5 ? windows : windows.reverse();
}

/** Half of them near a turn of the clock, some around Christmas, all of them to the second at least. */
function randomInstant(zone: string, { below, chance }: Dice) {
  const first = Date.UTC(2015, 0, 1);
  let at = first + below((Date.UTC(2035, 0, 1) - first) / 1000) * 1000;
  const near = chance();
  if (near < 0.1) at = Date.UTC(new Date(at).getUTCFullYear(), 11, 10 + below(25)) + below(86_400) * 1000;
  else if (near < 0.6) at = turnAfter(zone, at) + (below(2 * 86_400) - 86_400) * (chance() < 0.7 ? 50 : 2000);
  if (chance() < 0.5) at = floorMinute(at);
  return chance() < 0.2 ? at + below(1000) : at;
}

/** The next turn of the clock, or the end of a year without one. */
function turnAfter(zone: string, from: number) {
  const wall = wallOf(zone);
  const offset = (when: number) => wall.shows(when) - when;
  const ahead = Array.from({ length: 52 }, (_, week) => floorMinute(from) + week * 7 * DAY);
  const week = ahead.find((begins) => offset(begins) !== offset(begins + 7 * DAY)) ?? from + 365 * DAY;
  let minute = floorMinute(week);
  const before = offset(minute);
  while (minute < week + 7 * DAY && offset(minute) === before) minute += MINUTE;
  return minute;
}

/** Mostly near the time that is asked about; some around New Year, every year. */
function randomDaysOff(at: number, { below, chance }: Dice): OwnHoliday[] {
  return Array.from({ length: below(3) }, () => {
    const everyYear = chance() < 0.5;
    const year = new Date(at).getUTCFullYear() - (everyYear ? below(3) : 0);
    const near = new Date(at).getTime() + (below(20) - 4) * DAY;
    const first = everyYear ? Date.UTC(year, 11, 20 + below(12)) : Math.floor(near / DAY) * DAY;
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    return { name: "Day off", startsOn: day(first), endsOn: day(first + below(6) * DAY), everyYear };
  });
}

/** A generator of its own for each case, so that a single one can be run again. */
function randomCase(n: number): Case {
  const rolled = dice(SEED * 1_000_003 + n);
  const { below, among, chance } = rolled;
  const zone = among(ZONES);
  const windows = randomWindows(rolled);
  const hours = { timeZone: zone, useContactsTimeZone: false, skipHolidays: chance() < 0.5, windows };
  const at = randomInstant(zone, rolled);
  const waitMode = among(["minute", "hour", "day", "day", "day"] as const);
  const waitTime = waitMode === "day" ? below(chance() < 0.9 ? 6 : 25) : below(chance() < 0.5 ? 10 : 200);
  const exactAt =
    chance() < 0.05 ? Temporal.Instant.fromEpochMilliseconds(at + below(8 * DAY) - 2 * DAY) : null;
  const type = among(["auto_email", "manual_email", "call", "action_item", "linkedin_step_connect"] as const);
  // As likely as not, what is near the turn of the clock is the end of the wait rather than its beginning.
  const from = waitMode === "day" && chance() < 0.5 ? at - waitTime * DAY : at;
  const holidayCalendar = among(["US", "US-CA", "DE", "DE-BY", "JP", "GB-SCT", "none"]);
  const schedule = { ...hours, holidayCalendar, ownHolidays: randomDaysOff(at, rolled) };
  return { schedule, zone, from, step: { type, waitTime, waitMode, exactAt } };
}

// --- The comparison ----------------------------------------------------------------------------------------

const ms = (instant: Temporal.Instant | null) => (instant ? instant.epochMilliseconds : null);

function compare(each: Case, { below }: Dice) {
  const { zone, step } = each;
  const { schedule } = placeFor(each.schedule);
  const from = Temporal.Instant.fromEpochMilliseconds(each.from);
  const shown = wallOf(zone).shows(floorMinute(each.from));
  assert.deepEqual(windowAt(schedule, zone, from), windowShown(each.schedule, shown), "window");
  assert.equal(ms(nextOpening(schedule, zone, from)), walkUntil("open", each, each.from), "next opening");
  const closes = walkUntil("closed", each, each.from);
  if (closes !== null) assert.equal(ms(closesAt(schedule, zone, from)), closes, "closing");
  const due = dueAfter({ schedule, zone, usualHour: null, step, from });
  assert.equal(ms(due), dueByWalking(each), "due");
  assert.ok(due && isOpen(schedule, zone, due), "what is due is open");
  assert.ok(ms(due.subtract(leastGap(step)))! >= each.from, "the least gap is kept");
  const pace = { schedule, zone, usualHour: null, step };
  const heldSince = from.add({ minutes: below(2000) });
  const now = heldSince.add({ minutes: below(10_000) });
  for (const held of [heldSince, null]) {
    const rest = held ? heldSince.until(now).total("milliseconds") : 0;
    const resumed = walkUntil("open", each, Math.max(ms(now)!, ms(due)! + rest));
    assert.equal(ms(resumedDue({ ...pace, planned: due, now, heldSince: held })), resumed, "resumed");
  }
}

test("the due dates agree with a check that goes minute by minute and looks at the clock", (t) => {
  t.diagnostic(`seed ${SEED}, ${CASES} cases`);
  const numbers = ONLY === undefined ? Array.from({ length: CASES }, (_, n) => n) : [Number(ONLY)];
  for (const n of numbers) {
    const each = randomCase(n);
    try {
      compare(each, dice(n));
    } catch (error) {
      const again = `CADENZA_ORACLE_SEED=${SEED} CADENZA_ORACLE_CASE=${n}`;
      throw new Error(`${again}\n${new Date(each.from).toISOString()} ${JSON.stringify(each)}`, {
        cause: error,
      });
    }
  }
});
