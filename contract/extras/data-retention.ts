// How long old data is kept. Deletion because of age is off until an admin turns it on.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kind = z.enum([
  "contacts",
  "email_texts",
  "reply_texts",
  "call_notes",
  "notes",
  "conversations",
  "dmarc_reports",
]);

export const retentionRule = z.strictObject({
  kind,
  keep_days: z.int().nullable().describe("null: kept until deleted by a user"),
  next_run_at: fields.stamp.nullable(),
  last_run_at: fields.stamp.nullable(),
  deleted_in_last_run: z.int(),
  deleted: z.int(),
});

const rules = z
  .array(z.object({ kind, keep_days: z.int().min(30).max(36_500).nullable() }))
  .max(20)
  .describe("Kinds you leave out stay the same");

export const dataRetention = {
  show: endpoint({
    method: "GET",
    path: "/data_retention",
    scope: "data_retention/show",
    access: "admin",
    effect: "read",
    summary: "Show how long data is kept",
    input: z.object({}),
    output: z.strictObject({ rules: z.array(retentionRule) }),
  }),

  update: endpoint({
    method: "PATCH",
    path: "/data_retention",
    scope: "data_retention/update",
    access: "admin",
    effect: "write",
    summary: "Change how long data is kept",
    description:
      "Older data is deleted once a day, and cannot be restored. A rule that deletes more than before begins 24 hours later. `contacts` deletes contacts without activity who are in no sequence, open deal or open task. Of emails, the text goes; subject and times stay.",
    input: z.object({ rules }),
    output: z.strictObject({ rules: z.array(retentionRule) }),
  }),

  preview: endpoint({
    method: "POST",
    path: "/data_retention/preview",
    scope: "data_retention/preview",
    access: "admin",
    effect: "read",
    summary: "Count what would be deleted now",
    input: z.object({ rules: rules.default([]).describe("Default: the team's rules") }),
    output: z.strictObject({
      counts: z.array(
        z.strictObject({
          kind,
          keep_days: z.int(),
          count: z.int().describe("At most 100,000"),
          oldest_at: fields.stamp.nullable(),
        }),
      ),
    }),
  }),
};
