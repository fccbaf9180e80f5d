// What became of an import's rows, as a file: pages that go on where the last one stopped.

import { enrollmentSentence, importSentence } from "../../../domain/imports/import-words.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { type RowFilter, type RowOfImport, searchRows } from "../../prospecting/import-rows/rows-store.ts";
import type { ImportRow } from "../../prospecting/import-rows/store.ts";
import { onWire } from "./present.ts";

const LINES_AT_ONCE = 1_000;

const COLUMNS = [
  "Row",
  "Verdict",
  "Code",
  "Reason",
  "Id",
  "Name",
  "Same as row",
  "Enrolled",
  "Enrollment reason",
  "Changed",
  "Ignored",
  "Undone",
];

export function rowsFile(teamId: string, found: ImportRow, filter: RowFilter, from: number): Csv {
  let afterRow = from;
  return {
    name: "import",
    columns: COLUMNS,
    async next(db) {
      const place = { afterRow, limit: LINES_AT_ONCE, offset: 0 };
      const rows = await searchRows(db, teamId, found, filter, place);
      afterRow = rows.at(-1)?.row ?? afterRow;
      return rows.map(lineOf);
    },
  };
}

/** What is wrong with a field of the team's own names it already. */
const AN_ID = /^[0-9a-f]{24}$/;

function lineOf(row: RowOfImport): CsvCell[] {
  const changed = Object.keys(row.difference ? onWire(row.difference.after) : {});
  const leftOut = Object.entries(row.leftOut ?? {}).map(([field, why]) =>
    AN_ID.test(field) ? why : `${field}: ${why}`,
  );
  return [
    row.row,
    row.verdict,
    row.code,
    importSentence(row.code),
    row.recordId,
    row.name,
    row.sameAs,
    row.enrollment,
    enrollmentSentence(row.enrollmentCode),
    changed.join("; ") || null,
    leftOut.join("; ") || null,
    row.undone,
  ];
}
