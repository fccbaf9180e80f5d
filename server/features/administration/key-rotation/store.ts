// The text of these statements contains names of tables and columns; they come only from places.ts.

import type { Db } from "../../../db/connect.ts";

/** Secrets lie here; `rowId` is what tells its rows apart, in SQL. */
export type SecretColumn = { table: string; rowId: string; column: string };

type SealedRow = { rowId: string; sealed: Buffer };

/** What another key than this one has sealed, in order, from behind a row. */
export function sealedByOthers(
  db: Db,
  teamId: string,
  { table, rowId, column, keyId }: SecretColumn & { keyId: string },
  { after, limit }: { after: string; limit: number },
) {
  return db.rows<SealedRow>(
    `select ${rowId} as row_id, ${column} as sealed from ${table}
      where team_id = $1 and ${rowId} > $2 and substring(${column} from 2 for 4) <> decode($3, 'hex')
      order by 1 limit $4`,
    [teamId, after, keyId, limit],
  );
}

/** Unless it is no longer what was read: then another writer has sealed it with the newest key. */
export function reseal(
  db: Db,
  teamId: string,
  { table, rowId, column }: SecretColumn,
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
