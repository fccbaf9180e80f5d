// What became of the mails, counted from them: for a whole page of sequences in one statement.

import type { Db } from "../../../db/connect.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";

// The conditions that count mails, over a row `o` of `messages`.
export const WAS_SENT = "(o.status = 'completed' or o.has_bounced is true or o.is_spam_blocked is true)";

// As the index has it: see the migration of reports.
export const WENT_AT =
  "case when o.completed_at is not null then o.completed_at when o.released_at is not null then o.released_at else o.failed_at end";

/** Of the mails that were sent. */
export const WAS_DELIVERED =
  "(o.status = 'completed' and o.has_bounced is not true and o.is_spam_blocked is not true)";

/** An out-of-office notice is no reply. */
export const WAS_ANSWERED = "(o.replied_at is not null and o.reply_class is distinct from 'out_of_office')";

/** Excludes copies to others, and mails without a status. */
export const IS_COUNTED = "(o.status is not null and o.copy_of is null)";

export type Metrics = {
  scheduled: number;
  sent: number;
  delivered: number;
  bounced: number;
  hardBounced: number;
  spamBlocked: number;
  opened: number;
  clicked: number;
  replied: number;
  demoed: number;
  unsubscribed: number;
  /** By people or machines. */
  openedUnfiltered: number;
  clickedUnfiltered: number;
  deliveredOpenTracked: number;
  deliveredClickTracked: number;
  /** Of those whose opens, or clicks, can be known at all. */
  openedTracked: number;
  openedUnfilteredTracked: number;
  clickedTracked: number;
  clickedUnfilteredTracked: number;
};

export const NO_MAIL: Metrics = {
  scheduled: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  hardBounced: 0,
  spamBlocked: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  demoed: 0,
  unsubscribed: 0,
  openedUnfiltered: 0,
  clickedUnfiltered: 0,
  deliveredOpenTracked: 0,
  deliveredClickTracked: 0,
  openedTracked: 0,
  openedUnfilteredTracked: 0,
  clickedTracked: 0,
  clickedUnfilteredTracked: 0,
};

// Each mail counts once, however often it was opened; copies to others in cc or bcc do not count, and an out-of-office
// reply is no reply. Fetches by machines are only in the events.
const metricsBy = (column: "sequence_id" | "touch_id") => `
  with fetched as materialized (
    select e.message_id, bool_or(e.type = 'open') as opened, bool_or(e.type = 'click') as clicked
      from message_events e
      join messages o on o.team_id = e.team_id and o.id = e.message_id and o.sequence_id = any($2::text[])
     where e.team_id = $1 and e.is_machine and e.type in ('open', 'click')
     group by 1)
  select m.${column} as of_id,
         count(*) filter (where m.status = 'scheduled') as scheduled,
         count(*) filter (where m.was_sent) as sent,
         count(*) filter (where m.was_delivered) as delivered,
         count(*) filter (where m.has_bounced) as bounced,
         count(*) filter (where m.is_hard_bounce) as hard_bounced,
         count(*) filter (where m.is_spam_blocked) as spam_blocked,
         count(*) filter (where m.was_opened) as opened,
         count(*) filter (where m.was_clicked) as clicked,
         count(*) filter (where m.was_answered) as replied,
         count(*) filter (where m.demoed_at is not null) as demoed,
         count(*) filter (where m.unsubscribed_at is not null) as unsubscribed,
         count(*) filter (where m.was_opened or m.was_fetched) as opened_unfiltered,
         count(*) filter (where m.was_clicked or m.was_followed) as clicked_unfiltered,
         count(*) filter (where m.was_delivered and m.open_tracking) as delivered_open_tracked,
         count(*) filter (where m.was_delivered and m.click_tracking) as delivered_click_tracked,
         count(*) filter (where m.was_opened and m.open_tracking) as opened_tracked,
         count(*) filter (where (m.was_opened or m.was_fetched) and m.open_tracking) as opened_unfiltered_tracked,
         count(*) filter (where m.was_clicked and m.click_tracking) as clicked_tracked,
         count(*) filter (where (m.was_clicked or m.was_followed) and m.click_tracking) as clicked_unfiltered_tracked
    from (select d.*, d.was_delivered and d.num_opens > 0 as was_opened, d.was_delivered and d.num_clicks > 0 as was_clicked,
                 d.was_delivered and coalesce(f.opened, false) as was_fetched,
                 d.was_delivered and coalesce(f.clicked, false) as was_followed
            from (select o.*, ${WAS_SENT} as was_sent, ${WAS_DELIVERED} as was_delivered, ${WAS_ANSWERED} as was_answered
                    from messages o where o.team_id = $1 and o.sequence_id = any($2::text[]) and ${IS_COUNTED}) d
            left join fetched f on f.message_id = d.id) m
   where m.${column} is not null
   group by 1`;

const BY_SEQUENCE = metricsBy("sequence_id");
const BY_TOUCH = metricsBy("touch_id");

export function metricsBySequence(db: Db, teamId: string, sequenceIds: readonly string[]) {
  return counted(db, BY_SEQUENCE, teamId, sequenceIds);
}

export function metricsByTouch(db: Db, teamId: string, sequenceIds: readonly string[]) {
  return counted(db, BY_TOUCH, teamId, sequenceIds);
}

async function counted(db: Db, sql: string, teamId: string, sequenceIds: readonly string[]) {
  const rows = await db.rows<Metrics & { ofId: string }>(sql, [teamId, sequenceIds]);
  return new Map<string, Metrics>(rows.map(({ ofId, ...metrics }) => [ofId, metrics]));
}

export type TaskCounts = { scheduled: number; skipped: number; completed: number };

export async function tasksByStep(db: Db, teamId: string, sequenceId: string) {
  const rows = await db.rows<TaskCounts & { stepId: string }>(
    `select step_id,
            count(*) filter (where status = 'scheduled'
                and not exists (select from enrollments e
                                 where e.team_id = t.team_id and e.id = t.enrollment_id and e.state = 'paused')) as scheduled,
            count(*) filter (where status = 'skipped' and withdrawn_because is null) as skipped,
            count(*) filter (where status = 'completed') as completed
       from tasks t
      where team_id = $1 and sequence_id = $2 and step_id is not null
      group by step_id`,
    [teamId, sequenceId],
  );
  return new Map<string, TaskCounts>(rows.map(({ stepId, ...counts }) => [stepId, counts]));
}

export type PathCounts = Record<BranchPath, number>;

/** By branch, how many contacts took each of its paths. */
export async function pathsByStep(db: Db, teamId: string, stepIds: readonly string[]) {
  const rows = await db.rows<PathCounts & { stepId: string }>(
    `select step_id, count(*) filter (where path = 'yes') as yes, count(*) filter (where path = 'no') as no
       from branch_decisions where team_id = $1 and step_id = any($2::text[]) group by step_id`,
    [teamId, stepIds],
  );
  return new Map<string, PathCounts>(rows.map(({ stepId, ...counts }) => [stepId, counts]));
}
