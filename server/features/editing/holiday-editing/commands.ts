// The team's own days off. A change can move the due date of every waiting contact, so all sequences are planned anew.

import type { Act } from "../../../app.ts";
import { listCalendars } from "../../../domain/time/holiday-calendars.ts";
import { MOST_DAYS_OF_OWN, type OwnHoliday } from "../../../domain/time/holidays.ts";
import { calendarName, isCalendar, publicHolidaysIn } from "../../../domain/time/public-holidays.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "../../sequences/holidays/store.ts";
import { askForHolidays } from "../replanning/store.ts";

/** Every one is looked at for every day that is asked about. */
const MOST_OF_A_TEAM = 200;

type HolidayWish = { [Key in keyof OwnHoliday]?: OwnHoliday[Key] | undefined };

export async function createHoliday(act: Act, wish: OwnHoliday) {
  const { db, now, caller } = act;
  const holiday = { ...sound(wish), id: newId(), createdAt: now };
  if ((await store.countHolidays(db, caller.teamId)) >= MOST_OF_A_TEAM)
    throw new Refusal("holidays_too_many", { most: MOST_OF_A_TEAM });
  await store.insertHoliday(db, caller.teamId, holiday);
  await replan(act, holiday, "added");
  return holiday;
}

/** What is left out stays. */
export async function updateHoliday(act: Act, id: string, wish: HolidayWish) {
  const { db, caller } = act;
  const known = await store.lockHoliday(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  const holiday = {
    ...known,
    ...sound({
      name: wish.name ?? known.name,
      startsOn: wish.startsOn ?? known.startsOn,
      endsOn: wish.endsOn ?? known.endsOn,
      everyYear: wish.everyYear ?? known.everyYear,
    }),
  };
  await store.updateHoliday(db, caller.teamId, holiday);
  await replan(act, holiday, "changed");
  return holiday;
}

export async function deleteHoliday(act: Act, id: string) {
  const { db, caller } = act;
  const known = await store.lockHoliday(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  await store.deleteHoliday(db, caller.teamId, id);
  await replan(act, known, "deleted");
}

function sound(holiday: OwnHoliday): OwnHoliday {
  const [starts, ends] = [holiday.startsOn, holiday.endsOn].map((day) => Temporal.PlainDate.from(day));
  const days = starts && ends ? starts.until(ends).days + 1 : 0;
  if (days < 1) throw new Refusal("holiday_ends_early", { starts: holiday.startsOn, ends: holiday.endsOn });
  if (days > MOST_DAYS_OF_OWN) throw new Refusal("holiday_too_long", { days, most: MOST_DAYS_OF_OWN });
  return holiday;
}

async function replan(act: Act, { name }: OwnHoliday, change: "added" | "changed" | "deleted") {
  await askForHolidays(act.db, act.caller.teamId);
  const subject = { type: "team" as const, id: act.caller.teamId };
  await record(byCaller(act), { type: "team.changed", subject, data: { holiday: { name, change } } });
}

export function holidayCalendars() {
  return listCalendars();
}

/** Without a year, those of this one. */
export function daysInCalendar({ now }: Pick<Act, "now">, code: string, year: number | null) {
  if (!isCalendar(code)) throw new Refusal("holiday_calendar_unknown", { calendar: code });
  const days = publicHolidaysIn(code, year ?? now.toZonedDateTimeISO("UTC").year);
  return { calendar: { code, name: calendarName(code) }, days };
}
