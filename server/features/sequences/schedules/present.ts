import { printWindows } from "../../../domain/time/windows.ts";
import { stored } from "../../../kernel/moments.ts";
import type { ScheduleRow } from "./store.ts";

export function presentSchedule(schedule: ScheduleRow) {
  return {
    id: schedule.id,
    name: schedule.name,
    default: schedule.isDefault,
    time_zone: schedule.timeZone,
    schedule_hash: printWindows(schedule.windows),
    created_at: stored(schedule.createdAt),
    use_contacts_time_zone: schedule.useContactsTimeZone,
    skip_holidays: schedule.skipHolidays,
  };
}
