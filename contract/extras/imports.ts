// Files of contacts, companies and people that are brought in: looked at first, then done by the engine, told row by row, undone.

import { z } from "zod";
import { joining } from "../apollo/joining.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { entityProgressJob } from "./progress.ts";
import { promise } from "./promises.ts";

export const importKinds = z.enum(["contacts", "accounts", "people", "organizations"]);
export const importVerdicts = z.enum(["created", "updated", "unchanged", "skipped"]);
const formats = z.enum(["csv", "json_lines"]);
const encodings = z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]);
const delimiters = z.enum([",", ";", "\t", "|", ":"]);

/** As the call that adds contacts to a sequence takes it, without saying whom. */
const addToSequence = joining.addContacts.input.omit({
  contact_ids: true,
  label_names: true,
  contact_filter: true,
  emailer_campaign_id: true,
  async: true,
});

const options = {
  kind: importKinds.default("contacts"),
  mapping: fields
    .freeForm(z.string().max(200).nullable(), z.string().max(300))
    .optional()
    .describe(
      "By column: a field, `typed_custom_fields.<id>`, `typed_custom_fields.new.<type>` to make one, or null to leave it out; " +
        "a column that is not named is guessed",
    ),
  label_names: z.array(fields.text(200)).max(20).optional().describe("Lists for every record of the file"),
  contact_stage_id: fields.id.nullish().describe("For contacts that the row names no stage for"),
  account_stage_id: fields.id.nullish(),
  owner_id: fields.id.nullish(),
  overwrite: z
    .enum(["never", "fill", "replace"])
    .default("fill")
    .describe(
      "Of records that are there: nothing is changed, blanks are filled, or what the file says counts",
    ),
  create_accounts: fields.flag
    .default(true)
    .describe("Makes the companies that contacts name and nobody knows"),
  add_to_sequence: addToSequence
    .nullish()
    .describe("The body of add_contact_ids without contacts, and with the sequence as id"),
  source: fields
    .sized(50)
    .regex(/^[a-z][a-z0-9_-]{0,49}$/, "must be a word in lower case")
    .refine((word) => word !== "sample", "belongs to those who are made up")
    .optional()
    .describe(
      "Of people and organizations: who says all this. By a source's own ids its records are known again; `import` unless said",
    ),
  format: formats.optional().describe("Where the guess is wrong"),
  encoding: encodings.optional().describe("Where the guess is wrong"),
  delimiter: delimiters.optional().describe("Where the guess is wrong"),
};

/** What only other kinds are asked. */
const { account_stage_id: _, source: __, ...ofContacts } = options;

const source = {
  file: z
    .any()
    .refine(isUpload, "must be a file of a form")
    .meta({ type: "string", format: "binary" })
    .optional()
    .describe("CSV, or JSON with one object to a line, in a form (multipart/form-data), up to 512 MB"),
  text: z.string().max(10_485_760).optional().describe("The same as text"),
  file_name: fields.text(500).optional(),
};

/** A file that the server has taken in; nothing that JSON can say looks so. */
function isUpload(value: unknown) {
  return (
    typeof value === "object" && value !== null && "pieces" in value && typeof value.pieces === "function"
  );
}

const counts = {
  total: z.int().describe("Rows of the file, without the header and blank lines"),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  enrolled: z.int(),
  not_enrolled: z.int(),
};

const says = z.record(z.string(), z.unknown());

const importRow = z.strictObject({
  row: z.int().describe("As spreadsheets count: the header is 1. Of JSON lines, the line"),
  verdict: importVerdicts,
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  contact_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  person_id: fields.id.nullable(),
  organization_id: fields.id.nullable(),
  name: z
    .string()
    .nullable()
    .describe("As it is called now; in a dry run as it would be, or as the file calls who comes to nothing"),
  same_as_row: z.int().nullable().describe("An earlier row about the same record"),
  enrollment: z.enum(["enrolled", "not_enrolled"]).nullable(),
  enrollment_code: z.string().nullable(),
  enrollment_sentence: z.string().nullable(),
  before: says.nullable().describe("What was changed, as it was"),
  after: says.nullable(),
  left_out: z
    .record(z.string(), z.string())
    .describe("Fields whose value could not be used, with the reason"),
  undone: z.string().nullable().describe("After undo: undone, or why this row was left alone"),
});

