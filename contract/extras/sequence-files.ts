// Sequences as files in git: exported, planned and applied. Apollo has no such calls.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

/** How much one call takes. */
export const MOST_FILES = 2000;
export const LONGEST_FILE = 1_000_000;

const file = z.object({
  path: fields.sized(300).describe("Such as `sequences/intro/sequence.yaml`"),
  text: fields.sized(LONGEST_FILE),
});

const fileOut = z.strictObject({ path: z.string(), text: z.string() });

export const fileChange = z.strictObject({
  where: z.string().describe("Such as `step 2, variant 1`; empty: the record itself"),
  what: z.string().describe("Such as `subject`, `step added`"),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const planned = z.strictObject({
  kind: z.enum(["field", "schedule", "ruleset", "template", "sequence"]),
  key: z.string(),
  id: fields.id.describe("In a dry run the id of a new record is not kept"),
  name: z.string(),
  path: z.string(),
  verdict: z
    .enum(["create", "update", "unchanged", "held"])
    .describe("`held`: left alone, because it was edited in the app since the last apply"),
  held_because: z
    .enum(["edited_in_app", "never_applied"])
    .nullable()
    .describe("`never_applied`: a record of this key or name exists that no file has written yet"),
  changes: z.array(fileChange),
  drift: z.array(fileChange).describe("What was edited in the app since the last apply"),
  contacts: z
    .strictObject({
      in_sequence: z.int().describe("Active and paused contacts in the version that new contacts join"),
      keep_version: z.int().describe("Those who go on with the steps as they were"),
      move: z.int().describe("Those who get the new steps"),
      by_step: z.array(z.strictObject({ step: z.int(), contacts: z.int() })),
    })
    .nullable()
    .describe("Only for sequences"),
});

const finding = z.strictObject({
  file: z.string(),
  line: z.int(),
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  sentence: z.string(),
});

const preview = z.strictObject({
  key: z.string(),
  step: z.int(),
  variant: z.int(),
  subject: z.string(),
  body_text: z.string(),
  body_html: z.string(),
});

export const sequenceFiles = {
  exportFiles: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/export",
    scope: "emailer_campaigns/export",
    access: "scoped",
    effect: "read",
    summary: "Export a sequence as files",
    description:
      "With the schedule, the ruleset, the templates and the custom fields that it uses. Contacts, numbers, owner and whether it is active are not part of the files.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ key: z.string(), files: z.array(fileOut) }),
  }),

  appliedFile: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/file",
    scope: "emailer_campaigns/file",
    access: "scoped",
    effect: "read",
    summary: "Show which file a sequence comes from",
    description: "With what was edited in the app since the last apply.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      applied: z
        .strictObject({ key: z.string(), applied_at: fields.stamp, drift: z.array(fileChange) })
        .nullable()
        .describe("null: no file has written it"),
    }),
  }),

  importFiles: endpoint({
    method: "POST",
    path: "/emailer_campaigns/import",
    scope: "emailer_campaigns/import",
    dryRunScope: {
      scope: "emailer_campaigns/plan",
      summary: "Plan and check sequences from files, without applying them",
    },
    access: "scoped",
    effect: "write",
    summary: "Apply sequences from files",
    description:
      "Send `Dry-Run: true` for the plan alone; a key with the scope `emailer_campaigns/plan` can do that and nothing else. Records are found by key, so a second call with the same files changes nothing. New sequences are inactive. What was edited in the app since the last apply is left alone unless `overwrite` is true.",
    input: z.object({
      files: z.array(file).min(1).max(MOST_FILES),
      move: fields.flag
        .default(false)
        .describe("Contacts in a sequence get the new steps. Otherwise they keep the steps as they were"),
      overwrite: fields.flag
        .default(false)
        .describe("Also writes what was edited in the app, or never written by a file"),
      check_label_id: fields.id
        .optional()
        .describe("A list of contacts: findings also name values that its first 1,000 contacts lack"),
      preview_contact_id: fields.id
        .optional()
        .describe(
          "The answer of a dry run shows every email as this contact would get it. Needs `contacts/show` too",
        ),
    }),
    output: z.strictObject({
      plan: z.array(planned),
      has_changes: z.boolean(),
      held: z.int(),
      findings: z.array(finding),
      previews: z.array(preview).optional().describe("Only in a dry run"),
    }),
  }),
};
