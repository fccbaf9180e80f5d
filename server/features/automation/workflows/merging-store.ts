// Candidates of records that are merged. Which of them go on is decided elsewhere.

import type { Db } from "../../../db/connect.ts";
import type { MergedCandidate } from "../../../domain/automation/candidate-merging.ts";
import { leaveOutWhere } from "./candidates-store.ts";
import { type FoundPage, COLUMNS as PAGE } from "./found-store.ts";

export type Merged = { entity: "contact" | "account"; winnerId: string; loserIds: readonly string[] };

/** Taking candidates locks their workflow, so all candidates taken before are visible after this. */
export function holdWorkflows(db: Db, teamId: string) {
  return db.run("select from workflows where team_id = $1 order by id for share", [teamId]);
}

/** Pages that name one of them. */
export function takePagesOf(db: Db, teamId: string, { loserIds }: Merged) {
  return db.rows<FoundPage>(
    `delete from workflow_found where team_id = $1 and (entities && $2::text[] or contacts && $2::text[]) returning ${PAGE}`,
    [teamId, loserIds],
  );
}

const OF_ENTITY = "workflow_id in (select id from workflows where team_id = $1 and entity = $2)";

/** With the trigger of each as it was before anything moves. */
export function candidatesOfAll(db: Db, teamId: string, { entity, winnerId, loserIds }: Merged) {
  return db.rows<MergedCandidate>(
    `select c.id, c.workflow_id, c.trigger_key, c.entity_id = $3 as is_winners, c.verdict, c.created_at, v.definition
       from workflow_candidates c
       join workflows w on w.team_id = c.team_id and w.id = c.workflow_id
       join workflow_versions v on v.team_id = w.team_id and v.workflow_id = w.id and v.version = w.version
      where c.team_id = $1 and c.${OF_ENTITY} and c.entity_id = any($4::text[])
        for no key update of c`,
    [teamId, entity, winnerId, [winnerId, ...loserIds]],
  );
}

/** Of several lines with one trigger the winner's keeps its place, else the first loser's; the others are kept beside it. */
export async function giveCandidates(db: Db, teamId: string, { entity, winnerId, loserIds }: Merged) {
  await db.run(
    `with line as (
       select c.id, c.entity_id,
              row_number() over (partition by c.workflow_id, c.trigger_key order by m.turn) > 1 as is_beside
         from unnest($4::text[]) with ordinality as m (id, turn)
         join workflow_candidates c on c.team_id = $1 and c.${OF_ENTITY} and c.entity_id = m.id
     )
     update workflow_candidates c
        set entity_id = $3::text, contact_id = case when $2 = 'contact' then $3::text else c.contact_id end,
            trigger_key = case when line.is_beside then c.trigger_key || ':' || c.entity_id else c.trigger_key end
       from line
      where c.team_id = $1 and c.id = line.id and line.entity_id <> $3`,
    [teamId, entity, winnerId, [winnerId, ...loserIds]],
  );
  // Of people in the people database, who have become contacts.
  if (entity === "contact")
    await db.run(
      `update workflow_candidates set contact_id = $2
        where team_id = $1 and verdict = 'waiting' and contact_id = any($3::text[])`,
      [teamId, winnerId, loserIds],
    );
}

export function leaveOutMerged(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return leaveOutWhere(db, "id = any($2::text[])", [teamId, ids, "merged", now]);
}

export async function runsOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ runId: string }>(
    "select distinct run_id from workflow_candidates where team_id = $1 and id = any($2::text[])",
    [teamId, ids],
  );
  return rows.map(({ runId }) => runId);
}
