// Imports and the pieces of their files. The results of their rows are in rows-store.ts.

import type { Db } from "../../../db/connect.ts";
import type { Delimiter } from "../../../domain/basics/delimiters.ts";
import type { Encoding, Format } from "../../../domain/basics/text-encoding.ts";
import type { Policy } from "../../../domain/imports/import-policy.ts";
import type { ProgressStatus } from "../../events/progress/store.ts";

export type KindName = "contacts" | "accounts" | "opportunities" | "people" | "organizations";

export type MappedColumn = { name: string; field: string | null };

/** What holds for every row, in our words; kept as JSON. */
export type Options = {
  overwrite: Policy;
  labelNames: readonly string[];
  stageId: string | null;
  ownerId: string | null;
  createsAccounts: boolean;
  /** Who says what is kept in the store of people and companies. */
  source: string;
  /** On which terms the contacts join a sequence: what `workOnJoining` goes by. */
  joining: ({ sequenceId: string } & Record<string, unknown>) | null;
};

type ImportCounts = {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  enrolled: number;
  notEnrolled: number;
};

export type ImportRow = ImportCounts & {
  id: string;
  userId: string;
  kind: KindName;
  fileName: string | null;
  size: number;
  format: Format;
  encoding: Encoding;
  markLength: number;
  delimiter: Delimiter | null;
  columns: MappedColumn[];
  options: Options;
  total: number;
  lastRow: number;
  codes: Record<string, number>;
  enrollmentCodes: Record<string, number>;
  createdAt: Temporal.Instant;
  undoId: string | null;
  undoneAt: Temporal.Instant | null;
  status: ProgressStatus;
  error: string | null;
  finishedAt: Temporal.Instant | null;
  undoStatus: ProgressStatus | null;
};

const COLUMNS = `i.id, i.user_id, i.kind, i.file_name, i.size, i.format, i.encoding, i.mark_length, i.delimiter, i.columns, i.options, i.total,
  i.last_row, i.created, i.updated, i.unchanged, i.skipped, i.enrolled, i.not_enrolled, i.codes, i.enrollment_codes,
  i.created_at, i.undo_id, i.undone_at, p.status, coalesce(u.error, p.error) as error, p.finished_at, u.status as undo_status`;
const JOINED = `imports i
  join progress p on p.team_id = i.team_id and p.id = i.id
  left join progress u on u.team_id = i.team_id and u.id = i.undo_id`;

type NewImport = Pick<
  ImportRow,
  | "id"
  | "userId"
  | "kind"
  | "fileName"
  | "size"
  | "format"
  | "encoding"
  | "markLength"
  | "delimiter"
  | "columns"
  | "options"
  | "total"
  | "lastRow"
>;

export function insertImport(db: Db, teamId: string, row: NewImport, now: Temporal.Instant) {
  return db.run(
    `insert into imports (team_id, id, user_id, kind, file_name, size, encoding, mark_length, delimiter, columns, options, total,
            created_at, format, last_row)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      teamId,
      row.id,
      row.userId,
      row.kind,
      row.fileName,
      row.size,
      row.encoding,
      row.markLength,
      row.delimiter,
      JSON.stringify(row.columns),
      row.options,
      row.total,
      now,
      row.format,
      row.lastRow,
    ],
  );
}

export function insertPiece(db: Db, teamId: string, importId: string, position: number, content: Buffer) {
  return db.run("insert into import_pieces (team_id, import_id, position, content) values ($1, $2, $3, $4)", [
    teamId,
    importId,
    position,
    content,
  ]);
}

export async function pieceAt(db: Db, teamId: string, importId: string, position: number) {
  const row = await db.row<{ content: Buffer }>(
    "select content from import_pieces where team_id = $1 and import_id = $2 and position = $3",
    [teamId, importId, position],
  );
  return row?.content ?? null;
}

export function deletePieces(db: Db, teamId: string, importId: string) {
  return db.run("delete from import_pieces where team_id = $1 and import_id = $2", [teamId, importId]);
}

/** Of imports that are over, however they ended. */
export function deleteOldPieces(db: Db, teamId: string) {
  return db.run(
    `delete from import_pieces f using progress p
      where f.team_id = $1 and p.team_id = f.team_id and p.id = f.import_id and p.finished_at is not null`,
    [teamId],
  );
}

export function findImport(db: Db, teamId: string, id: string) {
  return db.row<ImportRow>(`select ${COLUMNS} from ${JOINED} where i.team_id = $1 and i.id = $2`, [
    teamId,
    id,
  ]);
}

/** Reads after the lock: a caller that waited for another undo would not see that it has begun. */
export async function lockImport(db: Db, teamId: string, id: string) {
  const [, found] = await Promise.all([
    db.run("select from imports where team_id = $1 and id = $2 for no key update", [teamId, id]),
    findImport(db, teamId, id),
  ]);
  return found;
}

export async function searchImports(
  db: Db,
  teamId: string,
  { kind, limit, offset }: { kind: KindName | null; limit: number; offset: number },
) {
  const found = await db.row<{ total: number }>(
    "select count(*) as total from imports where team_id = $1 and ($2::text is null or kind = $2)",
    [teamId, kind],
  );
  const rows = await db.rows<ImportRow>(
    `select ${COLUMNS} from ${JOINED}
      where i.team_id = $1 and ($2::text is null or i.kind = $2)
      order by i.created_at desc, i.id desc
      limit $3 offset $4`,
    [teamId, kind, limit, offset],
  );
  return { rows, total: found?.total ?? 0 };
}

export type ImportTally = ImportCounts & {
  codes: Record<string, number>;
  enrollmentCodes: Record<string, number>;
};

/** After a batch: where the next begins, and what this one adds to the counts. */
export function noteBatch(db: Db, teamId: string, id: string, lastRow: number, tally: ImportTally) {
  return db.run(
    `update imports
        set last_row = $3, created = created + $4, updated = updated + $5, unchanged = unchanged + $6, skipped = skipped + $7,
            enrolled = enrolled + $8, not_enrolled = not_enrolled + $9,
            codes = added(codes, $10::jsonb), enrollment_codes = added(enrollment_codes, $11::jsonb)
      where team_id = $1 and id = $2`,
    [
      teamId,
      id,
      lastRow,
      tally.created,
      tally.updated,
      tally.unchanged,
      tally.skipped,
      tally.enrolled,
      tally.notEnrolled,
      tally.codes,
      tally.enrollmentCodes,
    ],
  );
}

export function noteUndo(db: Db, teamId: string, id: string, undoId: string) {
  return db.run("update imports set undo_id = $3 where team_id = $1 and id = $2", [teamId, id, undoId]);
}

export function noteUndone(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update imports set undone_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
}
