import type { Db } from "../../../db/connect.ts";
import type { Silence } from "../../../domain/enrollments/unanswered.ts";
import { notAside } from "../../events/set-aside/store.ts";

/** From when these were through, for as many days as their sequence says, or its ruleset, or the team's default one; else `days`. */
export function awaitAnswers(
  db: Db,
  teamId: string,
  enrollmentIds: readonly string[],
  { from, days }: { from: Temporal.Instant; days: number | null },
) {
  return db.run(
    `insert into awaited_answers (team_id, enrollment_id, until_at)
     select $1::text, e.id, $3::timestamptz + 24 * interval '1 hour' * coalesce(
              s.days_to_wait_before_mark_as_response, r.days_to_wait_before_mark_as_response,
              d.days_to_wait_before_mark_as_response, $4::int)
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       left join rulesets r on r.team_id = s.team_id and r.id = s.ruleset_id
       left join rulesets d on d.team_id = s.team_id and d.is_default
      where e.team_id = $1 and e.id = any($2::text[])
     on conflict (team_id, enrollment_id) do update set until_at = excluded.until_at`,
    [teamId, enrollmentIds, from, days],
  );
}

/** Without a lock: the contacts are locked first. */
export function findOverdue(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<{ enrollmentId: string; contactId: string }>(
    `select w.enrollment_id, e.contact_id from awaited_answers w
       join enrollments e on e.team_id = w.team_id and e.id = w.enrollment_id
      where w.team_id = $1 and w.until_at <= $2 and ${notAside("mark-unresponsive", "w.enrollment_id")}
      order by w.until_at limit $3`,
    [teamId, now, limit],
  );
}

/** They are looked at now, and not again. Answers those nobody else has taken, and who are overdue still. */
export async function takeOverdue(
  db: Db,
  teamId: string,
  enrollmentIds: readonly string[],
  now: Temporal.Instant,
) {
  const rows = await db.rows<{ enrollmentId: string }>(
    `delete from awaited_answers where team_id = $1 and enrollment_id = any($2::text[]) and until_at <= $3
     returning enrollment_id`,
    [teamId, enrollmentIds, now],
  );
  return rows.map(({ enrollmentId }) => enrollmentId);
}

type SilentRow = Silence & { sequenceId: string; contactId: string };

/** The one that was added first comes first. */
export function silencesOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<SilentRow>(
    `select e.sequence_id, e.contact_id, e.state, e.inactive_reason, g.category as stage_category,
            exists (select from messages m
                     where m.team_id = $1 and m.contact_id = e.contact_id and m.replied_at >= e.added_at
                       and m.reply_class is distinct from 'out_of_office') as has_answered,
            exists (select from enrollments o
                     where o.team_id = $1 and o.contact_id = e.contact_id and o.state in ('active', 'paused')) as is_elsewhere,
            coalesce(c.email_unsubscribed, false) or c.do_not_contact or c.bounced_at is not null as is_barred
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join contact_stages g on g.team_id = c.team_id and g.id = c.contact_stage_id
      where e.team_id = $1 and e.id = any($2::text[])
      order by e.added_at, e.id`,
    [teamId, enrollmentIds],
  );
}
