// What became of the mails, counted from them: for a whole page of sequences in one statement.

import type { Db } from "../../db/connect.ts";

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
  deliveredOpenTracked: number;
  deliveredClickTracked: number;
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
  deliveredOpenTracked: 0,
  deliveredClickTracked: 0,
};

// Each mail counts once, however often it was opened. An out-of-office notice is no reply.
const metricsBy = (column: "sequence_id" | "touch_id") => `
  select m.${column} as of_id,
         count(*) filter (where m.status = 'scheduled') as scheduled,
         count(*) filter (where m.was_sent) as sent,
         count(*) filter (where m.was_delivered) as delivered,
         count(*) filter (where m.has_bounced) as bounced,
         count(*) filter (where m.is_hard_bounce) as hard_bounced,
         count(*) filter (where m.is_spam_blocked) as spam_blocked,
         count(*) filter (where m.was_delivered and m.num_opens > 0) as opened,
         count(*) filter (where m.was_delivered and m.num_clicks > 0) as clicked,
         count(*) filter (where m.replied_at is not null and m.reply_class is distinct from 'out_of_office') as replied,
         count(*) filter (where m.demoed_at is not null) as demoed,
         count(*) filter (where m.unsubscribed_at is not null) as unsubscribed,
         count(*) filter (where m.was_delivered and m.open_tracking) as delivered_open_tracked,
         count(*) filter (where m.was_delivered and m.click_tracking) as delivered_click_tracked
    from (select *,
                 status = 'completed' or has_bounced is true or is_spam_blocked is true as was_sent,
                 status = 'completed' and has_bounced is not true and is_spam_blocked is not true as was_delivered
            from messages where team_id = $1 and sequence_id = any($2::text[])) m
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
