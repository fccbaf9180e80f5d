// Imports and their rows as the wire shows them.

import { enrollmentSentence, importSentence, importWarnings } from "../../../domain/imports/import-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ImportRowOutcome, RowOfImport } from "../../prospecting/import-rows/rows-store.ts";
import type { ImportRow, MappedColumn } from "../../prospecting/import-rows/store.ts";

export function presentImport(found: ImportRow, undoUntil: Temporal.Instant, publicUrl: string) {
  const { id, createdAt, columns } = found;
  return {
    id,
    kind: found.kind,
    status: statusOf(found),
    total: found.total,
    created: found.created,
    updated: found.updated,
    unchanged: found.unchanged,
    skipped: found.skipped,
    enrolled: found.enrolled,
    not_enrolled: found.notEnrolled,
    codes: found.codes,
    enrollment_codes: found.enrollmentCodes,
    reasons: reasonsIn(found),
    error: found.error,
    file_name: found.fileName,
    size: found.size,
    format: found.format,
    encoding: found.encoding,
    delimiter: found.delimiter,
    mapping: presentMapping(columns),
    overwrite: found.options.overwrite,
    sequence_id: found.options.joining?.sequenceId ?? null,
    user_id: found.userId,
    result_url: `${publicUrl}/api/v1/imports/${id}/rows`,
    created_at: stored(createdAt),
    finished_at: storedOrNull(found.finishedAt),
    undone_at: storedOrNull(found.undoneAt),
    undo_until: stored(undoUntil),
    warnings: importWarnings({ ...found, hasMark: found.markLength > 0 }),
  };
}

function reasonsIn({ codes, enrollmentCodes }: ImportRow) {
  const told = (counts: Record<string, number>, say: (code: string) => string | null) =>
    Object.entries(counts).map(([code, count]) => ({ code, count, sentence: say(code) }));
  const all = [...told(codes, importSentence), ...told(enrollmentCodes, enrollmentSentence)];
  return all.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function statusOf({ status, undoneAt, undoStatus }: ImportRow) {
  if (undoneAt) return "undone" as const;
  return undoStatus === "pending" || undoStatus === "running" ? ("undoing" as const) : status;
}

/** A column may bear any name, `__proto__` too. */
function presentMapping(columns: readonly MappedColumn[]) {
  const mapping: Record<string, string | null> = Object.create(null);
  for (const { name, field } of columns) mapping[name] = field;
  return mapping;
}

export function presentRow(row: RowOfImport, kind: ImportRow["kind"]) {
  const { difference } = row;
  return {
    row: row.row,
    verdict: row.verdict,
    code: row.code,
    sentence: importSentence(row.code),
    contact_id: kind === "contacts" ? row.recordId : null,
    account_id: kind === "accounts" ? row.recordId : null,
    opportunity_id: kind === "opportunities" ? row.recordId : null,
    person_id: kind === "people" ? row.recordId : null,
    organization_id: kind === "organizations" ? row.recordId : null,
    name: row.name,
    same_as_row: row.sameAs,
    enrollment: row.enrollment,
    enrollment_code: row.enrollmentCode,
    enrollment_sentence: enrollmentSentence(row.enrollmentCode),
    before: difference && onWire(difference.before),
    after: difference && onWire(difference.after),
    left_out: row.leftOut ?? {},
    undone: row.undone,
  };
}

export function presentRehearsedRow(row: ImportRowOutcome, kind: ImportRow["kind"], name: string | null) {
  const isThere = row.verdict !== "created" && row.verdict !== "skipped";
  // The id of what a dry run makes means nothing once it is rolled back.
  return presentRow({ ...row, recordId: isThere ? row.recordId : null, name, undone: null }, kind);
}

const UNSAID = new Set(["prospectScore", "stageUpdatedAt", "companyDomain", "freeDomain"]);

export function onWire(facts: Readonly<Record<string, unknown>>) {
  const said = Object.entries(facts).flatMap(([key, value]): [string, unknown][] =>
    UNSAID.has(key) ? [] : [[wireWord(key), value]],
  );
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function wireWord(key: string) {
  if (key.startsWith("field ")) return `typed_custom_fields.${key.slice(6)}`;
  return WORDS[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const WORDS: Record<string, string> = {
  emails: "contact_emails",
  phones: "phone_numbers",
  lists: "label_names",
  stageId: "opportunity_stage_id",
  closesOn: "closed_date",
  closedOn: "actual_close_date",
  nextStepOn: "next_step_date",
  currency: "currency_code",
  probability: "deal_probability",
  roles: "opportunity_contact_roles",
};

type ShownColumn = MappedColumn & {
  foundBy: string | null;
  sharesWith: string | null;
  isAsked: boolean;
  samples: string[];
  type: string;
};
type Shown = { columns: ShownColumn[] };

export function presentImportPreview(
  kind: ImportRow["kind"],
  { size, isPart }: { size: number; isPart: boolean },
  inspected: Pick<ImportRow, "format" | "encoding" | "markLength" | "delimiter" | "total">,
  shown: Shown & {
    rows: { row: number; cells: string[]; code: string | null }[];
    fields: { field: string; label: string; isCustom: boolean }[];
  },
) {
  const { format, encoding, markLength, delimiter } = inspected;
  const total = isPart ? null : inspected.total;
  return {
    kind,
    format,
    encoding,
    has_mark: markLength > 0,
    delimiter,
    size,
    total,
    mapping: presentMapping(shown.columns),
    columns: shown.columns.map(({ name, samples, field, foundBy, sharesWith, isAsked, type }) => ({
      name,
      samples,
      field,
      found_by: foundBy as "name" | "content" | "mapping" | null,
      shares_with: sharesWith,
      must_be_mapped: isAsked,
      suggested_type: type as "string" | "textarea" | "number" | "date" | "boolean",
    })),
    rows: shown.rows.map(({ row, cells, code }) => ({ row, cells, code, sentence: importSentence(code) })),
    fields: shown.fields.map(({ field, label, isCustom }) => ({ field, label, is_custom: isCustom })),
    warnings: importWarnings({ encoding, hasMark: markLength > 0, total, columns: shown.columns }),
  };
}
