import type { RateLimits } from "../../../config.ts";
import type { Db } from "../../../db/connect.ts";
import type { Windows } from "../../../kernel/usage.ts";

export type ApiUsageRow = Windows & { scope: string };

const COLUMNS = "scope, minute_started, minute_count, hour_started, hour_count, day_started, day_count";

/**
 * Adds calls to an endpoint's three windows, opening those that have run out. With limits, calls
 * that would go over are not counted and null comes back: a refused call must not use up the hour.
 */
export function addCalls(
  db: Db,
  teamId: string,
  scope: string,
  calls: number,
  limits: RateLimits | null,
  now: Temporal.Instant,
) {
  return db.row<ApiUsageRow>(
    `insert into api_usage as u (team_id, scope, minute_started, minute_count, hour_started, hour_count, day_started, day_count)
     values ($1, $2, $3, $4, $3, $4, $3, $4)
     on conflict (team_id, scope) do update set
       minute_started = case when u.minute_started > $3::timestamptz - interval '1 minute' then u.minute_started else $3 end,
       minute_count   = case when u.minute_started > $3::timestamptz - interval '1 minute' then u.minute_count else 0 end + $4,
       hour_started   = case when u.hour_started > $3::timestamptz - interval '1 hour' then u.hour_started else $3 end,
       hour_count     = case when u.hour_started > $3::timestamptz - interval '1 hour' then u.hour_count else 0 end + $4,
       day_started    = case when u.day_started > $3::timestamptz - interval '1 day' then u.day_started else $3 end,
       day_count      = case when u.day_started > $3::timestamptz - interval '1 day' then u.day_count else 0 end + $4
     where ($5::bigint is null or u.minute_started <= $3::timestamptz - interval '1 minute' or u.minute_count + $4 <= $5)
       and ($6::bigint is null or u.hour_started <= $3::timestamptz - interval '1 hour' or u.hour_count + $4 <= $6)
       and ($7::bigint is null or u.day_started <= $3::timestamptz - interval '1 day' or u.day_count + $4 <= $7)
     returning ${COLUMNS}`,
    [teamId, scope, now, calls, limits?.minute ?? null, limits?.hour ?? null, limits?.day ?? null],
  );
}

export function findUsage(db: Db, teamId: string, scope: string) {
  return db.row<ApiUsageRow>(`select ${COLUMNS} from api_usage where team_id = $1 and scope = $2`, [
    teamId,
    scope,
  ]);
}

export function listApiUsage(db: Db, teamId: string) {
  return db.rows<ApiUsageRow>(`select ${COLUMNS} from api_usage where team_id = $1 order by scope`, [teamId]);
}
