import type { Db } from "../../../db/connect.ts";
import type { TeamSchedule } from "../../../domain/time/schedule.ts";
import type { ScheduleWindow } from "../../../domain/time/windows.ts";
import { newId } from "../../../kernel/ids.ts";
import { holidayColumns } from "../holidays/store.ts";

export type ScheduleRow = {
  id: string;
  name: string;
  isDefault: boolean;
  timeZone: string;
  useContactsTimeZone: boolean;
  skipHolidays: boolean;
  createdAt: Temporal.Instant;
  windows: ScheduleWindow[];
};

const COLUMNS = `s.id, s.name, s.is_default, s.time_zone, s.use_contacts_time_zone, s.skip_holidays, s.created_at,
  (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday, 'startsAt', w.starts_at, 'endsAt', w.ends_at)
                             order by w.weekday, w.starts_at), '[]')
     from schedule_windows w where w.team_id = s.team_id and w.schedule_id = s.id) as windows`;

export function listSchedules(db: Db, teamId: string) {
  return db.rows<ScheduleRow>(
    `select ${COLUMNS} from schedules s where s.team_id = $1 order by s.is_default desc, lower(s.name), s.id`,
    [teamId],
  );
}

export function findSchedule(db: Db, teamId: string, id: string) {
  return db.row<ScheduleRow>(`select ${COLUMNS} from schedules s where s.team_id = $1 and s.id = $2`, [
    teamId,
    id,
  ]);
}

/** The schedule a sequence keeps to: its own, else the team's default; with what the team says of holidays. */
export function findScheduleFor(db: Db, teamId: string, id: string | null) {
  return db.row<ScheduleRow & TeamSchedule>(
    `select ${COLUMNS}, ${holidayColumns("s.team_id")} from schedules s where s.team_id = $1 and case when $2::text is null then s.is_default else s.id = $2 end`,
    [teamId, id],
  );
}

/** Locked for a change; others who would attach it wait. */
export async function lockSchedule(db: Db, teamId: string, id: string) {
  const found = await db.run("select 1 from schedules where team_id = $1 and id = $2 for update", [
    teamId,
    id,
  ]);
  return found === 0 ? null : findSchedule(db, teamId, id);
}

/** Held while something is made to point at it, so that it is neither emptied nor deleted meanwhile. */
export async function holdSchedule(db: Db, teamId: string, id: string) {
  const found = await db.run("select 1 from schedules where team_id = $1 and id = $2 for share", [
    teamId,
    id,
  ]);
  return found === 0 ? null : findSchedule(db, teamId, id);
}

export type ScheduleValues = Omit<ScheduleRow, "id" | "createdAt">;

export async function insertSchedule(
  db: Db,
  teamId: string,
  id: string,
  values: ScheduleValues,
  now: Temporal.Instant,
) {
  await db.run(
    `insert into schedules (team_id, id, name, is_default, time_zone, use_contacts_time_zone, skip_holidays, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    paramsOf(teamId, id, values, now),
  );
  await insertWindows(db, teamId, id, values.windows);
}

export async function updateSchedule(
  db: Db,
  teamId: string,
  id: string,
  values: ScheduleValues,
  now: Temporal.Instant,
) {
  await db.run(
    `update schedules set name = $3, is_default = $4, time_zone = $5, use_contacts_time_zone = $6, skip_holidays = $7, updated_at = $8
      where team_id = $1 and id = $2`,
    paramsOf(teamId, id, values, now),
  );
  await db.run("delete from schedule_windows where team_id = $1 and schedule_id = $2", [teamId, id]);
  await insertWindows(db, teamId, id, values.windows);
}

function paramsOf(teamId: string, id: string, values: ScheduleValues, now: Temporal.Instant) {
  const { name, isDefault, timeZone, useContactsTimeZone, skipHolidays } = values;
  return [teamId, id, name, isDefault, timeZone, useContactsTimeZone, skipHolidays, now];
}

function insertWindows(db: Db, teamId: string, id: string, windows: readonly ScheduleWindow[]) {
  return db.run(
    `insert into schedule_windows (team_id, schedule_id, weekday, starts_at, ends_at)
     select $1::text, $2::text, w.weekday, w.starts_at, w.ends_at
       from unnest($3::int[], $4::int[], $5::int[]) as w (weekday, starts_at, ends_at)`,
    [
      teamId,
      id,
      windows.map(({ weekday }) => weekday),
      windows.map(({ startsAt }) => startsAt),
      windows.map(({ endsAt }) => endsAt),
    ],
  );
}

/** Of two who each make theirs the default, the second waits here for the first. */
export async function clearDefaultSchedule(db: Db, teamId: string) {
  await db.run("select 1 from teams where id = $1 for no key update", [teamId]);
  await db.run("update schedules set is_default = false where team_id = $1 and is_default", [teamId]);
}

export async function isScheduleUsed(db: Db, teamId: string, id: string) {
  return (
    (await db.row("select 1 from sequences where team_id = $1 and schedule_id = $2 limit 1", [
      teamId,
      id,
    ])) !== null
  );
}

export function deleteSchedule(db: Db, teamId: string, id: string) {
  return db.run("delete from schedules where team_id = $1 and id = $2", [teamId, id]);
}

/** What every team starts with: office hours in its own time zone. */
export async function seedSchedule(db: Db, teamId: string, now: Temporal.Instant) {
  const team = await db.row<{ timeZone: string }>("select time_zone from teams where id = $1", [teamId]);
  return insertSchedule(
    db,
    teamId,
    newId(),
    {
      name: "Normal Business Hours",
      isDefault: true,
      timeZone: team?.timeZone ?? "UTC",
      useContactsTimeZone: true,
      skipHolidays: true,
      windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 8 * 60, endsAt: 17 * 60 })),
    },
    now,
  );
}

/** The first team gets its time zone with its owner: the schedule it began with follows, unless it has been changed. */
export function moveSeededSchedule(db: Db, teamId: string, timeZone: string) {
  return db.run(
    "update schedules set time_zone = $2 where team_id = $1 and is_default and updated_at = created_at",
    [teamId, timeZone],
  );
}