export const importRecord = z.strictObject({
  id: fields.id,
  kind: importKinds,
  status: z.enum(["pending", "running", "done", "failed", "cancelled", "undoing", "undone"]),
  ...counts,
  codes: z.record(z.string(), z.int()).describe("How many rows ended with which code"),
  enrollment_codes: z.record(z.string(), z.int()),
  reasons: z
    .array(z.strictObject({ code: z.string(), count: z.int(), sentence: z.string().nullable() }))
    .describe("The same codes in words, of rows and of joining, most first: why nobody was added"),
  error: z.string().nullable(),
  file_name: z.string().nullable(),
  size: z.int().describe("In bytes"),
  format: formats,
  encoding: encodings,
  delimiter: delimiters.nullable().describe("null of JSON lines"),
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

const job = entityProgressJob;

export const imports = {
  create: endpoint({
    method: "POST",
    path: "/imports",
    scope: "imports/create",
    access: "scoped",
    effect: "write",
    wrapper: "options",
    takesUpload: "file",
    summary: "Brings a file in, and says of every row what became of it",
    description:
      "A CSV, or JSON with one object to a line, of the team's contacts and companies (`contacts`, `accounts`), or of people and " +
      "companies for the store that prospects are found in (`people`, `organizations`). As a form with the part `file`, and `options` as JSON text; or as JSON with `text`. The engine does the work; a dry run does " +
      "the first 5,000 rows and shows them.",
    input: z.object({ ...options, ...source }),
    output: z.strictObject({
      import: importRecord,
      entity_progress_job: job,
      rows: z.array(importRow).optional().describe("Of a dry run: the first thousand"),
      num_tried: z.int().optional().describe("Of a dry run"),
      at_least: z.boolean().optional().describe("Of a dry run: whether there are more rows than were tried"),
    }),
  }),

  promise: endpoint({
    method: "POST",
    path: "/imports/promise",
    scope: "imports/promise",
    access: "scoped",
    effect: "write",
    wrapper: "options",
    takesUpload: "file",
    summary: "Promises when everybody of a file begins who would be brought in and added to a sequence",
    description:
      "The body is that of the import, with add_to_sequence. Its first 5,000 rows are brought in and taken back, and the engine is run " +
      "forward over the team as it stood with them: in the time zones, of the companies and with the scores that the rows give them. Name " +
      "the promise's id as add_to_sequence[promise_id] of the import, and it is kept with it, to be laid over what happens.",
    input: z.object({
      ...ofContacts,
      ...{ kind: z.literal("contacts").default("contacts"), ...source },
      add_to_sequence: addToSequence.omit({ promise_id: true }),
    }),
    output: z.strictObject({ promise }),
  }),

  preview: endpoint({
    method: "POST",
    path: "/imports/preview",
    scope: "imports/preview",
    access: "scoped",
    effect: "read",
    wrapper: "options",
    takesUpload: "file",
    summary: "Shows the first rows of a file, how it is read, and which column would become which field",
    input: z.object({
      kind: options.kind,
      mapping: options.mapping,
      format: options.format,
      encoding: options.encoding,
      delimiter: options.delimiter,
      ...source,
      is_part: fields.flag.default(false).describe("The file is cut off: only its beginning was sent"),
    }),
    output: z.strictObject({
      preview: z.strictObject({
        kind: importKinds,
        format: formats,
        encoding: encodings,
        has_mark: z.boolean().describe("Whether the file begins with a byte order mark"),
        delimiter: delimiters.nullable(),
        size: z.int(),
        total: z.int().nullable().describe("null where only a part was sent"),
        mapping: z.record(z.string(), z.string().nullable()),
        columns: z.array(
          z.strictObject({
            name: z.string(),
            samples: z.array(z.string()),
            field: z.string().nullable(),
            found_by: z.enum(["name", "content", "mapping"]).nullable(),
            shares_with: z
              .string()
              .nullable()
              .describe(
                "Of a field that is to be made: the field that bears this name already, or an earlier column of it; both become one",
              ),
            must_be_mapped: z
              .boolean()
              .describe(
                "The column reads like an opt-out and goes nowhere: the import is refused until `mapping` says where it goes, or null",
              ),
            suggested_type: z.enum(["string", "textarea", "number", "date", "boolean"]),
          }),
        ),
        rows: z.array(
          z.strictObject({
            row: z.int(),
            cells: z.array(z.string()),
            code: z.string().nullable().describe("Why it would be skipped"),
            sentence: z.string().nullable(),
          }),
        ),
        fields: z.array(z.strictObject({ field: z.string(), label: z.string(), is_custom: z.boolean() })),
        warnings: z.array(z.string()),
      }),
    }),
  }),

  list: endpoint({
    method: "GET",
    path: "/imports",
    scope: "imports/index",
    access: "scoped",
    effect: "read",
    summary: "Lists imports, newest first",
    input: z.object({ kind: importKinds.optional(), ...fields.paging }),
    output: z.strictObject({ imports: z.array(importRecord), pagination: fields.pagination }),
  }),

  get: endpoint({
    method: "GET",
    path: "/imports/{id}",
    scope: "imports/show",
    access: "scoped",
    effect: "read",
    summary: "How far an import is, and how many rows ended how",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ import: importRecord, entity_progress_job: job }),
  }),

  rows: endpoint({
    method: "GET",
    path: "/imports/{id}/rows",
    scope: "imports/rows",
    access: "scoped",
    effect: "read",
    summary: "What became of each row of an import, kept for 90 days",
    description: "With `Accept: text/csv` the same as a file, all rows at once.",
    alsoCsv: true,
    input: z.object({
      id: fields.id,
      verdict: importVerdicts.optional(),
      code: fields.text(100).optional(),
      enrollment: z.enum(["enrolled", "not_enrolled"]).optional(),
      after_row: fields.whole(0).optional().describe("Goes on behind this row, in place of a page"),
      ...fields.paging,
    }),
    output: z.strictObject({ rows: z.array(importRow), pagination: fields.pagination }),
  }),

  undo: endpoint({
    method: "POST",
    path: "/imports/{id}/undo",
    scope: "imports/undo",
    access: "scoped",
    effect: "write",
    summary: "Takes an import back: what it made goes, what it changed is as before",
    description:
      "Whatever somebody has used or changed since is left alone, and its row says why. The engine does the work.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ import: importRecord, entity_progress_job: job }),
  }),
};
