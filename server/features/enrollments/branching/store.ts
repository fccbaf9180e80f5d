import type { Db } from "../../../db/connect.ts";
import type { TaskOutcome } from "../../../domain/sequences/branch-condition.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";

export type Decision = {
  enrollmentId: string;
  stepId: string;
  path: BranchPath;
  held: readonly boolean[];
};

/** A contact who was moved back to a branch is decided about again. */
export function saveDecisions(db: Db, teamId: string, decisions: readonly Decision[], now: Temporal.Instant) {
  return db.run(
    `insert into branch_decisions (team_id, enrollment_id, step_id, path, held, decided_at)
     select $1, n."enrollmentId", n."stepId", n."path", n."held", $3
       from jsonb_to_recordset($2::jsonb) as n ("enrollmentId" text, "stepId" text, "path" text, "held" boolean[])
     on conflict (team_id, enrollment_id, step_id) do update set
       path = excluded.path, held = excluded.held, decided_at = excluded.decided_at`,
    [teamId, JSON.stringify(decisions), now],
  );
}

/** Of these, whose email of the step, or of any step, a person opened or clicked, no later than a moment. */
export function engaged(
  db: Db,
  teamId: string,
  ids: readonly string[],
  { type, stepId, until }: { type: "open" | "click"; stepId: string | null; until: Temporal.Instant },
) {
  return db.rows<{ id: string }>(
    `select distinct m.enrollment_id as id from messages m
      where m.team_id = $1 and m.enrollment_id = any($2::text[]) and m.step_id is not null and m.copy_of is null
        and ($3::text is null or m.step_id = $3)
        and exists (select from message_events v
                     where v.team_id = m.team_id and v.message_id = m.id and v.type = $4 and not v.is_machine and v.at <= $5)`,
    [teamId, ids, stepId, type, until],
  );
}

/** Of these, who answered an email of the sequence; of some classes, where any are named. */
export function answered(db: Db, teamId: string, ids: readonly string[], classes: readonly string[] | null) {
  return db.rows<{ id: string }>(
    `select id from enrollments
      where team_id = $1 and id = any($2::text[]) and replied_at is not null
        and ($3::text[] is null or reply_class = any($3))`,
    [teamId, ids, classes],
  );
}

/**
 * Of these, whose task of the step came out as one of the outcomes. Whether a call was answered is what was logged of it.
 * With `supposesDone` also those whose task is not done yet, where it is asked whether it was completed.
 */
export function withOutcome(
  db: Db,
  teamId: string,
  ids: readonly string[],
  {
    stepId,
    outcomes,
    supposesDone,
  }: { stepId: string; outcomes: readonly TaskOutcome[]; supposesDone: boolean },
) {
  return db.rows<{ id: string }>(
    `select o.id from unnest($2::text[]) as o (id)
       left join lateral (
         select t.status, t.answered from tasks t
          where t.team_id = $1 and t.enrollment_id = o.id and t.step_id = $3 and t.created_from = 'sequence'
            and t.status in ('completed', 'skipped') and t.withdrawn_because is null
          order by coalesce(t.completed_at, t.skipped_at) desc nulls last limit 1) d on true
      where coalesce(d.status = any($4::text[]), $5 and 'completed' = any($4))
         or d.status = 'completed' and case d.answered when true then 'answered' when false then 'not_answered' end = any($4)`,
    [teamId, ids, stepId, outcomes, supposesDone],
  );
}

/** Who waits at a branch is looked at when something it may ask about has happened. */
export function wakeAtBranches(db: Db, teamId: string, contactIds: readonly string[], at: Temporal.Instant) {
  return db.run(
    `update enrollments e set plan_at = $3
       from sequence_steps p
      where e.team_id = $1 and e.contact_id = any($2::text[]) and e.state = 'active' and e.plan_at > $3
        and e.due_at <= $3 and p.team_id = e.team_id and p.id = e.current_step_id and p.type = 'branch'`,
    [teamId, contactIds, at],
  );
}
