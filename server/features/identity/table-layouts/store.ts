import type { Db } from "../../../db/connect.ts";

/** Which columns a table shows and in which order, which of them stay at the left, and how wide they are. */
export type Layout = {
  /** Null: the default columns, also those that a later version adds. */
  columns: readonly string[] | null;
  pinned: readonly string[];
  widths: Readonly<Record<string, number>>;
};

export type LayoutRow = Layout & { tableName: string };

export function listLayouts(db: Db, teamId: string, userId: string) {
  return db.rows<LayoutRow>(
    `select table_name, columns, pinned, widths from table_layouts
      where team_id = $1 and user_id = $2 order by table_name`,
    [teamId, userId],
  );
}

export function saveLayout(db: Db, teamId: string, userId: string, row: LayoutRow, now: Temporal.Instant) {
  return db.run(
    `insert into table_layouts (team_id, user_id, table_name, columns, pinned, widths, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (team_id, user_id, table_name) do update
       set columns = excluded.columns, pinned = excluded.pinned, widths = excluded.widths, updated_at = excluded.updated_at`,
    [teamId, userId, row.tableName, row.columns, row.pinned, JSON.stringify(row.widths), now],
  );
}

export function deleteLayout(db: Db, teamId: string, userId: string, tableName: string) {
  return db.run("delete from table_layouts where team_id = $1 and user_id = $2 and table_name = $3", [
    teamId,
    userId,
    tableName,
  ]);
}
