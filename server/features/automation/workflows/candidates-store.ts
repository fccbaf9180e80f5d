// Candidates: whom a run looked at, and how far each of them is.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type CandidateResult = "waiting" | "done" | "skipped" | "failed";

export type WorkflowCandidateRow = {
  id: string;
  workflowId: string;
  runId: string;
  version: number;
  triggerKey: string;
  entityId: string;
  contactId: string | null;
  ownerId: string | null;
  verdict: CandidateResult;
  code: string | null;
  filters: readonly (readonly [filter: string, holds: boolean])[];
  eventId: string | null;
  payloadId: string | null;
  payloadHash: string | null;
  chain: string[];
  nextStep: string | null;
  dueAt: Temporal.Instant | null;
  heldUp: string | null;
  tries: number;
  runsAnyway: boolean;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

export const COLUMNS = `id, workflow_id, run_id, version, trigger_key, entity_id, contact_id, owner_id, verdict, code, filters, event_id,
  payload_id, payload_hash, chain, next_step, due_at, held_up, tries, runs_anyway, created_at, finished_at`;
const OF_C = COLUMNS.replace(/(?<!\w)(\w+)(?=,|$)/g, "c.$1");

/** Whatever moves candidates counts it with their runs; those who stay where they are change no count. Answers how many there were. */
const COUNTED = `, by_place as (
       select run_id, place, sum(more) as more
         from changed cross join lateral (values (was, -1), (is_now, 1)) as told (place, more)
        where place is not null group by run_id, place having sum(more) <> 0
     ), counted as (
       update workflow_runs r set counts = added(r.counts, by_run.more)
         from (select run_id, jsonb_object_agg(place, more) as more from by_place group by run_id) by_run
        where r.team_id = $1 and r.id = by_run.run_id
     ) select count(*) as count from changed`;

/** What all have in common who are written at once. */
export type Alike = Pick<
  WorkflowCandidateRow,
  "workflowId" | "runId" | "version" | "runsAnyway" | "createdAt"
> & {
  /** Of those who wait: since when or until when, and for what. */
  dueAt: Temporal.Instant;
  heldUp: string | null;
  /** Of all others. */
  finishedAt: Temporal.Instant;
  /** Whether their run counts them as waiting by now. */
  areCounted: boolean;
};

/** Those that are there already stay as they are: once for each trigger and record. */
export function insertCandidates(
  db: Db,
  teamId: string,
  alike: Alike,
  rows: readonly WorkflowCandidateRow[],
) {
  const { workflowId, runId, version, runsAnyway, createdAt, dueAt, heldUp, finishedAt, areCounted } = alike;
  return db.run(
    `with changed as (
     insert into workflow_candidates (team_id, workflow_id, run_id, version, runs_anyway, created_at, due_at, held_up, finished_at,
            id, trigger_key, entity_id, contact_id, owner_id, verdict, code, filters, event_id, payload_id, payload_hash, chain, next_step)
     select $1::text, $2::text, $3::text, $4::int, $5::boolean, $6::timestamptz,
            case when verdict = 'waiting' then $7::timestamptz end,
            case when verdict = 'waiting' then $8::text end,
            case when verdict <> 'waiting' then $9::timestamptz end,
            id, trigger_key, entity_id, contact_id, owner_id, verdict, code, filters, event_id, payload_id, payload_hash, chain::text[],
            next_step
       from unnest($11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::jsonb[],
                   $19::text[], $20::text[], $21::text[], $22::text[], $23::text[])
            as t (id, trigger_key, entity_id, contact_id, owner_id, verdict, code, filters, event_id, payload_id, payload_hash, chain,
                  next_step)
     on conflict (team_id, workflow_id, trigger_key, entity_id) do nothing
     returning run_id, $10::text as was, concat_ws(' ', verdict, code) as is_now)
     ${COUNTED}`,
    [
      ...[teamId, workflowId, runId, version, runsAnyway, createdAt, dueAt, heldUp, finishedAt],
      areCounted ? "waiting" : null,
      rows.map(({ id }) => id),
      rows.map(({ triggerKey }) => triggerKey),
      rows.map(({ entityId }) => entityId),
      rows.map(({ contactId }) => contactId),
      rows.map(({ ownerId }) => ownerId),
      rows.map(({ verdict }) => verdict),
      rows.map(({ code }) => code),
      rows.map(({ filters }) => (filters.length === 0 ? "[]" : JSON.stringify(filters))),
      rows.map(({ eventId }) => eventId),
      rows.map(({ payloadId }) => payloadId),
      rows.map(({ payloadHash }) => payloadHash),
      rows.map(({ chain }) => `{${chain.join()}}`), // ids, so nothing is quoted
      rows.map(({ nextStep }) => nextStep),
    ],
  );
}

const NOT_ASIDE = `${notAside("run-workflows", "c.workflow_id")} and ${notAside("run-workflows", "c.id")}`;

export type CandidateGroup = {
  workflowId: string;
  version: number;
  nextStep: string;
  chain: string[];
  aloneId: string | null;
};

/** What is most overdue, with all that goes the same way: the same step of the same version. */
export function nextGroup(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<CandidateGroup>(
    `select c.workflow_id, c.version, c.next_step, c.chain, case when c.tries > 0 then c.id end as alone_id
       from workflow_candidates c
       join workflows w on w.team_id = c.team_id and w.id = c.workflow_id and (w.is_active or c.runs_anyway)
                      and w.archived_at is null
      where c.team_id = $1 and c.verdict = 'waiting' and c.due_at <= $2 and ${NOT_ASIDE}
      order by c.due_at, c.id limit 1 for update of c skip locked`,
    [teamId, now],
  );
}

/**
 * Passes over candidates that another process has locked. A candidate that failed once is tried alone. They are found
 * by their due date. The planner is kept from the index by workflow, or each page would read every candidate the
 * workflow ever had.
 */
export function lockGroup(
  db: Db,
  teamId: string,
  group: CandidateGroup,
  limit: number,
  now: Temporal.Instant,
) {
  return db.rows<WorkflowCandidateRow>(
    `select ${OF_C} from workflow_candidates c
       join workflows w on w.team_id = c.team_id and w.id = c.workflow_id and (w.is_active or c.runs_anyway)
                      and w.archived_at is null
      where c.team_id = $1 and c.verdict = 'waiting' and c.due_at <= $2 and c.workflow_id || '' = $3 and c.version = $4
        and c.next_step = $5 and c.chain = $6::text[]
        and case when $7::text is null then c.tries = 0 else c.id = $7 end and ${NOT_ASIDE}
      order by c.due_at, c.id limit $8
        for update of c skip locked`,
    [teamId, now, group.workflowId, group.version, group.nextStep, group.chain, group.aloneId, limit],
  );
}

/** Nobody else takes them until then. */
export function putCandidatesOff(db: Db, teamId: string, ids: readonly string[], until: Temporal.Instant) {
  return db.run("update workflow_candidates set due_at = $3 where team_id = $1 and id = any($2)", [
    teamId,
    ids,
    until,
  ]);
}

/** Held once more, as far as they are where they were. */
export function lockStill(
  db: Db,
  teamId: string,
  ids: readonly string[],
  step: string,
  dueAt: Temporal.Instant,
) {
  return db.rows<WorkflowCandidateRow>(
    `select ${COLUMNS} from workflow_candidates
      where team_id = $1 and id = any($2) and verdict = 'waiting' and next_step = $3 and due_at = $4
      order by id for update`,
    [teamId, ids, step, dueAt],
  );
}

export type Progress = {
  id: string;
  verdict: CandidateResult;
  code: string | null;
  nextStep: string | null;
  dueAt: Temporal.Instant | null;
  heldUp: string | null;
  tries: number;
  contactId: string | null;
};

/** Those who are moved wait; each goes where it is said to. They are found by their ids, whatever the planner takes for few. */
export function moveCandidatesOn(db: Db, teamId: string, moves: readonly Progress[], now: Temporal.Instant) {
  return db.run(
    `with changed as (
     update workflow_candidates c
        set verdict = t.verdict, code = t.code, next_step = t.next_step, due_at = t.due_at, held_up = t.held_up, tries = t.tries,
            contact_id = coalesce(t.contact_id, c.contact_id),
            finished_at = case when t.verdict = 'waiting' then null else $3::timestamptz end
       from unnest($2::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::int[], $10::text[])
            as t (id, verdict, code, next_step, due_at, held_up, tries, contact_id)
      where c.team_id = $1 and c.id = any($2::text[]) and c.id = t.id
     returning c.run_id, 'waiting' as was, concat_ws(' ', c.verdict, c.code) as is_now)
     ${COUNTED}`,
    [
      teamId,
      moves.map(({ id }) => id),
      now,
      moves.map(({ verdict }) => verdict),
      moves.map(({ code }) => code),
      moves.map(({ nextStep }) => nextStep),
      moves.map(({ dueAt }) => dueAt),
      moves.map(({ heldUp }) => heldUp),
      moves.map(({ tries }) => tries),
      moves.map(({ contactId }) => contactId),
    ],
  );
}

export type Result = {
  candidateId: string;
  step: string;
  type: string;
  outcome: "done" | "skipped" | "failed";
  code: string | null;
  data: Record<string, unknown>;
};
/** Once for each step: a second time is a fault of ours, and must not pass for a success. */
export function insertResults(db: Db, teamId: string, results: readonly Result[], now: Temporal.Instant) {
  return db.run(
    `insert into workflow_results (team_id, candidate_id, step, type, outcome, code, data, at)
     select $1, candidate_id, step, type, outcome, code, data, $2
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])
            as t (candidate_id, step, type, outcome, code, data)`,
    [
      teamId,
      now,
      results.map(({ candidateId }) => candidateId),
      results.map(({ step }) => step),
      results.map(({ type }) => type),
      results.map(({ outcome }) => outcome),
      results.map(({ code }) => code),
      results.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

/** Who is not through is left out from now on. Answers how many. */
export async function leaveOutWhere(db: Db, which: string, params: readonly unknown[]) {
  const left = await db.row<{ count: number }>(
    `with changed as (
     update workflow_candidates set verdict = 'skipped', code = $3, next_step = null, due_at = null, held_up = null, finished_at = $4
      where team_id = $1 and ${which} and verdict = 'waiting'
     returning run_id, 'waiting' as was, 'skipped ' || $3 as is_now)
     ${COUNTED}`,
    params,
  );
  return left?.count ?? 0;
}

export function leaveOut(db: Db, teamId: string, runId: string, code: string, now: Temporal.Instant) {
  return leaveOutWhere(db, "run_id = $2", [teamId, runId, code, now]);
}

/** Everybody who is on the way in a workflow, in whichever run. */
export function leaveAllOut(
  db: Db,
  teamId: string,
  { workflowId, code }: { workflowId: string; code: string },
  now: Temporal.Instant,
) {
  return leaveOutWhere(db, "workflow_id = $2", [teamId, workflowId, code, now]);
}
