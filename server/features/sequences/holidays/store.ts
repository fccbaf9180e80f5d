import type { Db } from "../../../db/connect.ts";
import type { OwnHoliday } from "../../../domain/time/holidays.ts";

export type HolidayRow = OwnHoliday & { id: string; createdAt: Temporal.Instant };

/** Where a contact is: whose clock and whose public holidays count. For a select from contacts by this name. */
export function whereabouts(c: string) {
  return `${c}.time_zone, ${c}.country, concat_ws(', ', ${c}.state, ${c}.present_raw_address) as region`;
}

/** What a schedule has to know of holidays, for a select whose team is named by the column given. */
export function holidayColumns(teamId: string) {
  return `(select t.holiday_calendar from teams t where t.id = ${teamId}) as holiday_calendar,
    (select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'startsOn', o.starts_on, 'endsOn', o.ends_on,
                                                  'everyYear', o.every_year) order by o.starts_on, o.id), '[]')
       from team_holidays o where o.team_id = ${teamId}) as own_holidays`;
}

const COLUMNS = "id, name, starts_on::text, ends_on::text, every_year, created_at";

export function listHolidays(db: Db, teamId: string) {
  return db.rows<HolidayRow>(
    `select ${COLUMNS} from team_holidays where team_id = $1 order by starts_on, id`,
    [teamId],
  );
}

export async function countHolidays(db: Db, teamId: string) {
  await db.run("select 1 from teams where id = $1 for no key update", [teamId]);
  const row = await db.row<{ count: number }>(
    "select count(*)::int as count from team_holidays where team_id = $1",
    [teamId],
  );
  return row?.count ?? 0;
}

export function lockHoliday(db: Db, teamId: string, id: string) {
  return db.row<HolidayRow>(
    `select ${COLUMNS} from team_holidays where team_id = $1 and id = $2 for update`,
    [teamId, id],
  );
}

export function insertHoliday(
  db: Db,
  teamId: string,
  { id, name, startsOn, endsOn, everyYear, createdAt }: HolidayRow,
) {
  return db.run(
    `insert into team_holidays (team_id, id, name, starts_on, ends_on, every_year, created_at)
     values ($1, $2, $3, $4::date, $5::date, $6, $7)`,
    [teamId, id, name, startsOn, endsOn, everyYear, createdAt],
  );
}

export function updateHoliday(
  db: Db,
  teamId: string,
  { id, name, startsOn, endsOn, everyYear }: OwnHoliday & { id: string },
) {
  return db.run(
    `update team_holidays set name = $3, starts_on = $4::date, ends_on = $5::date, every_year = $6
      where team_id = $1 and id = $2`,
    [teamId, id, name, startsOn, endsOn, everyYear],
  );
}

export function deleteHoliday(db: Db, teamId: string, id: string) {
  return db.run("delete from team_holidays where team_id = $1 and id = $2", [teamId, id]);
}
