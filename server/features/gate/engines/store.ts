import type { Db } from "../../../db/connect.ts";

/** The time that decides: the database's, whichever machine asks. */
export async function timeOf(db: Db): Promise<Temporal.Instant> {
  const row = await db.row<{ at: Temporal.Instant }>("select cadenza_now() as at");
  if (!row) throw new Error("the database has no time");
  return row.at;
}

/** Heard of, by the database's own clock. */
export function beat(db: Db, id: string) {
  return db.run(
    `insert into engines (id) values ($1)
     on conflict (id) do update set beat_at = clock_timestamp() -- db clock: whether somebody is alive is no matter of tests`,
    [id],
  );
}

export function removeEngine(db: Db, id: string) {
  return db.run("delete from engines where id = $1", [id]);
}

/** Engines without a sign of life for long, whose mails other engines have taken over. */
export function forgetDead(db: Db) {
  return db.run(`delete from engines
      where beat_at < clock_timestamp() - interval '1 hour' -- db clock: as above`);
}

async function teams(db: Db, sql: string, params: readonly unknown[]) {
  const rows = await db.rows<{ teamId: string }>(sql, params);
  return rows.map(({ teamId }) => teamId);
}

export function teamsWithPlansDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_plans_due($1)", [now]);
}

export function teamsWithMailsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_mails_due($1)", [now]);
}

export function teamsWithOrphans(db: Db) {
  return teams(db, "select team_id from teams_with_orphans()", []);
}

export function teamsWithUnclear(db: Db) {
  return teams(db, "select team_id from teams_with_unclear()", []);
}

export function teamsWithTasksToSkip(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_tasks_to_skip($1)", [now]);
}

export function teamsWithUnanswered(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_unanswered($1)", [now]);
}

export function teamsWithRemindersDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_reminders_due($1)", [now]);
}

export function teamsWithRetentionDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_retention_due($1)", [now]);
}

export function teamsWithAbTestsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_ab_tests_due($1)", [now]);
}

export function teamsWithRampsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_ramps_due($1)", [now]);
}

export function teamsWithBrakesToWatch(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_brakes_to_watch($1)", [now]);
}

export function teamsWithDomainsToCheck(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_domains_to_check($1)", [now]);
}

export function teamsWithTrackingDomainsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_tracking_domains_due($1)", [now]);
}

export function teamsWithRecipientDomainsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_recipient_domains_due($1)", [now]);
}

export function teamsWithScoresToFollow(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_scores_to_follow($1)", [now]);
}

export function teamsWithActivity(db: Db) {
  return teams(db, "select team_id from teams_with_activity()", []);
}

export function teamsWithCopilotsDue(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_copilots_due($1)", [now]);
}

export function teamsWithModelWork(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_model_work($1)", [now]);
}

export function teamsWithDaysToCount(db: Db, now: Temporal.Instant) {
  return teams(db, "select team_id from teams_with_days_to_count($1)", [now]);
}

export function teamsWithReplans(db: Db) {
  return teams(db, "select team_id from teams_with_replans()", []);
}

export function mailboxesWithQueues(db: Db) {
  return db.rows<{ teamId: string; mailboxId: string }>(
    "select team_id, mailbox_id from mailboxes_with_queues()",
  );
}

/** So that the database knows how many rows there are. Null: it does, of every table. */
export async function countGrownTable(db: Db) {
  const row = await db.row<{ counted: string | null }>("select count_grown_table() as counted");
  return row?.counted ?? null;
}

/** So that a search by words reads them in their order, and no list of what is new. */
export async function putWordsInOrder(db: Db) {
  await db.run("select put_words_in_order()");
}

/**
 * Within a transaction that has written thousands of rows itself and goes on with them: other sessions cannot count
 * rows they do not see yet. By plans for empty tables every row would be looked for among all.
 */
export async function countGrownTables(db: Db) {
  while ((await db.row<{ counted: string | null }>("select count_grown_table(true) as counted"))?.counted);
  await db.run("select set_config('lock_timeout', '0', true)"); // counting had its own
}
