import type { Db } from "../../../db/connect.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";

export type Onward = {
  id: string;
  stepId: string;
  dueAt: Temporal.Instant | null;
  waitsFrom: Temporal.Instant | null;
};

/** What was done for an enrollment, and what is being done, by the steps that still exist. */
export type Past = {
  id: string;
  doneIds: string[];
  /** The paths they took, by the step of the branch. */
  paths: Record<string, BranchPath>;
  underwayId: string | null;
  waitsFrom: Temporal.Instant | null;
  addedAt: Temporal.Instant;
};

export function pastsOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<Past>(
    `select e.id, e.waits_from, e.added_at,
            array(select m.step_id::text from messages m
                   where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id is not null and m.copy_of is null
                     and m.delivery in ('sent', 'skipped')
                  union
                  select t.step_id from tasks t
                   where t.team_id = e.team_id and t.enrollment_id = e.id and t.step_id is not null and t.created_from = 'sequence'
                     and t.status in ('completed', 'skipped') and t.withdrawn_because is null) as done_ids,
            (select coalesce(jsonb_object_agg(d.step_id, d.path), '{}') from branch_decisions d
              where d.team_id = e.team_id and d.enrollment_id = e.id) as paths,
            (select m.step_id from messages m
              where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id is not null and m.copy_of is null
                and m.delivery in ('claimed', 'dot', 'unconfirmed')
              order by m.id desc limit 1) as underway_id
       from enrollments e
      where e.team_id = $1 and e.id = any($2::text[])`,
    [teamId, enrollmentIds],
  );
}

/** So many of the steps are there, and are not deleted before this act has ended. */
export function holdSteps(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    "select from sequence_steps where team_id = $1 and id = any($2::text[]) order by id for key share",
    [teamId, ids],
  );
}

/** The rows are locked. */
export function moveOnward(db: Db, teamId: string, onward: readonly Onward[], now: Temporal.Instant) {
  return db.run(
    `update enrollments e set current_step_id = n."stepId", due_at = n."dueAt", waits_from = n."waitsFrom",
            updated_at = $3, revision = e.revision + 1
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "stepId" text, "dueAt" timestamptz, "waitsFrom" timestamptz)
      where e.team_id = $1 and e.id = n."id"`,
    [teamId, JSON.stringify(onward), now],
  );
}
