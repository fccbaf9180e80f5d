// Names of tables and columns stand in the text of these statements; they come from places.ts and from nowhere else.

import type { Db } from "../../db/connect.ts";

/** Secrets lie here; `rowId` is what tells its rows apart, in SQL. */
export type Column = { table: string; rowId: string; column: string };

export type SealedRow = { rowId: string; sealed: Buffer };

/** What another key than this one has sealed, in order, from behind a row. */
export function sealedByOthers(
  db: Db,
  teamId: string,
  { table, rowId, column, keyId }: Column & { keyId: string },
  { after, limit }: { after: string; limit: number },
) {
  return db.rows<SealedRow>(
    `select ${rowId} as row_id, ${column} as sealed from ${table}
      where team_id = $1 and ${rowId} > $2 and substring(${column} from 2 for 4) <> decode($3, 'hex')
      order by 1 limit $4`,
    [teamId, after, keyId, limit],
  );
}

/** Unless it is no longer what was read: then whoever wrote it has sealed it with the newest key. */
export function reseal(
  db: Db,
  teamId: string,
  { table, rowId, column }: Column,
  rows: readonly (SealedRow & { anew: Buffer })[],
) {
  return db.run(
    `update ${table} set ${column} = decode(n.anew, 'base64')
       from unnest($2::text[], $3::text[], $4::text[]) as n (row_id, was, anew)
      where team_id = $1 and ${rowId} = n.row_id and ${column} = decode(n.was, 'base64')`,
    [
      teamId,
      rows.map((row) => row.rowId),
      rows.map((row) => row.sealed.toString("base64")),
      rows.map((row) => row.anew.toString("base64")),
    ],
  );
}
