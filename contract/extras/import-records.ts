import { z } from "zod";
import * as fields from "../fields.ts";

export const importKinds = z.enum(["contacts", "accounts", "opportunities", "people", "organizations"]);
export const importVerdicts = z.enum(["created", "updated", "unchanged", "skipped"]);
export const formats = z.enum(["csv", "json_lines"]);
export const encodings = z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]);
export const delimiters = z.enum([",", ";", "\t", "|", ":"]);

const counts = {
  total: z.int().describe("Rows in the file, without header and empty lines"),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  enrolled: z.int(),
  not_enrolled: z.int(),
};

const says = z.record(z.string(), z.unknown());

export const importRow = z.strictObject({
  row: z.int().describe("Row number as in a spreadsheet: the header is 1. For JSON lines, the line number"),
  verdict: importVerdicts,
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  contact_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  opportunity_id: fields.id.nullable(),
  person_id: fields.id.nullable(),
  organization_id: fields.id.nullable(),
  name: z
    .string()
    .nullable()
    .describe(
      "The record's current name; in a dry run its future name; for skipped rows the name in the file",
    ),
  same_as_row: z.int().nullable().describe("An earlier row about the same record"),
  enrollment: z.enum(["enrolled", "not_enrolled"]).nullable(),
  enrollment_code: z.string().nullable(),
  enrollment_sentence: z.string().nullable(),
  before: says.nullable().describe("Changed values before the import"),
  after: says.nullable(),
  left_out: z
    .record(z.string(), z.string())
    .describe("Fields whose value could not be used, with the reason"),
  undone: z.string().nullable().describe("After undo: `undone`, or why this row stayed"),
});

export const importRecord = z.strictObject({
  id: fields.id,
  kind: importKinds,
  status: z.enum(["pending", "running", "done", "failed", "cancelled", "undoing", "undone"]),
  ...counts,
  codes: z.record(z.string(), z.int()).describe("Number of rows per code"),
  enrollment_codes: z.record(z.string(), z.int()),
  reasons: z
    .array(z.strictObject({ code: z.string(), count: z.int(), sentence: z.string().nullable() }))
    .describe("The same codes in sentences, for rows and for adding to the sequence; highest count first"),
  error: z.string().nullable(),
  file_name: z.string().nullable(),
  size: z.int().describe("Size in bytes"),
  format: formats,
  encoding: encodings,
  delimiter: delimiters.nullable().describe("null for JSON lines"),
  mapping: z.record(z.string(), z.string().nullable()),
  overwrite: z.enum(["never", "fill", "replace"]),
  sequence_id: fields.id.nullable(),
  user_id: fields.id,
  result_url: z.string(),
  created_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
  undone_at: fields.stamp.nullable(),
  undo_until: fields.stamp,
  warnings: z.array(z.string()),
});
