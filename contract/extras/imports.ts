// Files of contacts, companies and people that are brought in: looked at first, then done by the engine, told row by row, undone.

import { z } from "zod";
import { firstEmailSurges } from "../apollo/joined.ts";
import { joining } from "../apollo/joining.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import {
  delimiters,
  encodings,
  formats,
  importKinds,
  importRecord,
  importRow,
  importVerdicts,
} from "./import-records.ts";
import { entityProgressJob } from "./progress.ts";
import { promise } from "./promises.ts";

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
      "By column: a field, `typed_custom_fields.<id>`, `typed_custom_fields.new.<type>` to create one, or null to ignore the column. Columns you leave out are matched automatically",
    ),
  label_names: z.array(fields.text(200)).max(20).optional().describe("Lists to add every record to"),
  contact_stage_id: fields.id.nullish().describe("Stage for contacts whose row has none"),
  account_stage_id: fields.id.nullish(),
  owner_id: fields.id.nullish(),
  overwrite: z
    .enum(["never", "fill", "replace"])
    .default("fill")
    .describe(
      "For existing records: `never` changes nothing, `fill` fills empty fields, `replace` uses the file's values",
    ),
  create_accounts: fields.flag
    .default(true)
    .describe("Create companies that contacts or deals name and that do not exist yet"),
  add_to_sequence: addToSequence
    .nullish()
    .describe("Body of add_contact_ids without contacts, with the sequence as `emailer_campaign_id`"),
  source: fields
    .sized(50)
    .regex(/^[a-z][a-z0-9_-]{0,49}$/, "must be a word in lower case")
    .refine((word) => word !== "sample", "is reserved for invented sample records")
    .optional()
    .describe(
      "For people and organizations: the data source. Records with the same source ids are updated; default: `import`",
    ),
  format: formats.optional().describe("Set it if detection is wrong"),
  encoding: encodings.optional().describe("Set it if detection is wrong"),
  delimiter: delimiters.optional().describe("Set it if detection is wrong"),
};

/** What only other kinds are asked. */
const { account_stage_id: _, source: __, ...ofContacts } = options;

const source = {
  file: z
    .any()
    .refine(isUpload, "must be a file of a form")
    .meta({ type: "string", format: "binary" })
    .optional()
    .describe("CSV, or JSON with one object per line, as a form (multipart/form-data), up to 512 MB"),
  text: z.string().max(10_485_760).optional().describe("The file's content as text, up to 10 MB"),
  file_name: fields.text(500).optional(),
};

/** A file that the server has taken in; nothing that JSON can say looks so. */
function isUpload(value: unknown) {
  return (
    typeof value === "object" && value !== null && "pieces" in value && typeof value.pieces === "function"
  );
}

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
    summary: "Import a file",
    description:
      "CSV, or JSON with one object per line. Imports contacts, companies and deals (`contacts`, `accounts`, `opportunities`), or records for the people database (`people`, `organizations`). Send a form with the part `file` and `options` as JSON text, or JSON with `text`. Runs in the background. A dry run tries the first 5,000 rows and shows them.",
    input: z.object({ ...options, ...source }),
    output: z.strictObject({
      import: importRecord,
      entity_progress_job: job,
      rows: z.array(importRow).optional().describe("Dry run only: the first 1,000 rows"),
      num_tried: z.int().optional().describe("Dry run only: number of rows tried"),
      at_least: z
        .boolean()
        .optional()
        .describe("Dry run only: true if the file has more rows than were tried"),
      first_email_surges: firstEmailSurges.optional(),
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
    summary: "Predict when the contacts of a file start in a sequence",
    description:
      "Send the body of the import with add_to_sequence. The first 5,000 rows are imported and rolled back, and the sending rules run forward with them. To compare later, send the prediction's id as add_to_sequence[promise_id] of the import.",
    input: z.object({
      ...ofContacts,
      kind: z.literal("contacts").default("contacts"),
      ...source,
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
    summary: "Preview a file",
    description: "Shows the first rows, how the file is read, and which column becomes which field.",
    input: z.object({
      kind: options.kind,
      mapping: options.mapping,
      format: options.format,
      encoding: options.encoding,
      delimiter: options.delimiter,
      ...source,
      is_part: fields.flag.default(false).describe("True if you sent only the beginning of the file"),
    }),
    output: z.strictObject({
      preview: z.strictObject({
        kind: importKinds,
        format: formats,
        encoding: encodings,
        has_mark: z.boolean().describe("True if the file starts with a byte order mark"),
        delimiter: delimiters.nullable(),
        size: z.int(),
        total: z.int().nullable().describe("null if only a part was sent"),
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
                "For a new field: the existing field or earlier column with the same name; both use one field",
              ),
            must_be_mapped: z
              .boolean()
              .describe(
                "The column looks like an opt-out and has no field. The import is refused until `mapping` sets a field or null",
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
    summary: "List imports",
    description: "Newest first.",
    input: z.object({ kind: importKinds.optional(), ...fields.paging }),
    output: z.strictObject({ imports: z.array(importRecord), pagination: fields.pagination }),
  }),

  get: endpoint({
    method: "GET",
    path: "/imports/{id}",
    scope: "imports/show",
    access: "scoped",
    effect: "read",
    summary: "Show the progress and results of an import",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ import: importRecord, entity_progress_job: job }),
  }),

  rows: endpoint({
    method: "GET",
    path: "/imports/{id}/rows",
    scope: "imports/rows",
    access: "scoped",
    effect: "read",
    summary: "List the rows of an import and their results",
    description: "Kept for 90 days. With `Accept: text/csv` you get all rows as a file.",
    alsoCsv: true,
    input: z.object({
      id: fields.id,
      verdict: importVerdicts.optional(),
      code: fields.text(100).optional(),
      enrollment: z.enum(["enrolled", "not_enrolled"]).optional(),
      after_row: fields.whole(0).optional().describe("Continue after this row, instead of `page`"),
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
    summary: "Undo an import",
    description:
      "Deletes the records it created and restores the values it changed. Records used or changed since stay, with the reason. Runs in the background.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ import: importRecord, entity_progress_job: job }),
  }),
};
