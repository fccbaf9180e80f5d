// Rows of a file, understood: what each says of whom, or why it says nothing. Runs in a thread of its own (apart.ts), because
// a cell may be made to cost much.

import { accountFrom } from "../../../domain/imports/account-row.ts";
import { contactFrom } from "../../../domain/imports/contact-row.ts";
import { type ColumnContent, contentOf, type ImportField } from "../../../domain/imports/import-columns.ts";
import { DEAL_TARGETS } from "../../../domain/imports/import-deal-fields.ts";
import { dealFrom } from "../../../domain/imports/import-deal-rows.ts";
import { ACCOUNT_TARGETS, CONTACT_TARGETS } from "../../../domain/imports/import-fields.ts";
import {
  OPT_OUT_FIELDS,
  type OptOutCell,
  readOptOut,
  strongerOf,
} from "../../../domain/imports/import-opt-outs.ts";
import { nameIn, type Read, rowFault } from "../../../domain/imports/import-rows.ts";
import { ORGANIZATION_TARGETS, PERSON_TARGETS } from "../../../domain/imports/import-store-fields.ts";
import { organizationFrom, personFromRow } from "../../../domain/imports/import-store-rows.ts";
import type { CellValues } from "../../../domain/imports/row-values.ts";
import type { ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import type { KindName, MappedColumn } from "../../prospecting/import-rows/store.ts";
import type { ParsedRow } from "./kinds.ts";
import type { FileLook, Record as FileRow } from "./reading.ts";
import type { CodesAsked, RowsAsked } from "./run-in-worker.ts";

/** What a batch's rows say, and those that say nothing. */
export type UnderstoodRows = {
  lastRow: number | null;
  told: readonly ParsedRow<never>[];
  skipped: readonly ImportRowOutcome[];
  /** Whom the file itself means by a row; asked for where nothing is kept that could be looked up. */
  names: readonly (readonly [row: number, name: string])[];
};

/** A file that was read once, with what its columns look like. */
export type Inspected = Omit<FileLook, "columns"> & {
  columns: (FileLook["columns"][number] & ColumnContent)[];
};

/** As in KINDS, whose file writes to the database: a thread that reads files loads none of that. */
export const TARGETS: Readonly<Record<KindName, readonly ImportField[]>> = {
  contacts: CONTACT_TARGETS,
  accounts: ACCOUNT_TARGETS,
  opportunities: DEAL_TARGETS,
  people: PERSON_TARGETS,
  organizations: ORGANIZATION_TARGETS,
};

export function judged(look: FileLook, kind: KindName): Inspected {
  const columns = look.columns.map((column) => ({ ...column, ...contentOf(column, TARGETS[kind]) }));
  return { ...look, columns };
}

/** What it answers is taken only by its own kind, as in KINDS. */
type Reader = (values: CellValues) => Read<never>;

export const READS: Readonly<Record<KindName, Reader>> = {
  contacts: contactFrom as Reader,
  accounts: accountFrom as Reader,
  opportunities: dealFrom as Reader,
  people: personFromRow as Reader,
  organizations: organizationFrom as Reader,
};

/** Why each row would be skipped; null for those that say something. */
export function codesOf({ kind, columns, rows }: CodesAsked) {
  return rows.map(({ cells, fault }) => fault ?? READS[kind](valuesIn(cells, columns)).code);
}

export function understood(
  { kind, delimiter, columns }: RowsAsked["about"],
  header: readonly string[],
  records: readonly FileRow[],
  withNames: boolean,
): UnderstoodRows {
  const skipped: ImportRowOutcome[] = [];
  const told: ParsedRow<never>[] = [];
  const names: [number, string][] = [];
  for (const { row, cells, fault: unread } of records) {
    const fault = unread ?? rowFault(cells, header, delimiter);
    if (fault && !withNames) {
      skipped.push(skippedRow(row, fault));
      continue;
    }
    const values = valuesIn(cells, columns);
    const name = withNames ? nameIn(values) : null;
    if (name !== null) names.push([row, name]);
    const read: Read<never> = fault ? { row: null, code: fault } : READS[kind](values);
    if (read.code !== null) skipped.push(skippedRow(row, read.code));
    else told.push({ row, said: read.row });
  }
  return { lastRow: records.at(-1)?.row ?? null, told, skipped, names };
}

export function skippedRow(row: number, code: string): ImportRowOutcome {
  const nothing = { recordId: null, sameAs: null, enrollment: null, enrollmentCode: null };
  return { ...nothing, row, verdict: "skipped", code, difference: null, leftOut: null };
}

/** Of two columns that go to one field, the first that says something counts; of opt-outs, each that says yes. */
function valuesIn(cells: readonly string[], columns: readonly MappedColumn[]): CellValues {
  const values = new Map<string, string>();
  const outs = new Map<string, OptOutCell>();
  for (const [at, { name, field }] of columns.entries()) {
    const text = field === null ? "" : (cells[at]?.trim() ?? "");
    if (field === null || text === "") continue;
    if (OPT_OUT_FIELDS.has(field)) outs.set(field, strongerOf(outs.get(field), readOptOut(name, text)));
    else if (!values.has(field)) values.set(field, text);
  }
  for (const [field, said] of outs) values.set(field, said);
  return values;
}
