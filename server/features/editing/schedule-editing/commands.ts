import type { Act } from "../../../app.ts";
import { readWindows } from "../../../domain/time/windows.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import * as store from "../../sequences/schedules/store.ts";
import { askForSchedule } from "../replanning/store.ts";

export type ScheduleInput = {
  name?: string | undefined;
  timeZone?: string | undefined;
  hours?: Record<string, unknown> | undefined;
  useContactsTimeZone?: boolean | undefined;
  skipHolidays?: boolean | undefined;
  isDefault?: boolean | undefined;
};

export async function createSchedule(act: Act, wish: ScheduleInput & { name: string }) {
  const { db, now, caller } = act;
  const windows = windowsFrom(wish.hours ?? {});
  if (wish.isDefault) {
    if (windows.length === 0) throw new Refusal("schedule_emptied_in_use");
    await store.clearDefaultSchedule(db, caller.teamId);
  }
  const id = newId();
  const values: store.ScheduleValues = {
    name: wish.name,
    isDefault: wish.isDefault ?? false,
    timeZone: wish.timeZone ?? (await findTeam(db, caller.teamId))?.timeZone ?? "UTC",
    useContactsTimeZone: wish.useContactsTimeZone ?? false,
    skipHolidays: wish.skipHolidays ?? false,
    windows,
  };
  await store.insertSchedule(db, caller.teamId, id, values, now);
  if (values.isDefault) await askForSchedule(db, caller.teamId, { id, isDefault: true });
  await tell(act, "schedule.created", id, values.name);
  return { id, createdAt: now, ...values };
}

/** What is left out stays. Sequences that use it keep at least one window to send in. */
export async function updateSchedule(act: Act, id: string, wish: ScheduleInput) {
  const { db, now, caller } = act;
  if (wish.isDefault) await store.clearDefaultSchedule(db, caller.teamId);
  const schedule = await store.lockSchedule(db, caller.teamId, id);
  if (!schedule) throw new Refusal("record_not_found");
  if (schedule.isDefault && wish.isDefault === false) throw new Refusal("default_kept");
  const values: store.ScheduleValues = {
    name: wish.name ?? schedule.name,
    isDefault: wish.isDefault ?? schedule.isDefault,
    timeZone: wish.timeZone ?? schedule.timeZone,
    useContactsTimeZone: wish.useContactsTimeZone ?? schedule.useContactsTimeZone,
    skipHolidays: wish.skipHolidays ?? schedule.skipHolidays,
    windows: wish.hours ? windowsFrom(wish.hours) : schedule.windows,
  };
  if (
    values.windows.length === 0 &&
    (values.isDefault || (await store.isScheduleUsed(db, caller.teamId, id)))
  )
    throw new Refusal("schedule_emptied_in_use");
  await store.updateSchedule(db, caller.teamId, id, values, now);
  if (opensOtherwise(schedule, values)) {
    const isDefault = schedule.isDefault || values.isDefault;
    await askForSchedule(db, caller.teamId, { id, isDefault });
  }
  await tell(act, "schedule.changed", id, values.name);
  return { ...schedule, ...values };
}

export async function deleteSchedule(act: Act, id: string) {
  const { db, caller } = act;
  const schedule = await store.lockSchedule(db, caller.teamId, id);
  if (!schedule) throw new Refusal("record_not_found");
  if (schedule.isDefault || (await store.isScheduleUsed(db, caller.teamId, id)))
    throw new Refusal("schedule_in_use");
  await refuseWhileUsed(act, "schedules", schedule);
  await store.deleteSchedule(db, caller.teamId, id);
  await tell(act, "schedule.deleted", id, schedule.name);
}

/** Whether waiting contacts may have to wait for another time now. */
function opensOtherwise(before: store.ScheduleValues, after: store.ScheduleValues) {
  const what = (values: store.ScheduleValues) =>
    JSON.stringify([
      ...[values.isDefault, values.timeZone, values.useContactsTimeZone, values.skipHolidays],
      values.windows.map(({ weekday, startsAt, endsAt }) => [weekday, startsAt, endsAt].join(" ")).sort(),
    ]);
  return what(before) !== what(after);
}

function windowsFrom(hours: Record<string, unknown>) {
  const { windows, fault } = readWindows(hours);
  if (!windows) throw new Refusal("schedule_invalid", { why: fault });
  return windows;
}

function tell(
  act: Act,
  type: "schedule.created" | "schedule.changed" | "schedule.deleted",
  id: string,
  name: string,
) {
  return record(byCaller(act), { type, subject: { type: "schedule", id }, data: { name } });
}
