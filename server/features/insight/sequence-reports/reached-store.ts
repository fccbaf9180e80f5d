// The contacts whom a sequence, or a step of it, has reached: those that the report counts, each once, with the time of the first
// email, task or decision.

import type { Db } from "../../../db/connect.ts";
import { type InstantRange, SENT } from "./store.ts";

export type ReachedContact = {
  contactId: string;
  name: string | null;
  email: string | null;
  at: Temporal.Instant;
};

const WITHIN = (at: string) =>
  `($3::timestamptz is null or ${at} >= $3) and ($4::timestamptz is null or ${at} < $4)`;

// As the report counts them: the sequence by its emails, a step by its emails, its tasks and the contacts whose path it chose.
const REACHED = `
  select x.contact_id, min(x.at) as at from (
    select m.contact_id, m.went_at as at from (${SENT}) m where $5::text is null or m.step_id = $5
    union all
    select t.contact_id, t.created_at from tasks t
     where t.team_id = $1 and t.sequence_id = $2 and t.step_id = $5 and ${WITHIN("t.created_at")}
    union all
    select n.contact_id, d.decided_at from branch_decisions d
      join enrollments n on n.team_id = d.team_id and n.id = d.enrollment_id
     where d.team_id = $1 and d.step_id = $5 and n.sequence_id = $2 and ${WITHIN("d.decided_at")}) x
   where x.contact_id is not null
   group by x.contact_id`;

type ReachedSearch = InstantRange & { stepId: string | null; limit: number; offset: number };

/** The latest first. */
export async function listReached(db: Db, teamId: string, sequenceId: string, search: ReachedSearch) {
  const { from, until, stepId, limit, offset } = search;
  const rows = await db.rows<ReachedContact & { total: number }>(
    `with reached as (${REACHED})
     select r.contact_id, r.at, t.total, c.name, c.email
       from (select count(*) as total from reached) t
       left join lateral (select * from reached order by at desc, contact_id limit $6 offset $7) r on true
       left join contacts c on c.team_id = $1 and c.id = r.contact_id
      order by r.at desc, r.contact_id`,
    [teamId, sequenceId, from, until, stepId, limit, offset],
  );
  return { rows: rows.filter(({ contactId }) => contactId !== null), total: rows[0]?.total ?? 0 };
}
