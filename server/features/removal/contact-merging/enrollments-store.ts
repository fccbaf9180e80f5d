// Enrollments of contacts that are merged: which of them stays is decided elsewhere, and written here.

import type { Db } from "../../../db/connect.ts";
import type { MergedEnrollment, MergedPair } from "../../../domain/enrollments/enrollment-merging.ts";

// What has left, or may have; and what people have done.
const DONE = `
  select m.step_id from messages m
   where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id is not null and m.copy_of is null
     and m.delivery in ('sent', 'dot', 'unconfirmed', 'skipped')
  union
  select t.step_id from tasks t
   where t.team_id = e.team_id and t.enrollment_id = e.id and t.step_id is not null and t.created_from = 'sequence'
     and t.status in ('completed', 'skipped') and t.withdrawn_because is null`;

type MergedRow = MergedEnrollment & {
  contactId: string;
  sequenceId: string;
  stepPosition: number | null;
};

/** Locked. How far each has come is read after that. */
export async function lockForMerging(
  db: Db,
  teamId: string,
  { winnerId, loserIds }: { winnerId: string; loserIds: readonly string[] },
) {
  const ids = [winnerId, ...loserIds];
  const locked = await db.rows<{ id: string }>(
    `select id from enrollments where team_id = $1 and contact_id = any($2::text[]) and state <> 'removed'
      order by id for no key update`,
    [teamId, ids],
  );
  return db.rows<MergedRow>(
    `select e.id, e.sequence_id, e.contact_id, e.contact_id = $3 as is_winners, e.state, e.added_at, p.position as step_position,
            (select count(*)::int from (${DONE}) d) as num_done
       from enrollments e
       left join sequence_steps p on p.team_id = e.team_id and p.id = e.current_step_id
      where e.team_id = $1 and e.id = any($2::text[])
      order by e.id`,
    [teamId, locked.map(({ id }) => id), winnerId],
  );
}

export function giveToWinner(db: Db, teamId: string, winnerId: string, ids: readonly string[]) {
  return db.run(
    `update enrollments e set contact_id = $2, revision = revision + 1,
            company_key = (select company_key from contacts where team_id = $1 and id = $2)
      where team_id = $1 and id = any($3::text[]) and contact_id <> $2`,
    [teamId, winnerId, ids],
  );
}

const PAIRS = "unnest($2::text[], $3::text[]) as n (gone_id, kept_id)";

function of(pairs: readonly MergedPair[]) {
  return [pairs.map(({ goneId }) => goneId), pairs.map(({ keptId }) => keptId)];
}

/** No engine sends them any more, not even one that has claimed them. */
export function cancelMails(db: Db, teamId: string, pairs: readonly MergedPair[]) {
  return db.run(
    `update messages set delivery = 'cancelled', is_queued = false, next_check_at = null, hold_code = null, updated_at = cadenza_now()
      where team_id = $1 and enrollment_id = any($2::text[]) and delivery in ('planned', 'claimed', 'draft')`,
    [teamId, pairs.map(({ goneId }) => goneId)],
  );
}

/** What was sent to one of them is not sent to the one person again, and what was done for one of them is done. */
export function takeOver(db: Db, teamId: string, pairs: readonly MergedPair[], now: Temporal.Instant) {
  const sent = db.run(
    `insert into messages as m (team_id, id, user_id, contact_id, account_id, mailbox_id, sequence_id, step_id, enrollment_id,
            type, delivery, created_at, updated_at)
     select distinct on (k.id, g.step_id) $1, new_ident(), g.user_id, k.contact_id, c.account_id, k.mailbox_id, k.sequence_id,
            g.step_id, k.id, g.type, 'skipped', $4::timestamptz, $4::timestamptz
       from ${PAIRS}
       join messages g on g.team_id = $1 and g.enrollment_id = n.gone_id and g.step_id is not null and g.copy_of is null
                      and g.delivery in ('sent', 'dot', 'unconfirmed')
       join enrollments k on k.team_id = $1 and k.id = n.kept_id and k.state in ('active', 'paused', 'failed')
       join contacts c on c.team_id = k.team_id and c.id = k.contact_id
      order by k.id, g.step_id, g.id
     on conflict (team_id, enrollment_id, step_id) where enrollment_id is not null and step_id is not null and copy_of is null
     do update set delivery = 'skipped', is_queued = false, next_check_at = null, hold_code = null, updated_at = $4
      where m.delivery in ('draft', 'planned', 'claimed', 'failed', 'cancelled')`,
    [teamId, ...of(pairs), now],
  );
  const done = db.run(
    `update tasks t set enrollment_id = n.kept_id from ${PAIRS}
      where t.team_id = $1 and t.enrollment_id = n.gone_id and t.created_from = 'sequence'
        and t.status in ('completed', 'skipped') and t.withdrawn_because is null`,
    [teamId, ...of(pairs)],
  );
  // Who has answered as one of them has answered: it holds back colleagues.
  const answered = db.run(
    `update enrollments k set replied_at = g.replied_at, reply_class = g.reply_class
       from ${PAIRS} join enrollments g on g.team_id = $1 and g.id = n.gone_id
      where k.team_id = $1 and k.id = n.kept_id and g.replied_at > coalesce(k.replied_at, '-infinity')`,
    [teamId, ...of(pairs)],
  );
  const looked = db.run(
    `update enrollments set plan_at = $3 where team_id = $1 and id = any($2::text[]) and state = 'active'`,
    [teamId, pairs.map(({ keptId }) => keptId), now],
  );
  return Promise.all([sent, done, answered, looked]);
}
