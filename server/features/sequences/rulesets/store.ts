import type { Db } from "../../../db/connect.ts";
import type { Rules, StageTriggers } from "../../../domain/sequences/rules.ts";

export type RulesetRow = Rules & {
  id: string;
  name: string;
  isDefault: boolean;
  stageTriggers: StageTriggers;
  sequences: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

/** The rules' columns, in the order in which `ruleValues` hands their values over. */
export const RULE_COLUMNS = `mark_finished_if_reply, mark_finished_if_click, mark_finished_if_interested,
  mark_paused_if_ooo, days_to_wait_before_mark_as_response, same_account_reply_policy,
  same_account_reply_delay_days, same_account_reply_scope, create_task_if_email_open, email_open_trigger_task_threshold,
  max_emails_per_day, max_new_contacts_per_day, ignore_global_bounce_list`;

export function ruleValues(rules: Rules) {
  return [
    rules.markFinishedIfReply,
    rules.markFinishedIfClick,
    rules.markFinishedIfInterested,
    rules.markPausedIfOoo,
    rules.daysToWaitBeforeMarkAsResponse,
    rules.sameAccountReplyPolicy,
    rules.sameAccountReplyDelayDays,
    rules.sameAccountReplyScope,
    rules.createTaskIfEmailOpen,
    rules.emailOpenTriggerTaskThreshold,
    rules.maxEmailsPerDay,
    rules.maxNewContactsPerDay,
    rules.ignoreGlobalBounceList,
  ];
}

const COLUMNS = `r.id, r.name, r.is_default, r.created_at, r.updated_at, ${RULE_COLUMNS},
  (select coalesce(jsonb_object_agg(t.event, t.stage_id), '{}') from ruleset_stage_triggers t
    where t.team_id = r.team_id and t.ruleset_id = r.id) as stage_triggers,
  (select count(*)::int from sequences s
    where s.team_id = r.team_id and s.archived_at is null
      and (s.ruleset_id = r.id or r.is_default and s.ruleset_id is null)) as sequences`;

export function listRulesets(db: Db, teamId: string) {
  return db.rows<RulesetRow>(
    `select ${COLUMNS} from rulesets r where team_id = $1 order by is_default desc, lower(name), id`,
    [teamId],
  );
}

export function findRuleset(db: Db, teamId: string, id: string) {
  return db.row<RulesetRow>(`select ${COLUMNS} from rulesets r where team_id = $1 and id = $2`, [teamId, id]);
}

export function findDefaultRuleset(db: Db, teamId: string) {
  return db.row<RulesetRow>(`select ${COLUMNS} from rulesets r where team_id = $1 and is_default`, [teamId]);
}

export function lockRuleset(db: Db, teamId: string, id: string) {
  return db.row<RulesetRow>(
    `select ${COLUMNS} from rulesets r where team_id = $1 and id = $2 for update of r`,
    [teamId, id],
  );
}

/** Held while a sequence is made to point at it. */
export async function holdRuleset(db: Db, teamId: string, id: string) {
  const found = await db.run("select 1 from rulesets where team_id = $1 and id = $2 for key share", [
    teamId,
    id,
  ]);
  return found > 0;
}

type RulesetValues = Rules & { name: string; isDefault: boolean };

export function insertRuleset(
  db: Db,
  teamId: string,
  id: string,
  values: RulesetValues,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into rulesets (team_id, id, name, is_default, created_at, updated_at, ${RULE_COLUMNS})
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [teamId, id, values.name, values.isDefault, now, ...ruleValues(values)],
  );
}

export function updateRuleset(
  db: Db,
  teamId: string,
  id: string,
  values: RulesetValues,
  now: Temporal.Instant,
) {
  return db.run(
    `update rulesets set (name, is_default, updated_at, ${RULE_COLUMNS}) =
            ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      where team_id = $1 and id = $2`,
    [teamId, id, values.name, values.isDefault, now, ...ruleValues(values)],
  );
}

/** Of two who each make theirs the default, the second waits here for the first. */
export async function clearDefaultRuleset(db: Db, teamId: string) {
  await db.run("select 1 from teams where id = $1 for no key update", [teamId]);
  await db.run("update rulesets set is_default = false where team_id = $1 and is_default", [teamId]);
}

/**
 * Whether the rules of an enrollment's sequence count an answer in another one. It counts for as long as a colleague's
 * answer delays mails, from when this contact was added; 30 days by default. Both arguments are names of rows of
 * enrollments.
 */
export const countsFromElsewhere = (answered: string, own: string) => `exists (
  select from sequences s
    left join rulesets r on r.team_id = s.team_id and r.id = s.ruleset_id
    left join rulesets d on d.team_id = s.team_id and d.is_default
   where s.team_id = ${own}.team_id and s.id = ${own}.sequence_id
     and coalesce(s.same_account_reply_scope, r.same_account_reply_scope, d.same_account_reply_scope) = 'all_sequences'
     and ${answered}.replied_at >= ${own}.added_at - interval '24 hours' * coalesce(s.same_account_reply_delay_days,
           r.same_account_reply_delay_days, d.same_account_reply_delay_days, 30))`;

export async function isRulesetUsed(db: Db, teamId: string, id: string) {
  return (
    (await db.row("select 1 from sequences where team_id = $1 and ruleset_id = $2 limit 1", [teamId, id])) !==
    null
  );
}

export function deleteRuleset(db: Db, teamId: string, id: string) {
  return db.run("delete from rulesets where team_id = $1 and id = $2", [teamId, id]);
}
