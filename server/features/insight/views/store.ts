import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";

/** What can be said of a view. */
export type ViewWords = {
  name: string;
  filter: Record<string, unknown>;
  columns: readonly string[] | null;
  pinned: readonly string[];
  widths: Readonly<Record<string, number>>;
  sort: string | null;
  isShared: boolean;
};

export type ViewRow<Subject extends string = string> = ViewWords & {
  id: string;
  userId: string;
  subject: Subject;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const COLUMNS =
  "id, user_id, subject, name, filter, columns, pinned, widths, sort, is_shared, created_at, updated_at";

/** One's own, and those the others share. */
export function listViews<Subject extends string>(
  db: Db,
  teamId: string,
  userId: string,
  subject: Subject | null,
) {
  return db.rows<ViewRow<Subject>>(
    `select ${COLUMNS} from saved_views
      where team_id = $1 and (user_id = $2 or is_shared) and ($3::text is null or subject = $3)
      order by lower(name), id`,
    [teamId, userId, subject],
  );
}

/** Locked while it is changed. Others cannot see a user's private view. */
export function lockView(db: Db, teamId: string, userId: string, id: string) {
  return db.row<ViewRow>(
    `select ${COLUMNS} from saved_views where team_id = $1 and id = $3 and (user_id = $2 or is_shared) for update`,
    [teamId, userId, id],
  );
}

/** False where the name is taken. */
export function insertView(db: Db, teamId: string, view: Omit<ViewRow, "updatedAt">) {
  return unlessDuplicate(
    db.run(
      `insert into saved_views (team_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
      [
        teamId,
        view.id,
        view.userId,
        view.subject,
        view.name,
        JSON.stringify(view.filter),
        view.columns,
        view.pinned,
        JSON.stringify(view.widths),
        view.sort,
        view.isShared,
        view.createdAt,
      ],
    ),
  );
}

/** False where the name is taken. */
export function updateView(db: Db, teamId: string, view: ViewWords & { id: string }, now: Temporal.Instant) {
  return unlessDuplicate(
    db.run(
      `update saved_views set name = $3, filter = $4, columns = $5, pinned = $6, widths = $7, sort = $8, is_shared = $9,
              updated_at = $10
        where team_id = $1 and id = $2`,
      [
        teamId,
        view.id,
        view.name,
        JSON.stringify(view.filter),
        view.columns,
        view.pinned,
        JSON.stringify(view.widths),
        view.sort,
        view.isShared,
        now,
      ],
    ),
  );
}

export function deleteView(db: Db, teamId: string, id: string) {
  return db.run("delete from saved_views where team_id = $1 and id = $2", [teamId, id]);
}
