// Everybody in a sequence at once, as those who stand alike.

import type { Db } from "../../../db/connect.ts";
import { FAR } from "../../gate/facts/sending-store.ts";

export type CrowdRow = {
  /** Null: the step is gone. */
  stepId: string | null;
  state: "active" | "paused" | "failed";
  mailboxId: string | null;
  inactiveReason: string | null;
  failureReason: string | null;
  isDue: boolean;
  firstDueAt: Temporal.Instant | null;
  resumesAt: Temporal.Instant | null;
  count: number;
  /** The first of them. */
  firstContacts: string[];
  /** Of the step and state, before they were told apart. */
  looked: number;
};

/** Of each crowd, so many contacts are named. */
export const NAMED = 5;

/** At each step and in each state so many are looked at; of a fuller one, what is counted is the least. */
export const LOOKED_AT = 5_000;

/** Who waits at which step, those who stand alike counted together. */
export async function crowdsIn(db: Db, teamId: string, sequenceId: string, now: Temporal.Instant) {
  const [, rows] = await Promise.all([
    db.run(BY_INDEX, ["off"]),
    db.rows<CrowdRow>(CROWDS, [teamId, sequenceId, now]),
    db.run(BY_INDEX, ["on"]),
  ]);
  return rows;
}

// For this statement only: of a table in which most rows are one sequence's, the planner would rather read the whole, or the whole
// of an index, than stop where it may.
const BY_INDEX = "select set_config('enable_seqscan', $1, true), set_config('enable_bitmapscan', $1, true)";

// Those at whose step something stands, and those whose step is gone, who are few if any.
const WAITING = `
  select p.id as step_id, s.state, w.*
    from sequence_steps p
   cross join (values ('active'), ('paused'), ('failed')) as s (state)
   cross join lateral (
           select e.mailbox_id, e.inactive_reason, e.failure_reason, e.due_at, e.resume_at, e.contact_id from enrollments e
            where e.team_id = $1 and e.current_step_id = p.id and e.state = s.state
            limit ${LOOKED_AT}) w
   where p.team_id = $1 and p.sequence_id = $2
  union all
  (select null, e.state, e.mailbox_id, e.inactive_reason, e.failure_reason, e.due_at, e.resume_at, e.contact_id from enrollments e
    where e.team_id = $1 and e.sequence_id = $2 and e.current_step_id is null and e.state in ('active', 'paused', 'failed')
    limit ${LOOKED_AT})`;

const CROWDS = `select step_id, state, mailbox_id, inactive_reason, failure_reason,
            coalesce(due_at <= $3, false) as is_due, min(due_at) as first_due_at, min(resume_at) as resumes_at,
            count(*) as count, (array_agg(contact_id order by contact_id))[1:${NAMED}] as first_contacts,
            sum(count(*)) over (partition by step_id, state)::int as looked
       from (${WAITING}) w
      group by step_id, state, mailbox_id, inactive_reason, failure_reason, coalesce(due_at <= $3, false)
      order by step_id, state`;

/** The earliest of all that wait at these steps in these mailboxes. */
export function firstDue(
  db: Db,
  teamId: string,
  { mailboxIds, stepIds }: { mailboxIds: readonly string[]; stepIds: readonly string[] },
) {
  return db.row<{ dueAt: Temporal.Instant; stepId: string; mailboxId: string }>(
    `select f.due_at, f.current_step_id as step_id, m.id as mailbox_id
       from unnest($2::text[]) as m (id)
      cross join lateral (
              select d.due_at, d.current_step_id
                from (select due_at, current_step_id from enrollments
                       where team_id = $1 and mailbox_id = m.id and state = 'active' and due_at is not null
                       order by due_at limit ${FAR}) d
               where d.current_step_id = any($3::text[])
               order by d.due_at limit 1) f
      order by f.due_at limit 1`,
    [teamId, mailboxIds, stepIds],
  );
}

/** What the contacts are called, in the order of their ids. */
export function calledOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; name: string | null }>(
    "select id, coalesce(name, email) as name from contacts where team_id = $1 and id = any($2::text[]) order by id",
    [teamId, ids],
  );
}
