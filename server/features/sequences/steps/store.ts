import type { Db } from "../../../db/connect.ts";
import type { BranchCondition } from "../../../domain/sequences/branch-condition.ts";
import type { PlannedStep } from "../../../domain/sequences/plan-faults.ts";
import type { StepType } from "../../../domain/sequences/sequence-plan.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";

export type StepRow = {
  id: string;
  sequenceId: string;
  position: number;
  type: StepType;
  waitTime: number;
  waitMode: "minute" | "hour" | "day";
  exactAt: Temporal.Instant | null;
  note: string | null;
  priority: "high" | "medium" | "low" | null;
  maxEmailsPerDay: number | null;
  autoSkipInDays: number | null;
  isOn: boolean;
  /** The branch on whose path it is, and on which. */
  parentId: string | null;
  path: BranchPath | null;
  /** Of a branch: what decides between its paths. */
  condition: BranchCondition | null;
  /** An earlier version, which only contacts who were in it use; null for the version that new contacts join. */
  versionId: string | null;
};

const COLUMNS = `id, sequence_id, position, type, wait_time, wait_mode, exact_at, note, priority, max_emails_per_day,
  auto_skip_in_days, is_on, parent_id, path, condition, version_id`;

/** The steps that new contacts get. */
export function listSteps(db: Db, teamId: string, sequenceId: string) {
  return db.rows<StepRow>(
    `select ${COLUMNS} from sequence_steps where team_id = $1 and sequence_id = $2 and version_id is null order by position`,
    [teamId, sequenceId],
  );
}

/** Those of earlier versions behind them, which people may still be going through. */
export function listStepsOfAll(db: Db, teamId: string, sequenceIds: readonly string[]) {
  return db.rows<StepRow>(
    `select ${COLUMNS} from sequence_steps where team_id = $1 and sequence_id = any($2::text[])
      order by sequence_id, version_id nulls first, position`,
    [teamId, sequenceIds],
  );
}

export function findStep(db: Db, teamId: string, id: string) {
  return db.row<StepRow>(`select ${COLUMNS} from sequence_steps where team_id = $1 and id = $2`, [
    teamId,
    id,
  ]);
}

/** Writes any number of steps as they are to be, new ones and known ones. */
export function saveSteps(db: Db, teamId: string, steps: readonly StepRow[], now: Temporal.Instant) {
  return db.run(
    `insert into sequence_steps (team_id, id, sequence_id, position, type, wait_time, wait_mode, exact_at, note, priority,
            max_emails_per_day, auto_skip_in_days, is_on, parent_id, path, condition, created_at, updated_at)
     select $1::text, v."id", v."sequenceId", v."position", v."type", v."waitTime", v."waitMode", v."exactAt", v."note",
            v."priority", v."maxEmailsPerDay", v."autoSkipInDays", v."isOn", v."parentId", v."path",
            nullif(v."condition", 'null'), $3::timestamptz, $3::timestamptz
       from jsonb_to_recordset($2::jsonb) as v ("id" text, "sequenceId" text, "position" int, "type" text, "waitTime" int,
            "waitMode" text, "exactAt" timestamptz, "note" text, "priority" text, "maxEmailsPerDay" int,
            "autoSkipInDays" int, "isOn" boolean, "parentId" text, "path" text, "condition" jsonb)
     on conflict (team_id, id) do update set
       position = excluded.position, type = excluded.type, wait_time = excluded.wait_time, wait_mode = excluded.wait_mode,
       exact_at = excluded.exact_at, note = excluded.note, priority = excluded.priority,
       max_emails_per_day = excluded.max_emails_per_day, auto_skip_in_days = excluded.auto_skip_in_days,
       is_on = excluded.is_on, parent_id = excluded.parent_id, path = excluded.path, condition = excluded.condition, updated_at = excluded.updated_at`,
    [teamId, JSON.stringify(steps), now],
  );
}

/** A contact who is moving to one of the steps gets there before this lock and is seen, or does not get there. */
export function lockSteps(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    "select from sequence_steps where team_id = $1 and id = any($2::text[]) order by id for update",
    [teamId, ids],
  );
}

export function deleteSteps(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("delete from sequence_steps where team_id = $1 and id = any($2::text[])", [teamId, ids]);
}

/** The steps of a sequence with what has to be known of their mails to say whether they can run. */
export function planOf(db: Db, teamId: string, sequenceId: string) {
  return db.rows<PlannedStep>(
    `select p.id, p.position, p.parent_id, p.path, p.condition, p.type, p.exact_at,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'type', t.type, 'isApproved', t.status = 'approved',
                      'hasBody', btrim(coalesce(m.body_text, '')) <> '' or coalesce(m.body_html, '') ~* '<img\\s')), '[]')
               from step_touches t
               join templates m on m.team_id = t.team_id and m.id = t.template_id
              where t.team_id = p.team_id and t.step_id = p.id) as touches
       from sequence_steps p
      where p.team_id = $1 and p.sequence_id = $2 and p.version_id is null
      order by p.position`,
    [teamId, sequenceId],
  );
}
