// Reads in the sandbox what came of the copy, once its time is over.

import type { Db } from "../../../db/connect.ts";
import type { TrialEmail } from "../../../domain/insight/trial-run-report.ts";
import type { TrialEmailRow, TrialPersonState } from "./store.ts";

type Span = { from: Temporal.Instant; until: Temporal.Instant };

/** The emails of the sequence, as they arrived. */
export function emailsSent(db: Db, teamId: string, sequenceId: string, { from, until }: Span) {
  return db.rows<Omit<TrialEmailRow, "position">>(
    `select m.contact_id, m.step_id, m.mailbox_id, m.released_at as sent_at, coalesce(a.subject, m.subject, '') as subject,
            coalesce(a.body_text, m.body_text) as body_text, coalesce(a.body_html, m.body_html) as body_html,
            case when m.has_bounced then 'bounced' when m.unsubscribed_at is not null then 'unsubscribed'
                 when m.replied_at is not null then 'replied' end as came_of_it
       from messages m
       left join catcher_messages a on a.team_id = m.team_id and a.folder = 'Sent'
                                   and btrim(a.message_id, '<>') = btrim(m.internet_message_id, '<>')
      where m.team_id = $1 and m.sequence_id = $2 and m.contact_id is not null and m.copy_of is null
        and m.released_at >= $3 and m.released_at <= $4 and m.delivery in ('sent', 'dot', 'unconfirmed')
      order by m.released_at, m.id`,
    [teamId, sequenceId, from, until],
  );
}

/** All emails of contacts, of whatever sequence. */
export function allSent(db: Db, teamId: string, { from, until }: Span) {
  return db.rows<TrialEmail>(
    `select m.contact_id, c.company_key, m.sequence_id, m.mailbox_id, m.released_at as sent_at
       from messages m join contacts c on c.team_id = m.team_id and c.id = m.contact_id
      where m.team_id = $1 and m.sequence_id is not null and m.copy_of is null and m.released_at >= $2 and m.released_at <= $3
        and m.delivery in ('sent', 'dot', 'unconfirmed')
      order by m.released_at, m.id`,
    [teamId, from, until],
  );
}

type Ended = {
  contactId: string;
  state: TrialPersonState;
  reason: string | null;
  holdCode: string | null;
  nextAt: Temporal.Instant | null;
};

/** Where contacts of the sequence are: those of before only where they were under way. */
export function endedOf(db: Db, teamId: string, sequenceId: string, contactIds: readonly string[]) {
  return db.rows<Ended>(
    `select e.contact_id, e.state, case e.state when 'failed' then coalesce(e.failure_reason, e.inactive_reason) else e.inactive_reason end as reason,
            m.hold_code, case when e.state = 'active' then coalesce(m.next_check_at, e.due_at) else e.resume_at end as next_at
       from enrollments e
       left join messages m on m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
                           and m.delivery = 'planned' and m.copy_of is null
      where e.team_id = $1 and e.sequence_id = $2 and e.contact_id = any($3::text[])
      order by e.contact_id, e.added_at desc`,
    [teamId, sequenceId, contactIds],
  );
}

/**
 * What held emails of the sequence after they were due, and for how long. What the gate held is read from what their rows said one after
 * the other. The rest of the time they stood in the queue of their mailbox: which of its limits was reached is told by what it had sent
 * shortly before they went.
 */
export function heldFor(db: Db, teamId: string, sequenceId: string, { from, until }: Span) {
  return db.rows<{ contactId: string; code: string; seconds: number }>(
    `with said as (
       select m.contact_id, m.id, m.created_at, h.was ->> 'hold_code' as code, h.until_at as ends, h.place
         from messages m join row_history h on h.team_id = m.team_id and h.subject_id = m.id
        where m.team_id = $1 and m.sequence_id = $2 and m.contact_id is not null and h.until_at > $3
       union all
       select m.contact_id, m.id, m.created_at, m.hold_code, $4::timestamptz, 9223372036854775807
         from messages m where m.team_id = $1 and m.sequence_id = $2 and m.contact_id is not null and m.delivery = 'planned'
     ), spans as (
       select contact_id, id, code, ends, lag(ends, 1, greatest($3::timestamptz, created_at)) over (partition by id order by place) as begins
         from said
     ), held as (
       select contact_id, id, code, sum(extract(epoch from least(ends, $4) - begins))::float8 as seconds
         from spans where code is not null and ends > begins group by 1, 2, 3
     ), queued as (
       select m.contact_id, m.mailbox_id, greatest(m.due_at, $3) as due,
              extract(epoch from coalesce(m.released_at, $4) - greatest(m.due_at, $3))::float8
                - coalesce((select sum(h.seconds) from held h where h.id = m.id), 0) as seconds
         from messages m
        where m.team_id = $1 and m.sequence_id = $2 and m.contact_id is not null and m.copy_of is null and m.mailbox_id is not null
          and (m.released_at >= $3 and m.delivery in ('sent', 'dot', 'unconfirmed') or m.delivery = 'planned' and m.due_at < $4)
     )
     select contact_id, code, sum(seconds) as seconds from held group by 1, 2
     union all
     select q.contact_id,
            case when b.limit_today <= sent.in_day then 'limit:mailbox_day' when b.hourly_limit <= sent.in_hour then 'limit:mailbox_hour'
                 else 'limit:mailbox_gap' end,
            q.seconds
       from queued q
       join mailboxes b on b.team_id = $1 and b.id = q.mailbox_id
      cross join lateral (select q.due + q.seconds * 0.9 * interval '1 second' as at) late
      cross join lateral (
        select count(*) as in_day, count(*) filter (where o.released_at > late.at - interval '1 hour') as in_hour from messages o
         where o.team_id = $1 and o.mailbox_id = q.mailbox_id and o.released_at > late.at - interval '24 hours' and o.released_at <= late.at
           and o.delivery in ('sent', 'dot', 'unconfirmed')) sent
      where q.seconds >= 60`,
    [teamId, sequenceId, from, until],
  );
}

export type DueTask = { id: string; userId: string; draftId: string | null };

/** Tasks of sequences that are due. Those whose email is on its way are completed by it. */
export function dueTasks(db: Db, teamId: string, now: Temporal.Instant, besides: readonly string[]) {
  return db.rows<DueTask>(
    `select k.id, k.user_id, m.id as draft_id from tasks k
       left join messages m on m.team_id = k.team_id and m.id = k.message_id
      where k.team_id = $1 and k.status = 'scheduled' and k.enrollment_id is not null and k.due_at <= $2 and k.id <> all($3::text[])
        and (m.id is null or m.delivery = 'draft')
      order by k.due_at, k.id limit 1000`,
    [teamId, now, besides],
  );
}

export async function nextTaskAt(db: Db, teamId: string, now: Temporal.Instant) {
  const row = await db.row<{ at: Temporal.Instant | null }>(
    "select min(due_at) as at from tasks where team_id = $1 and status = 'scheduled' and enrollment_id is not null and due_at > $2",
    [teamId, now],
  );
  return row?.at ?? null;
}
