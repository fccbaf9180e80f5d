import type { Db } from "../../../db/connect.ts";
import type { FirstEmailHabit } from "../../../domain/sequences/first-email-surge.ts";
import { FIRST_EMAIL } from "../../gate/facts/sending-store.ts";

/**
 * Of each mailbox from which a request's contacts get a first email: how many it sent before, may send a day, and is to send
 * anyway on the day on which the first of them are due, which is Monday for contacts added on a Friday evening.
 */
export function firstEmailHabits(
  db: Db,
  teamId: string,
  requestId: string,
  { now, since }: { now: Temporal.Instant; since: Temporal.Instant },
) {
  return db.rows<FirstEmailHabit>(
    `with added as (
       select e.mailbox_id, count(*) as added, min(e.due_at) as first_due
         from verdicts v
         join enrollments e on e.team_id = $1 and e.id = v.enrollment_id
         join sequence_steps p on p.team_id = $1 and p.id = e.current_step_id
        where v.team_id = $1 and v.request_id = $2 and v.enrollment_id is not null
          and p.type in ('auto_email', 'manual_email')
        group by e.mailbox_id)
     select m.id as mailbox_id, m.email, a.added, least(m.limit_today, m.new_contacts_limit) as daily_limit,
            past.sent, past.days_sent, ahead.waiting
       from added a
       join mailboxes m on m.team_id = $1 and m.id = a.mailbox_id
      cross join lateral (
              select count(*) as sent, count(distinct (s.released_at at time zone 'UTC')::date) as days_sent
                from messages s
               where s.team_id = $1 and s.mailbox_id = m.id and s.released_at > $3 and s.released_at <= $4
                 and s.delivery in ('sent', 'dot', 'unconfirmed') and ${FIRST_EMAIL}) past
      cross join lateral (
              select count(*) as waiting
                from enrollments e
                join sequence_steps p on p.team_id = $1 and p.id = e.current_step_id
               where e.team_id = $1 and e.mailbox_id = m.id and e.state = 'active'
                 and e.due_at <= greatest($4, a.first_due) + interval '24 hours'
                 and p.position = 1 and p.type in ('auto_email', 'manual_email')
                 and not exists (select from verdicts v
                                  where v.team_id = $1 and v.request_id = $2 and v.enrollment_id = e.id)) ahead
      order by m.email, m.id`,
    [teamId, requestId, since, now],
  );
}
