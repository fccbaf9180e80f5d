// Files of people and companies: looked at first, then brought in, and every row told.

import { type Client, Unreached, waitForJob } from "@cadenza/sdk";
import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const source = {
  text: z.string().max(5_000_000).describe("CSV whose first row names the columns, or JSON lines"),
  kind: z
    .enum(["contacts", "accounts", "opportunities", "people", "organizations"])
    .default("contacts")
    .describe("opportunities are deals; people and organizations import into the people database"),
  mapping: z
    .record(z.string().max(300), z.string().max(200).nullable())
    .optional()
    .describe(
      "By column: a field, typed_custom_fields.new.<type>, or null to ignore it. Other columns are matched automatically",
    ),
};

const COUNTS = [
  ...["id", "status", "total", "created", "updated", "unchanged", "skipped", "enrolled", "not_enrolled"],
  ...["reasons", "warnings", "mapping", "error", "undo_until"],
] as const;
const ROW = [
  ...[
    "row",
    "verdict",
    "code",
    "sentence",
    "contact_id",
    "account_id",
    "opportunity_id",
    "person_id",
    "organization_id",
    "same_as_row",
    "enrollment",
  ],
  ...["enrollment_sentence", "before", "after", "left_out"],
] as const;
const SHOWN = 50;

/** An agent's client gives up after a minute; the work goes on all the same, and get_job tells. */
async function waitAWhile(api: Client, id: string) {
  try {
    return await waitForJob(api, id, { timeoutMs: 40_000 });
  } catch (error) {
    if (error instanceof Unreached) return null;
    throw error;
  }
}

export const importing = [
  tool({
    name: "preview_import",
    title: "Preview a CSV import",
    description:
      "Shows how a CSV is read, which column becomes which field, and the first rows with their problems. Saves nothing.",
    calls: ["imports.preview"],
    reads: true,
    input: source,
    async run(api, { mapping, ...wish }) {
      return api.imports.preview({ ...wish, ...(mapping && { mapping }) });
    },
  }),
  tool({
    name: "import_csv",
    title: "Import a CSV",
    description:
      "Imports the rows of a CSV as contacts, companies or people, and reports the result of every row. Without confirm it only tries: show the counts to the user and ask before you confirm. With a sequence, the contacts are added to it and get emails. undo_import undoes it.",
    calls: ["imports.create", "imports.get", "imports.rows", "progress.get"],
    reads: false,
    isWeighty: true,
    input: {
      ...source,
      overwrite: z
        .enum(["never", "fill", "replace"])
        .default("fill")
        .describe("For existing records: never change, fill empty fields, or replace values"),
      list_names: z.array(z.string().max(200)).max(20).optional(),
      sequence_id: fields.id.optional(),
      mailbox_ids: z.array(fields.id).max(200).optional().describe("Several mailboxes rotate"),
      takes_unverified: z
        .boolean()
        .default(false)
        .describe("Also contacts whose email address the file marks as unverified"),
      confirm: z
        .boolean()
        .default(false)
        .describe("True imports the file; false only tries and saves nothing"),
    },
    async run(api, input) {
      const { mapping, list_names, sequence_id, mailbox_ids, takes_unverified, confirm, ...wish } = input;
      const asked = {
        ...wish,
        ...(mapping && { mapping }),
        ...(list_names && { label_names: list_names }),
        ...(sequence_id && {
          add_to_sequence: {
            id: sequence_id,
            send_email_from_email_account_id: mailbox_ids ?? [],
            sequence_unverified_email: takes_unverified,
          },
        }),
      };
      if (!confirm) {
        const tried = await api.imports.create(asked, { dryRun: true });
        const rows = (tried.rows ?? []).slice(0, SHOWN).map((row) => only(row, ROW));
        return { not_done_yet: true, import: only(tried.import, COUNTS), num_tried: tried.num_tried, rows };
      }
      const started = await api.imports.create(asked);
      await waitAWhile(api, started.entity_progress_job.id);
      const { id } = started.import;
      const [{ import: found }, { rows }] = await Promise.all([
        api.imports.get({ id }),
        api.imports.rows({ id, per_page: SHOWN }),
      ]);
      return { import: only(found, COUNTS), rows: rows.map((row) => only(row, ROW)) };
    },
  }),
  tool({
    name: "undo_import",
    title: "Undo an import",
    description:
      "Deletes the records an import created and restores the values it changed. Records changed since stay. The counts show how many.",
    calls: ["imports.undo", "imports.get", "progress.get"],
    reads: false,
    isWeighty: true,
    input: { import_id: fields.id },
    async run(api, { import_id }) {
      const started = await api.imports.undo({ id: import_id });
      const { id } = started.entity_progress_job;
      const job = (await waitAWhile(api, id)) ?? started.entity_progress_job;
      return { import_id, job_id: id, status: job.status, records: job.counts };
    },
  }),
];
