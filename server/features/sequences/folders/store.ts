import type { Db } from "../../../db/connect.ts";

export type FolderKind = "sequences" | "templates";

export type FolderRow = {
  id: string;
  kind: FolderKind;
  name: string;
  parentId: string | null;
  createdAt: Temporal.Instant;
};

const COLUMNS = "id, kind, name, parent_id, created_at";

export function listFolders(db: Db, teamId: string, kind: FolderKind | null) {
  return db.rows<FolderRow>(
    `select ${COLUMNS} from folders where team_id = $1 and ($2::text is null or kind = $2) order by kind, lower(name), id`,
    [teamId, kind],
  );
}

/** Held while something is put into it. */
export async function holdFolder(db: Db, teamId: string, kind: FolderKind, id: string) {
  const found = await db.run(
    "select 1 from folders where team_id = $1 and kind = $2 and id = $3 for key share",
    [teamId, kind, id],
  );
  return found > 0;
}

/** All folders of the team, locked: where one may lie depends on the others. */
export function lockFolders(db: Db, teamId: string) {
  return db.rows<FolderRow>(`select ${COLUMNS} from folders where team_id = $1 order by id for update`, [
    teamId,
  ]);
}

export function insertFolder(
  db: Db,
  teamId: string,
  folder: Omit<FolderRow, "createdAt">,
  now: Temporal.Instant,
) {
  return db.row<FolderRow>(
    `insert into folders (team_id, id, kind, name, parent_id, created_at) values ($1, $2, $3, $4, $5, $6)
     returning ${COLUMNS}`,
    [teamId, folder.id, folder.kind, folder.name, folder.parentId, now],
  );
}

export function updateFolder(
  db: Db,
  teamId: string,
  id: string,
  values: { name: string; parentId: string | null },
) {
  return db.row<FolderRow>(
    `update folders set name = $3, parent_id = $4 where team_id = $1 and id = $2 returning ${COLUMNS}`,
    [teamId, id, values.name, values.parentId],
  );
}

/** What lies in it moves to where it lay. */
export async function deleteFolder(db: Db, teamId: string, { id, parentId }: FolderRow) {
  await db.run("update folders set parent_id = $3 where team_id = $1 and parent_id = $2", [
    teamId,
    id,
    parentId,
  ]);
  await db.run("update sequences set folder_id = $3 where team_id = $1 and folder_id = $2", [
    teamId,
    id,
    parentId,
  ]);
  await db.run("update templates set folder_id = $3 where team_id = $1 and folder_id = $2", [
    teamId,
    id,
    parentId,
  ]);
  await db.run("delete from folders where team_id = $1 and id = $2", [teamId, id]);
}
