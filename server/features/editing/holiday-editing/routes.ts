import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { presentHoliday } from "../../sequences/holidays/present.ts";
import { listHolidays } from "../../sequences/holidays/store.ts";
import { createHoliday, daysInCalendar, deleteHoliday, holidayCalendars, updateHoliday } from "./commands.ts";

export const routes = [
  route(contract.holidays.list, async ({ db, caller }) => ({
    holidays: (await listHolidays(db, caller.teamId)).map(presentHoliday),
  })),

  route(contract.holidays.create, async ({ input, ...act }) => {
    const { name, starts_on: startsOn, ends_on: endsOn = startsOn, every_year: everyYear } = input;
    return { holiday: presentHoliday(await createHoliday(act, { name, startsOn, endsOn, everyYear })) };
  }),

  route(contract.holidays.update, async ({ input, ...act }) => {
    const { id, name, starts_on: startsOn, ends_on: endsOn, every_year: everyYear } = input;
    return { holiday: presentHoliday(await updateHoliday(act, id, { name, startsOn, endsOn, everyYear })) };
  }),

  route(contract.holidays.remove, async ({ input, ...act }) => {
    await deleteHoliday(act, input.id);
    return { holiday: { id: input.id, deleted: true as const } };
  }),

  route(contract.holidays.calendars, async () => ({ holiday_calendars: holidayCalendars() })),

  route(contract.holidays.publicDays, async ({ input, ...act }) =>
    daysInCalendar(act, input.code, input.year ?? null),
  ),
];
