import { stored } from "../../../kernel/moments.ts";
import type { HolidayRow } from "./store.ts";

export function presentHoliday(holiday: HolidayRow) {
  return {
    id: holiday.id,
    name: holiday.name,
    starts_on: holiday.startsOn,
    ends_on: holiday.endsOn,
    every_year: holiday.everyYear,
    created_at: stored(holiday.createdAt),
  };
}
