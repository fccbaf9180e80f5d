import type { Db } from "../../db/connect.ts";
import type { TouchLimit } from "../../domain/touches.ts";

export type TeamRow = {
  id: string;
  name: string;
  timeZone: string;
  createdAt: Temporal.Instant;
  includesOptOut: boolean;
  optOutTemplate: string | null;
  samplePlantedAt: Temporal.Instant | null;
  domainDailyLimit: number | null;
  touchLimits: TouchLimit[];
};

const COLUMNS =
  "id, name, time_zone, created_at, includes_opt_out, opt_out_template, sample_planted_at, domain_daily_limit, touch_limits";

export function findTeam(db: Db, teamId: string) {
  return db.row<TeamRow>(`select ${COLUMNS} from teams where id = $1`, [teamId]);
}

/** As they are, and until the transaction ends: whoever changes them waits. */
export async function holdTouchLimits(db: Db, teamId: string) {
  const team = await db.row<Pick<TeamRow, "touchLimits">>(
    "select touch_limits from teams where id = $1 for share",
    [teamId],
  );
  return team?.touchLimits ?? [];
}

/** Turns the transaction to another team: only for opening one, when there is nothing in it to see yet. */
export async function enterTeam(db: Db, teamId: string) {
  await db.run("select set_config('cadenza.team_id', $1, true)", [teamId]);
}

export function insertTeam(
  db: Db,
  teamId: string,
  team: { name: string; timeZone: string },
  now: Temporal.Instant,
) {
  return db.run("insert into teams (id, name, time_zone, created_at) values ($1, $2, $3, $4)", [
    teamId,
    team.name,
    team.timeZone,
    now,
  ]);
}

/** Null leaves a thing as it is; a template of no letters takes it away. */
export type TeamChange = {
  name: string | null;
  timeZone: string | null;
  includesOptOut: boolean | null;
  optOutTemplate: string | null;
  /** Null takes the limit away. */
  domainDailyLimit?: number | null | undefined;
  /** All of them; those that are left out are gone. */
  touchLimits?: readonly TouchLimit[] | undefined;
};

export function updateTeam(db: Db, teamId: string, change: TeamChange) {
  return db.row<TeamRow>(
    `update teams set name = coalesce($2, name), time_zone = coalesce($3, time_zone),
            includes_opt_out = coalesce($4, includes_opt_out),
            opt_out_template = nullif(coalesce($5, opt_out_template), ''),
            domain_daily_limit = case when $6 then $7 else domain_daily_limit end,
            touch_limits = coalesce($8::jsonb, touch_limits)
      where id = $1 returning ${COLUMNS}`,
    [
      ...[teamId, change.name, change.timeZone, change.includesOptOut, change.optOutTemplate],
      ...[change.domainDailyLimit !== undefined, change.domainDailyLimit ?? null],
      change.touchLimits ? JSON.stringify(change.touchLimits) : null,
    ],
  );
}

export async function listTeamIds(db: Db) {
  const rows = await db.rows<{ teamId: string }>("select team_id from team_ids()");
  return rows.map((row) => row.teamId);
}

/** From then on the team has invented people, who are mailed through the catcher or not at all. */
/** Whoever has asked for it is told that it comes. */
export function askForSample(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run("update teams set sample_asked_at = $2 where id = $1", [teamId, now]);
}

/** A team that has contacts of its own gets none. */
export function dropSample(db: Db, teamId: string) {
  return db.run("update teams set sample_asked_at = null where id = $1", [teamId]);
}

export async function noteSample(db: Db, teamId: string, now: Temporal.Instant) {
  await db.run("update teams set sample_planted_at = $2, sample_asked_at = null where id = $1", [
    teamId,
    now,
  ]);
  await db.run("update contacts set is_invented = true where team_id = $1", [teamId]);
}
