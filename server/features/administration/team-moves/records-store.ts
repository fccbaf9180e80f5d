// What a move has copied so far, and the records of a call whose answer it does not know.

import type { Db } from "../../../db/connect.ts";

type CopiedRecord = { kind: string; from: string; to: string; made: boolean };
type SentRecords = { kind: string; ids: string[]; rows: unknown[]; key: string; sentAt: number };

export async function listCopied(db: Db, teamId: string, moveId: string) {
  const rows = await db.rows<{ kind: string; fromId: string; toId: string; made: boolean }>(
    "select kind, from_id, to_id, made from team_move_records where team_id = $1 and move_id = $2",
    [teamId, moveId],
  );
  return rows.map(({ kind, fromId, toId, made }): CopiedRecord => ({ kind, from: fromId, to: toId, made }));
}

export function insertCopied(db: Db, teamId: string, moveId: string, records: readonly CopiedRecord[]) {
  return db.run(
    `insert into team_move_records (team_id, move_id, kind, from_id, to_id, made)
     select $1, $2, kind, from_id, to_id, made
       from unnest($3::text[], $4::text[], $5::text[], $6::boolean[]) as r (kind, from_id, to_id, made)
     on conflict do nothing`,
    [
      teamId,
      moveId,
      records.map(({ kind }) => kind),
      records.map(({ from }) => from),
      records.map(({ to }) => to),
      records.map(({ made }) => made),
    ],
  );
}

export function writeSent(db: Db, teamId: string, moveId: string, sent: SentRecords) {
  return db.run("update team_moves set sent = $3 where team_id = $1 and id = $2", [teamId, moveId, sent]);
}

export async function readSent(db: Db, teamId: string, moveId: string) {
  const row = await db.row<{ sent: SentRecords | null }>(
    "select sent from team_moves where team_id = $1 and id = $2",
    [teamId, moveId],
  );
  return row?.sent ?? null;
}

/** By kind, whichever run copied them. */
export function countCopied(db: Db, teamId: string, moveId: string) {
  return db.rows<{ kind: string; made: number; existing: number }>(
    `select kind, count(*) filter (where made) as made, count(*) filter (where not made) as existing
       from team_move_records where team_id = $1 and move_id = $2 group by kind`,
    [teamId, moveId],
  );
}
