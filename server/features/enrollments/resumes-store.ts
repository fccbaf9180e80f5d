// Pauses that are over.

import type { Db } from "../../db/connect.ts";
import { notAside } from "../set-aside/store.ts";
import { lockEnrollments } from "./locking-store.ts";

/** In which teams somebody's pause is over. Answered across teams, which nothing but this sees. */
export async function teamsWithResumesDue(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_resumes_due($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

// Of sequences with very many whose pause is over, the ones that are due longest are looked at first.
const LOOKED_AT = 5000;

/**
 * The next whose pause is over, in sequences that nobody is changing; whoever changes one waits until we are done.
 * Rows that another engine holds are passed over.
 */
export async function lockDueResumes(db: Db, teamId: string, limit: number, now: Temporal.Instant) {
  const sequences = await db.rows<{ id: string }>(
    `select id from sequences
      where team_id = $1 and id in (
              select sequence_id from (
                select sequence_id from enrollments
                 where team_id = $1 and state = 'paused' and resume_at is not null and resume_at <= $2
                 order by resume_at limit ${LOOKED_AT}) due)
      order by id for share skip locked`,
    [teamId, now],
  );
  // Only ids at first: what decides is read of those who are taken, not of everybody who is due.
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments
      where team_id = $1 and state = 'paused' and resume_at is not null and resume_at <= $2
        and sequence_id = any($3::text[]) and ${notAside("resume-paused", "enrollments.id")}
      order by resume_at limit $4 for no key update skip locked`,
    [teamId, now, sequences.map(({ id }) => id), limit],
  );
  return lockEnrollments(
    db,
    teamId,
    rows.map(({ id }) => id),
  );
}
