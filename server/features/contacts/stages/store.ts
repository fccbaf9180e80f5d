// Stages of contacts and of accounts: the same thing twice, in two tables, because each kind of record points
// at its own.

import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";

export type StageKind = "contact" | "account";
export type StageCategory = "in_progress" | "succeeded" | "failed";

export type StageRow = {
  teamId: string;
  id: string;
  name: string;
  position: number;
  category: StageCategory | null;
  isMeetingSet: boolean;
  /** Of contacts: automatic moves do not leave it. Of accounts: left out of prospecting. */
  isSpecial: boolean;
};

// Names of tables and columns cannot be parameters. These are all there are.
const TABLES = {
  contact: {
    stages: "contact_stages",
    special: "ignore_trigger_override",
    records: "contacts",
    column: "contact_stage_id",
  },
  account: {
    stages: "account_stages",
    special: "default_exclude_for_leadgen",
    records: "accounts",
    column: "account_stage_id",
  },
} as const satisfies Record<StageKind, object>;

function columnsOf(kind: StageKind) {
  return `team_id, id, name, position, category, is_meeting_set, ${TABLES[kind].special} as is_special`;
}

export function listStages(db: Db, teamId: string, kind: StageKind) {
  return db.rows<StageRow>(
    `select ${columnsOf(kind)} from ${TABLES[kind].stages} where team_id = $1 order by position, id`,
    [teamId],
  );
}

/** Those of the named stages that there are: ids from outside are looked up before anything points at them. */
export function findStages(db: Db, teamId: string, kind: StageKind, ids: readonly string[]) {
  return db.rows<StageRow>(
    `select ${columnsOf(kind)} from ${TABLES[kind].stages} where team_id = $1 and id = any($2::text[]) order by position, id`,
    [teamId, ids],
  );
}

/** The stage a new record starts in: the first. */
export async function firstStageId(db: Db, teamId: string, kind: StageKind) {
  const row = await db.row<{ id: string }>(
    `select id from ${TABLES[kind].stages} where team_id = $1 order by position, id limit 1`,
    [teamId],
  );
  return row?.id ?? null;
}

/** Holds all of them: their order and their number are decided on together, and rows not yet there cannot be locked. */
export async function lockStages(db: Db, teamId: string, kind: StageKind) {
  await db.rows("select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))", [TABLES[kind].stages, teamId]);
  return listStages(db, teamId, kind);
}

export type NewStage = Omit<StageRow, "teamId">;

/** False where a stage of this name is there already. */
export async function insertStage(db: Db, teamId: string, kind: StageKind, stage: NewStage) {
  const { stages, special } = TABLES[kind];
  const inserted = await db.run(
    `insert into ${stages} (team_id, id, name, position, category, is_meeting_set, ${special})
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (team_id, lower(name)) do nothing`,
    [teamId, stage.id, stage.name, stage.position, stage.category, stage.isMeetingSet, stage.isSpecial],
  );
  return inserted === 1;
}

/** False where another stage bears the name. */
export function updateStage(db: Db, teamId: string, kind: StageKind, stage: NewStage) {
  const { stages, special } = TABLES[kind];
  return unlessDuplicate(
    db.run(
      `update ${stages} set name = $3, category = $4, is_meeting_set = $5, ${special} = $6
        where team_id = $1 and id = $2`,
      [teamId, stage.id, stage.name, stage.category, stage.isMeetingSet, stage.isSpecial],
    ),
  );
}

/** Puts the stages into the order of the ids. */
export function orderStages(db: Db, teamId: string, kind: StageKind, ids: readonly string[]) {
  return db.run(
    `update ${TABLES[kind].stages} s set position = o.position - 1
       from unnest($2::text[]) with ordinality as o (id, position)
      where s.team_id = $1 and s.id = o.id and s.position <> o.position - 1`,
    [teamId, ids],
  );
}

/** Waits for transactions that move records into the stage, so that they are counted. */
export function lockStage(db: Db, teamId: string, kind: StageKind, id: string) {
  return db.run(`select 1 from ${TABLES[kind].stages} where team_id = $1 and id = $2 for update`, [
    teamId,
    id,
  ]);
}

export async function countInStage(db: Db, teamId: string, kind: StageKind, id: string) {
  const { records, column } = TABLES[kind];
  const row = await db.row<{ count: number }>(
    `select count(*) as count from ${records} where team_id = $1 and ${column} = $2`,
    [teamId, id],
  );
  return row?.count ?? 0;
}

/** Moves all records from one stage to another. */
/** Answers who was moved. */
export function moveToStage(
  db: Db,
  teamId: string,
  kind: StageKind,
  from: string,
  to: string,
  now: Temporal.Instant,
) {
  const { records, column } = TABLES[kind];
  return db.rows<{ id: string }>(
    `update ${records} set ${column} = $3, stage_updated_at = $4, updated_at = $4
      where team_id = $1 and ${column} = $2
      returning id`,
    [teamId, from, to, now],
  );
}

export function deleteStage(db: Db, teamId: string, kind: StageKind, id: string) {
  return db.run(`delete from ${TABLES[kind].stages} where team_id = $1 and id = $2`, [teamId, id]);
}

type Default = { name: string; category: StageCategory | null; isSpecial?: true };

// Apollo's, in Apollo's order.
const DEFAULTS: Record<StageKind, readonly Default[]> = {
  contact: [
    { name: "New", category: null },
    { name: "Approaching", category: "in_progress" },
    { name: "Replied", category: "in_progress" },
    { name: "Interested", category: "succeeded" },
    { name: "Not Interested", category: "failed" },
    { name: "Unresponsive", category: "failed" },
    { name: "Do Not Contact", category: "failed", isSpecial: true },
    { name: "Bad Data", category: "failed" },
    { name: "Changed Job", category: "failed" },
  ],
  account: [
    { name: "Review", category: null },
    { name: "Current Client", category: "succeeded", isSpecial: true },
    { name: "Active Opportunity", category: "in_progress" },
    { name: "Dead Opportunity", category: "failed" },
    { name: "Do Not Prospect", category: "failed", isSpecial: true },
  ],
};

export async function seedStages(db: Db, teamId: string) {
  for (const kind of ["contact", "account"] as const) {
    const { stages, special } = TABLES[kind];
    await db.run(
      `insert into ${stages} (team_id, id, name, position, category, ${special})
       select $1, new_ident(), d.name, d.position - 1, d.category, d.is_special
         from unnest($2::text[], $3::text[], $4::boolean[]) with ordinality as d (name, category, is_special, position)
       on conflict do nothing`,
      [
        teamId,
        DEFAULTS[kind].map(({ name }) => name),
        DEFAULTS[kind].map(({ category }) => category),
        DEFAULTS[kind].map(({ isSpecial }) => isSpecial === true),
      ],
    );
  }
}
