// Addresses, domains and patterns that the team never mails.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const kind = z.enum(["email", "domain", "pattern"]);

export const suppression = z.strictObject({
  id: fields.id,
  kind,
  value: z.string(),
  reason: z.string().nullable(),
  source: z.enum(["person", "import", "unsubscribe", "bounce", "complaint", "deletion"]),
  created_by_user_id: fields.id.nullable(),
  created_at: fields.stamp,
});

const one = z.strictObject({ suppression });

export const suppressions = {
  list: endpoint({
    method: "GET",
    path: "/suppressions",
    scope: "suppressions/index",
    access: "scoped",
    effect: "read",
    summary: "List the Do not email list",
    description: "Newest first. With `Accept: text/csv` you get everything as a file you can import.",
    alsoCsv: true,
    input: z.object({
      ...fields.paging,
      kind: kind.optional(),
      q_keywords: fields.text(254).optional().describe("Part of the address, domain or pattern"),
    }),
    output: z.strictObject({ suppressions: z.array(suppression), pagination: fields.pagination }),
  }),

  create: endpoint({
    method: "POST",
    path: "/suppressions",
    scope: "suppressions/create",
    access: "scoped",
    effect: "write",
    summary: "Add an entry to the Do not email list",
    description:
      "An email address, a domain with its subdomains, or a pattern with `*`. An entry that exists already is answered unchanged.",
    input: z.object({
      kind: kind.default("email"),
      value: fields.text(300),
      reason: fields.text(1000).nullish(),
    }),
    output: one,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/suppressions/{id}",
    scope: "suppressions/destroy",
    access: "scoped",
    effect: "write",
    summary: "Remove an entry from the Do not email list",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  import: endpoint({
    method: "POST",
    path: "/suppressions/import",
    scope: "suppressions/import",
    access: "scoped",
    effect: "write",
    summary: "Import entries into the Do not email list",
    takesFile: "text",
    description:
      "One address, domain or pattern per line, or CSV. A first line with column names (`value`, `email`, `domain`, `kind`, `reason`) is the header. Without a header, the first column is the value and the second the reason. Unreadable lines are reported and skipped. You may also send a file: `Content-Type: text/csv`, or a form (`multipart/form-data`).",
    input: z.object({
      text: fields.text(5_000_000),
      kind: kind.optional().describe("Kind of every line; default: detected per line"),
      reason: fields.text(1000).nullish().describe("Reason for lines without one"),
    }),
    output: z.strictObject({
      total: z.int(),
      created: z.int(),
      existing: z.int(),
      invalid: z.int(),
      errors: z
        .array(z.strictObject({ row: z.int(), value: z.string(), error: z.string() }))
        .describe("The first 100"),
    }),
  }),
};
