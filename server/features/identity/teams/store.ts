import type { Db } from "../../../db/connect.ts";
import type { ActiveBrake } from "../../../domain/gate/brake-changes.ts";
import type { BrakeRulesChange } from "../../../domain/gate/brake-rules.ts";
import type { RecipientLimit } from "../../../domain/gate/recipient-limits.ts";
import type { TouchLimit } from "../../../domain/sequences/touches.ts";
import type { LinkedInLimits } from "../../../domain/work/linkedin-limits.ts";

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
  /** Of each mailbox, by the provider or the domain of the recipient. */
  recipientLimits: RecipientLimit[];
  /** For each user and day, by the type of the task. */
  linkedinLimits: LinkedInLimits;
  onlyOwnersAddContacts: boolean;
  assumeDeliveredAfterHours: number | null;
  /** Whether nothing automatic goes to a person who answered until the answer is settled. */
  holdsAnswers: boolean;
  answerHoldDays: number;
  /** Whose public holidays count for contacts whose country is not known; null: the schedule's zone tells it. */
  holidayCalendar: string | null;
  /** As the team has set them; what it has not set is as brakes begin. */
  brakeRules: BrakeRulesChange;
  /** Those that are on. */
  brakes: ActiveBrake[];
};

const COLUMNS =
  "id, name, time_zone, created_at, includes_opt_out, opt_out_template, sample_planted_at, domain_daily_limit, touch_limits, recipient_limits, linkedin_limits, only_owners_add_contacts, holds_answers, answer_hold_days, assume_delivered_after_hours, holiday_calendar, brake_rules, " +
  `coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'scope', b.scope, 'subjectId',
                                                 case when b.scope = 'mailbox' then mailbox_of_address(b.team_id, b.subject_id) else b.subject_id end, 'level', b.level, 'cause', b.cause,
                                                 'figures', b.figures, 'since', b.since) order by b.since, b.id)
               from brakes b where b.team_id = teams.id and b.ended_at is null), '[]') as brakes`;

export function findTeam(db: Db, teamId: string) {
  return db.row<TeamRow>(`select ${COLUMNS} from teams where id = $1`, [teamId]);
}

export async function onlyOwnersAdd(db: Db, teamId: string) {
  const team = await db.row<{ isStrict: boolean }>(
    "select only_owners_add_contacts as is_strict from teams where id = $1",
    [teamId],
  );
  return team?.isStrict ?? false;
}

/** Locks the limits until the transaction ends: changes to them wait. */
export function holdLimits(db: Db, teamId: string) {
  return db.row<Pick<TeamRow, "touchLimits" | "domainDailyLimit">>(
    "select touch_limits, domain_daily_limit from teams where id = $1 for share",
    [teamId],
  );
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
  /** All of them; those that are left out are gone. */
  recipientLimits?: readonly RecipientLimit[] | undefined;
  /** Those that are left out stay as they are. */
  linkedinLimits?: LinkedInLimits | undefined;
  onlyOwnersAddContacts?: boolean | undefined;
  /** Null: a person decides. */
  assumeDeliveredAfterHours?: number | null | undefined;
  holdsAnswers?: boolean | undefined;
  answerHoldDays?: number | undefined;
  /** Null: the schedule's zone tells it. */
  holidayCalendar?: string | null | undefined;
};

export function updateTeam(db: Db, teamId: string, change: TeamChange) {
  return db.row<TeamRow>(
    `update teams set name = coalesce($2, name), time_zone = coalesce($3, time_zone),
            includes_opt_out = coalesce($4, includes_opt_out),
            opt_out_template = nullif(coalesce($5, opt_out_template), ''),
            domain_daily_limit = case when $6 then $7 else domain_daily_limit end,
            touch_limits = coalesce($8::jsonb, touch_limits),
            only_owners_add_contacts = coalesce($9, only_owners_add_contacts),
            holds_answers = coalesce($10, holds_answers), answer_hold_days = coalesce($11, answer_hold_days),
            assume_delivered_after_hours = case when $12 then $13 else assume_delivered_after_hours end,
            holiday_calendar = case when $14 then $15 else holiday_calendar end,
            linkedin_limits = linkedin_limits || coalesce($16::jsonb, '{}'),
            recipient_limits = coalesce($17::jsonb, recipient_limits)
      where id = $1 returning ${COLUMNS}`,
    [
      ...[teamId, change.name, change.timeZone, change.includesOptOut, change.optOutTemplate],
      ...[change.domainDailyLimit !== undefined, change.domainDailyLimit ?? null],
      change.touchLimits ? JSON.stringify(change.touchLimits) : null,
      change.onlyOwnersAddContacts ?? null,
      ...[change.holdsAnswers ?? null, change.answerHoldDays ?? null],
      ...[change.assumeDeliveredAfterHours !== undefined, change.assumeDeliveredAfterHours ?? null],
      ...[change.holidayCalendar !== undefined, change.holidayCalendar ?? null],
      change.linkedinLimits ? JSON.stringify(change.linkedinLimits) : null,
      change.recipientLimits ? JSON.stringify(change.recipientLimits) : null,
    ],
  );
}

/** As they are stored, locked: two admins who save at once change them one after the other. */
export async function lockBrakeRules(db: Db, teamId: string) {
  const row = await db.row<{ brakeRules: BrakeRulesChange }>(
    "select brake_rules from teams where id = $1 for no key update",
    [teamId],
  );
  return row?.brakeRules ?? {};
}

export function writeBrakeRules(db: Db, teamId: string, rules: BrakeRulesChange) {
  return db.run("update teams set brake_rules = $2::jsonb where id = $1", [teamId, JSON.stringify(rules)]);
}

export async function listTeamIds(db: Db) {
  const rows = await db.rows<{ teamId: string }>("select team_id from team_ids()");
  return rows.map((row) => row.teamId);
}

/** From then on the team has invented people, who are mailed through the catcher or not at all. */
/** Records that the user asked for sample data. */
export async function askForSample(db: Db, teamId: string, now: Temporal.Instant) {
  const asked = await db.run("update teams set sample_asked_at = $2 where id = $1", [teamId, now]);
  if (asked === 0) throw new Error("the transaction does not see the team that is to get the sample data");
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
