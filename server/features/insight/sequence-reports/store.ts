// A sequence counted, in four statements however many mails there are. What each word means stands in sequences/statistics/store.ts.

import type { Db } from "../../../db/connect.ts";
import {
  IS_COUNTED,
  WAS_ANSWERED,
  WAS_DELIVERED,
  WAS_SENT,
  WENT_AT,
} from "../../sequences/statistics/store.ts";

export type Mails = {
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  replied: number;
  bounced: number;
  unsubscribed: number;
  demoed: number;
};

export type MailFigures = Mails & {
  stepId: string | null;
  touchId: string | null;
  /** Of what it is the sum: of all, of a step, of a variant. */
  level: "all" | "step" | "touch";
  reachedPeople: number;
  openedPeople: number;
  repliedPeople: number;
  unsubscribedPeople: number;
};

/** From the beginning of one day to that of another, where they are said. */
export type InstantRange = { from: Temporal.Instant | null; until: Temporal.Instant | null };

/** $1 is the team, $2 the sequence, $3 and $4 the time. */
export const SENT = `
  select * from (
    select o.*, ${WAS_DELIVERED} as was_delivered, ${WAS_ANSWERED} as was_answered, ${WENT_AT} as went_at
      from messages o
     where o.team_id = $1 and o.sequence_id = $2 and ${IS_COUNTED} and ${WAS_SENT}) m
   where ($3::timestamptz is null or m.went_at >= $3) and ($4::timestamptz is null or m.went_at < $4)`;

/** Of the whole, of each step and of each variant that mails went out of. */
export function countMails(db: Db, teamId: string, sequenceId: string, { from, until }: InstantRange) {
  return db.rows<MailFigures>(
    `select m.step_id, m.touch_id,
            case grouping(m.step_id, m.touch_id) when 3 then 'all' when 1 then 'step' else 'touch' end as level,
            count(*) as sent,
            count(*) filter (where m.was_delivered) as delivered,
            count(*) filter (where m.was_delivered and m.num_opens > 0) as opened,
            count(*) filter (where m.was_delivered and m.num_clicks > 0) as clicked,
            count(*) filter (where m.was_answered) as replied,
            count(*) filter (where m.has_bounced) as bounced,
            count(*) filter (where m.unsubscribed_at is not null) as unsubscribed,
            count(*) filter (where m.demoed_at is not null) as demoed,
            count(distinct m.contact_id) as reached_people,
            count(distinct m.contact_id) filter (where m.was_delivered and m.num_opens > 0) as opened_people,
            count(distinct m.contact_id) filter (where m.was_answered) as replied_people,
            count(distinct m.contact_id) filter (where m.unsubscribed_at is not null) as unsubscribed_people
       from (${SENT}) m
      group by grouping sets ((), (m.step_id), (m.step_id, m.touch_id))`,
    [teamId, sequenceId, from, until],
  );
}

export type StepTasks = { stepId: string; open: number; completed: number; skipped: number; people: number };

export function countTasks(db: Db, teamId: string, sequenceId: string, { from, until }: InstantRange) {
  return db.rows<StepTasks>(
    `select step_id, count(*) filter (where status = 'scheduled') as open,
            count(*) filter (where status = 'completed') as completed,
            count(*) filter (where status = 'skipped' and withdrawn_because is null) as skipped,
            count(distinct contact_id) as people
       from tasks
      where team_id = $1 and sequence_id = $2 and step_id is not null
        and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)
      group by step_id`,
    [teamId, sequenceId, from, until],
  );
}

type StepPaths = { stepId: string; yes: number; no: number };

export function countPaths(db: Db, teamId: string, sequenceId: string, { from, until }: InstantRange) {
  return db.rows<StepPaths>(
    `select d.step_id, count(*) filter (where d.path = 'yes') as yes, count(*) filter (where d.path = 'no') as no
       from sequence_steps p
       join branch_decisions d on d.team_id = p.team_id and d.step_id = p.id
      where p.team_id = $1 and p.sequence_id = $2 and p.type = 'branch'
        and ($3::timestamptz is null or d.decided_at >= $3) and ($4::timestamptz is null or d.decided_at < $4)
      group by d.step_id`,
    [teamId, sequenceId, from, until],
  );
}

export function countMembers(db: Db, teamId: string, sequenceId: string, { from, until }: InstantRange) {
  return db.row<{ added: number; finished: number }>(
    `select count(*) as added, count(*) filter (where state = 'finished') as finished
       from enrollments
      where team_id = $1 and sequence_id = $2 and state <> 'removed'
        and ($3::timestamptz is null or added_at >= $3) and ($4::timestamptz is null or added_at < $4)`,
    [teamId, sequenceId, from, until],
  );
}

export type ReportDay = {
  date: string;
  added: number;
  delivered: number;
  opened: number;
  replied: number;
  bounced: number;
};

/** The days on which anything happened. A mail's opens and replies stand on the day it went out. */
export function countDays(
  db: Db,
  teamId: string,
  sequenceId: string,
  { from, until }: InstantRange,
  zone: string,
) {
  return db.rows<ReportDay>(
    `with mails as (
       select (m.went_at at time zone $5)::date as date, 0 as added,
              count(*) filter (where m.was_delivered) as delivered,
              count(*) filter (where m.was_delivered and m.num_opens > 0) as opened,
              count(*) filter (where m.was_answered) as replied,
              count(*) filter (where m.has_bounced) as bounced
         from (${SENT}) m
        where m.went_at is not null
        group by 1),
     joined as (
       select (added_at at time zone $5)::date as date, count(*) as added, 0 as delivered, 0 as opened, 0 as replied, 0 as bounced
         from enrollments
        where team_id = $1 and sequence_id = $2 and state <> 'removed'
          and ($3::timestamptz is null or added_at >= $3) and ($4::timestamptz is null or added_at < $4)
        group by 1)
     select to_char(date, 'YYYY-MM-DD') as date, sum(added)::int as added, sum(delivered)::int as delivered,
            sum(opened)::int as opened, sum(replied)::int as replied, sum(bounced)::int as bounced
       from (select * from mails union all select * from joined) d
      group by 1 order by 1`,
    [teamId, sequenceId, from, until, zone],
  );
}
