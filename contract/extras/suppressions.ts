// Addresses, domains and patterns nobody of the team mails.

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
    summary: "Lists what is barred, newest first",
    description: "With `Accept: text/csv`, all of it as a file that can be imported elsewhere.",
    alsoCsv: true,
    input: z.object({
      ...fields.paging,
      kind: kind.optional(),
      q_keywords: fields.text(254).optional().describe("Part of the value"),
    }),
    output: z.strictObject({ suppressions: z.array(suppression), pagination: fields.pagination }),
  }),

  create: endpoint({
    method: "POST",
    path: "/suppressions",
    scope: "suppressions/create",
    access: "scoped",
    effect: "write",
    summary: "Bars an address, a domain with its subdomains, or a pattern with `*`",
    description: "What is barred already is answered as it is.",
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
    summary: "Lifts a bar",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  import: endpoint({
    method: "POST",
    path: "/suppressions/import",
    scope: "suppressions/import",
    access: "scoped",
    effect: "write",
    summary: "Bars a list: one address, domain or pattern per line, or CSV",
    takesFile: "text",
    description:
      "A first line with column names (`value`, `email`, `domain`, `kind`, `reason`) says what stands where; without " +
      "one, the first column is the value and the second the reason. Lines that cannot be read are told and skipped. The list " +
      "may also be sent as a file: `Content-Type: text/csv`, or with a form (`multipart/form-data`).",
    input: z.object({
      text: fields.text(5_000_000),
      kind: kind.optional().describe("Of every line; otherwise each line's looks tell"),
      reason: fields.text(1000).nullish().describe("Where a line names none"),
    }),
    output: z.strictObject({
      total: z.int(),
      created: z.int(),
      existing: z.int(),
      invalid: z.int(),
      errors: z
        .array(z.strictObject({ row: z.int(), value: z.string(), error: z.string() }))
        .describe("The first hundred"),
    }),
  }),
};
