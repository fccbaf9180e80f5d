// What became of the rows of imports.

import type { Db } from "../../../db/connect.ts";
import type { RecordDifference } from "../../../domain/imports/import-undo.ts";
import type { KindName } from "./store.ts";

export type ImportRowResult = "created" | "updated" | "unchanged" | "skipped";

export type ImportRowOutcome = {
  row: number;
  verdict: ImportRowResult;
  code: string | null;
  recordId: string | null;
  sameAs: number | null;
  enrollment: "enrolled" | "not_enrolled" | null;
  enrollmentCode: string | null;
  difference: RecordDifference | null;
  leftOut: Record<string, string> | null;
};

export type RowOfImport = ImportRowOutcome & { name: string | null; undone: string | null };

export function insertRows(
  db: Db,
  teamId: string,
  importId: string,
  rows: readonly ImportRowOutcome[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into import_rows (team_id, import_id, row, verdict, code, record_id, same_as, enrollment, enrollment_code,
            touched_at, difference, left_out)
     select $1, $2, row, verdict, code, "recordId", "sameAs", enrollment, "enrollmentCode", $4, difference, "leftOut"
       from jsonb_to_recordset($3::jsonb) as r (row int, verdict text, code text, "recordId" text, "sameAs" int,
            enrollment text, "enrollmentCode" text, difference jsonb, "leftOut" jsonb)`,
    [teamId, importId, JSON.stringify(rows.map(withoutNulls)), now],
  );
}

function withoutNulls(row: ImportRowOutcome) {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

export type EarlierRow = {
  recordId: string;
  firstRow: number;
  wasMade: boolean;
  isEnrolled: boolean;
  differences: (RecordDifference | null)[];
};

/**
 * The import's rows about the given records, one record after the other by their index. Without `offset 0` the planner
 * may read all rows of the import with every batch: its statistics are from before the table grew.
 */
const ABOUT = `unnest($3::text[]) as asked (id)
      cross join lateral (select * from import_rows i where i.team_id = $1 and i.record_id = asked.id offset 0) r`;

/** What this import did earlier about the given records. */
export function earlierRows(db: Db, teamId: string, importId: string, recordIds: readonly string[]) {
  return db.rows<EarlierRow>(
    `select r.record_id, min(r.row) as first_row, bool_or(r.verdict = 'created') as was_made,
            coalesce(bool_or(r.enrollment = 'enrolled'), false) as is_enrolled, jsonb_agg(r.difference) as differences
       from ${ABOUT}
      where r.import_id = $2
      group by r.record_id`,
    [teamId, importId, recordIds],
  );
}

export type RowFilter = {
  verdict: ImportRowResult | null;
  code: string | null;
  enrollment: "enrolled" | "not_enrolled" | null;
};

const NAMES: Record<KindName, string> = {
  contacts:
    "(select coalesce(c.name, c.email) from contacts c where c.team_id = r.team_id and c.id = r.record_id)",
  accounts:
    "(select coalesce(a.name, a.domain) from accounts a where a.team_id = r.team_id and a.id = r.record_id)",
  opportunities: "(select d.name from deals d where d.team_id = r.team_id and d.id = r.record_id)",
  people:
    "(select coalesce(p.name, p.email) from people p where p.team_id = r.team_id and p.id = r.record_id)",
  organizations:
    "(select coalesce(o.name, o.domain) from organizations o where o.team_id = r.team_id and o.id = r.record_id)",
};

const FILTER = `r.team_id = $1 and r.import_id = $2 and ($3::text is null or r.verdict = $3)
  and ($4::text is null or r.code = $4 or r.enrollment_code = $4) and ($5::text is null or r.enrollment = $5)`;

export function searchRows(
  db: Db,
  teamId: string,
  { id, kind }: { id: string; kind: KindName },
  { verdict, code, enrollment }: RowFilter,
  { afterRow, limit, offset }: { afterRow: number; limit: number; offset: number },
) {
  return db.rows<RowOfImport>(
    `select r.row, r.verdict, r.code, r.record_id, r.same_as, r.enrollment, r.enrollment_code, r.difference, r.left_out,
            r.undone, ${NAMES[kind]} as name
       from import_rows r
      where ${FILTER} and r.row > $6
      order by r.row
      limit $7 offset $8`,
    [teamId, id, verdict, code, enrollment, afterRow, limit, offset],
  );
}

export async function countRows(
  db: Db,
  teamId: string,
  id: string,
  { verdict, code, enrollment }: RowFilter,
) {
  const found = await db.row<{ total: number }>(
    `select count(*) as total from import_rows r where ${FILTER}`,
    [teamId, id, verdict, code, enrollment],
  );
  return found?.total ?? 0;
}

export type RowToUndo = Pick<
  ImportRowOutcome,
  "row" | "verdict" | "recordId" | "sameAs" | "difference" | "enrollment"
> & {
  touchedAt: Temporal.Instant;
};

const TO_UNDO = "row, verdict, record_id, same_as, difference, enrollment, touched_at";

// What was taken back before the work was cancelled or gave up is not looked at again; what was left alone is.
const TO_DO = "undone is distinct from 'undone'";

/** The first rows of the next records, in the file's order. */
export function leadingRows(db: Db, teamId: string, id: string, afterRow: number, limit: number) {
  return db.rows<RowToUndo>(
    `select ${TO_UNDO} from import_rows
      where team_id = $1 and import_id = $2 and row > $3 and record_id is not null and same_as is null and ${TO_DO}
      order by row
      limit $4`,
    [teamId, id, afterRow, limit],
  );
}

/** The further rows about these records. */
export function furtherRows(db: Db, teamId: string, id: string, recordIds: readonly string[]) {
  return db.rows<RowToUndo>(
    `select ${TO_UNDO} from ${ABOUT} where r.import_id = $2 and r.same_as is not null order by row`,
    [teamId, id, recordIds],
  );
}

export function writeUndone(
  db: Db,
  teamId: string,
  id: string,
  undone: readonly { recordId: string; code: string }[],
) {
  return db.run(
    `update import_rows w set undone = r.code
       from (select asked.code, r.row, r.import_id
               from unnest($3::text[], $4::text[]) as asked (id, code)
              cross join lateral (select * from import_rows i where i.team_id = $1 and i.record_id = asked.id offset 0) r) r
      where w.team_id = $1 and w.import_id = $2 and r.import_id = $2 and w.row = r.row`,
    [teamId, id, undone.map(({ recordId }) => recordId), undone.map(({ code }) => code)],
  );
}

/** What was written about people who are deleted. That there was a row stays. */
export function forgetRows(db: Db, teamId: string, recordIds: readonly string[]) {
  return db.run(
    `update import_rows set difference = null, left_out = null
      where team_id = $1 and record_id = any($2::text[]) and (difference is not null or left_out is not null)`,
    [teamId, recordIds],
  );
}

export function deleteOldRows(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from import_rows where team_id = $1
        and import_id in (select id from imports where team_id = $1 and created_at < $2)`,
    [teamId, before],
  );
}

/** How many records there are to take back. */
export async function countLeading(db: Db, teamId: string, id: string) {
  const found = await db.row<{ total: number }>(
    `select count(*) as total from import_rows
      where team_id = $1 and import_id = $2 and record_id is not null and same_as is null and ${TO_DO}`,
    [teamId, id],
  );
  return found?.total ?? 0;
}
