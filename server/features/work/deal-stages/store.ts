// The stages deals pass through. Apart from the deals themselves, because a stage is kept by admins and a deal by sellers.

import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";
import { newId } from "../../../kernel/ids.ts";

export type StageRow = {
  teamId: string;
  id: string;
  name: string;
  position: number;
  probability: number;
  forecast: string;
  isWon: boolean;
  isClosed: boolean;
  description: string | null;
  isMeetingSet: boolean;
};

export type NewStage = Omit<StageRow, "teamId">;

export function listStages(db: Db, teamId: string) {
  return db.rows<StageRow>(
    `select team_id, id, name, position, probability, forecast, is_won, is_closed, description, is_meeting_set
       from deal_stages where team_id = $1 order by position, id`,
    [teamId],
  );
}

/** Holds all of them: their order, and that one is left for open deals, are decided on together. */
export async function lockStages(db: Db, teamId: string) {
  await db.rows("select pg_advisory_xact_lock(hashtextextended('deal_stages' || $1, 0))", [teamId]);
  return listStages(db, teamId);
}

/** Locks the stages, so that they stay open or closed until deals are moved into them; those that were deleted are missing. */
export async function holdStages(db: Db, teamId: string, ids: readonly string[]) {
  const held = await db.rows<Pick<StageRow, "id" | "isClosed">>(
    "select id, is_closed from deal_stages where team_id = $1 and id = any($2::text[]) order by id for share",
    [teamId, ids],
  );
  return new Map(held.map(({ id, isClosed }) => [id, isClosed]));
}

/** Waits for deals that are coming into it, so that they are counted. */
export function lockStage(db: Db, teamId: string, id: string) {
  return db.run("select 1 from deal_stages where team_id = $1 and id = $2 for update", [teamId, id]);
}

/** False where a stage of this name is there already. */
export async function insertStage(db: Db, teamId: string, stage: NewStage) {
  const inserted = await db.run(
    `insert into deal_stages (team_id, id, name, position, probability, forecast, is_won, is_closed, description,
                              is_meeting_set)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (team_id, lower(name)) do nothing`,
    [teamId, stage.id, stage.name, stage.position, ...worth(stage)],
  );
  return inserted === 1;
}

/** False where another stage bears the name. */
export function updateStage(db: Db, teamId: string, stage: NewStage) {
  return unlessDuplicate(
    db.run(
      `update deal_stages set name = $3, probability = $4, forecast = $5, is_won = $6, is_closed = $7,
                              description = $8, is_meeting_set = $9
        where team_id = $1 and id = $2`,
      [teamId, stage.id, stage.name, ...worth(stage)],
    ),
  );
}

function worth(stage: NewStage) {
  return [
    stage.probability,
    stage.forecast,
    stage.isWon,
    stage.isClosed,
    stage.description,
    stage.isMeetingSet,
  ];
}

/** Puts the stages into the order of the ids. */
export function orderStages(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    `update deal_stages s set position = o.position - 1
       from unnest($2::text[]) with ordinality as o (id, position)
      where s.team_id = $1 and s.id = o.id and s.position <> o.position - 1`,
    [teamId, ids],
  );
}

export function deleteStage(db: Db, teamId: string, id: string) {
  return db.run("delete from deal_stages where team_id = $1 and id = $2", [teamId, id]);
}

export type TouchedDeal = { id: string; name: string };

/** All deals of one stage go to another, and are answered. `closedOn` is the day they count as closed from; undefined leaves it. */
export function moveDealsToStage(
  db: Db,
  teamId: string,
  { from, to, closedOn }: { from: string; to: string; closedOn: Temporal.PlainDate | null | undefined },
  now: Temporal.Instant,
) {
  return db.rows<TouchedDeal>(
    `update deals set stage_id = $3, stage_updated_at = $4, updated_at = $4,
                      actually_closed_on = case when $5 then actually_closed_on else $6::date end
      where team_id = $1 and stage_id = $2
      returning id, name`,
    [teamId, from, to, now, closedOn === undefined, closedOn ?? null],
  );
}

/** Their stage was opened, or closed, and so were they; undefined keeps the day they were closed on. */
export function closeDealsWithStage(
  db: Db,
  teamId: string,
  stageId: string,
  closedOn: Temporal.PlainDate | null | undefined,
  now: Temporal.Instant,
) {
  return db.rows<TouchedDeal>(
    `update deals set actually_closed_on = case when $5 then actually_closed_on else $3::date end, updated_at = $4
      where team_id = $1 and stage_id = $2
      returning id, name`,
    [teamId, stageId, closedOn ?? null, now, closedOn === undefined],
  );
}

export async function countDealsInStage(db: Db, teamId: string, stageId: string) {
  const row = await db.row<{ count: number }>(
    "select count(*) as count from deals where team_id = $1 and stage_id = $2",
    [teamId, stageId],
  );
  return row?.count ?? 0;
}

/** What a new team begins with. */
export async function insertStages(
  db: Db,
  teamId: string,
  stages: readonly Pick<StageRow, "name" | "probability" | "forecast" | "isWon" | "isClosed">[],
) {
  const rows = stages.map((stage, position) => ({ ...stage, id: newId(), position }));
  await db.run(
    `insert into deal_stages (team_id, id, name, position, probability, forecast, is_won, is_closed)
     select $1, s.id, s.name, s.position, s.probability, s.forecast, s."isWon", s."isClosed"
       from jsonb_to_recordset($2::jsonb) as s (id text, name text, position int, probability int, forecast text,
                                                "isWon" boolean, "isClosed" boolean)`,
    [teamId, JSON.stringify(rows)],
  );
}
