// Pauses that are over.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { lockEnrollments } from "./locking-store.ts";
import { dueSequences } from "./turns-store.ts";

/** The teams in which a contact's pause is over. Only this query reads across teams. */
export async function teamsWithResumesDue(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_resumes_due($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

const DUE = dueSequences({ state: "paused", at: "resume_at" }, 500);

/**
 * The next contacts whose pause is over. A caller that changes one of their sequences waits until we are done; a
 * sequence that is being changed is passed over. Each sequence gets the same share. Rows that another engine holds are
 * passed over.
 */
export async function lockDueResumes(db: Db, teamId: string, limit: number, now: Temporal.Instant) {
  const sequences = await db.rows<{ id: string }>(
    `with recursive ${DUE}
     select id from sequences where team_id = $1 and id in (select sequence_id from due)
      order by id for share skip locked`,
    [teamId, now],
  );
  if (sequences.length === 0) return [];
  // Only ids at first: what decides is read of those who are taken, not of everybody who is due.
  const rows = await db.rows<{ id: string }>(
    `select turn.id from unnest($3::text[]) as due (sequence_id)
      cross join lateral (
        select e.id, e.resume_at from enrollments e
         where e.team_id = $1 and e.sequence_id = due.sequence_id and e.state = 'paused'
           and e.resume_at is not null and e.resume_at <= $2 and ${notAside("resume-paused", "e.id")}
         order by e.resume_at limit $4 for no key update skip locked) turn
      order by turn.resume_at`,
    [...[teamId, now, sequences.map(({ id }) => id)], Math.max(1, Math.floor(limit / sequences.length))],
  );
  return lockEnrollments(
    db,
    teamId,
    rows.map(({ id }) => id),
  );
}
