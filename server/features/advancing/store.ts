import type { Db } from "../../db/connect.ts";

export type Onward = {
  id: string;
  stepId: string;
  dueAt: Temporal.Instant | null;
  waitsFrom: Temporal.Instant;
};

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
