// How promising a contact is: the team's own formula, and what another one would come to.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const field = z.enum([
  "title",
  "seniority",
  "email_status",
  "phone",
  "linkedin_url",
  "time_zone",
  "contact_stage",
  "owner",
  "city",
  "state",
  "country",
  "source",
  "lists",
  "created",
  "job_change",
  "contact_field",
  "account",
  "industry",
  "head_count",
  "annual_revenue",
  "founded_year",
  "company_country",
  "account_stage",
  "account_lists",
  "technologies",
  "account_field",
  "opened",
  "clicked",
  "replied",
  "reply_classes",
  "last_touch",
]);

const operator = z.enum([
  "is_known",
  "is_unknown",
  "is_any_of",
  "is_none_of",
  "has_any_of",
  "has_none_of",
  "at_least",
  "at_most",
  "within_days",
  "not_within_days",
  "is_true",
  "is_false",
  "is_after",
  "is_before",
]);

const signalInput = z.object({
  field,
  custom_field_id: fields.id
    .nullish()
    .describe("For contact_field and account_field: which of the team's own"),
  operator,
  value: z
    .union([z.number().min(-1e15).max(1e15), z.string().max(200), z.array(z.string().max(200)).max(100)])
    .nullish()
    .describe("Words, choices or ids as a list; a number; a number of days; a day as 2026-03-01; nothing"),
  weight: z.int().min(-100).max(100).describe("The points it gives, or takes away"),
  name: z.string().trim().max(80).nullish().describe("What people call it"),
});

const formulaInput = {
  signals: z.array(signalInput).max(25),
  out_of: z
    .int()
    .min(1)
    .max(2500)
    .nullish()
    .describe("So many points are a score of 100; without it, all that can be earned"),
  marks: z
    .array(z.int().min(1).max(100))
    .max(5)
    .optional()
    .describe("Scores whose crossing is an event, contact.score_crossed"),
};

const signal = z.strictObject({
  field,
  custom_field_id: fields.id.nullable(),
  operator,
  value: z.union([z.number(), z.string(), z.array(z.string())]).nullable(),
  weight: z.int(),
  name: z.string().nullable(),
  says: z.string().describe("What it asks, in words"),
});

const formula = z.strictObject({
  signals: z.array(signal),
  out_of: z.int(),
  marks: z.array(z.int()),
  is_default: z.boolean().describe("The one that every team begins with"),
  version: fields.id.nullable(),
  changed_at: fields.stamp.nullable(),
  changed_by_user_id: fields.id.nullable(),
});

const lookedAt = z.strictObject({
  field,
  custom_field_id: fields.id.nullable(),
  of: z.enum(["contact", "company", "activity"]),
  name: z.string(),
  operators: z.array(operator),
  choices: z
    .array(z.strictObject({ value: z.string(), name: z.string() }))
    .nullable()
    .describe("The values there are, where they are few"),
  ids_of: z
    .enum(["labels", "account_labels", "contact_stages", "account_stages", "users"])
    .nullable()
    .describe("The values are ids of these"),
});

const written = z.strictObject({
  score_formula: formula,
  job_id: fields.id.nullable().describe("The work that scores everybody anew; null where there is nobody"),
});

const part = z.strictObject({
  code: z.string(),
  signal: z.int().nullable(),
  points: z.int(),
  says: z.string(),
  seen: z.string().nullable(),
});

export const scoreFormula = {
  show: endpoint({
    method: "GET",
    path: "/score_formula",
    scope: "score_formula/show",
    access: "scoped",
    effect: "read",
    summary: "The formula of the team's scores, and what a formula may look at",
    input: z.object({}),
    output: z.strictObject({ score_formula: formula, fields: z.array(lookedAt) }),
  }),

  replace: endpoint({
    method: "PUT",
    path: "/score_formula",
    scope: "score_formula/replace",
    access: "admin",
    effect: "write",
    summary: "Replaces the formula; everybody is scored anew in the background",
    description:
      "A score is the points of the signals that apply, scaled to 100. Whoever must not be contacted has 0. New and " +
      "changed contacts are scored by the new formula at once, the others page by page.",
    input: z.object(formulaInput),
    output: written,
  }),

  reset: endpoint({
    method: "DELETE",
    path: "/score_formula",
    scope: "score_formula/reset",
    access: "admin",
    effect: "write",
    summary: "Goes back to the formula that every team begins with",
    input: z.object({}),
    output: written,
  }),

  preview: endpoint({
    method: "POST",
    path: "/score_formula/preview",
    scope: "score_formula/preview",
    access: "scoped",
    effect: "read",
    summary: "What another formula would come to, with nothing written",
    input: z.object({
      ...formulaInput,
      contact_ids: z
        .array(fields.id)
        .max(10)
        .optional()
        .describe("Whose scores to show, beside those that move most"),
    }),
    output: z.strictObject({
      counted: z.int().describe("All contacts, or the 10,000 newest"),
      out_of: z.int(),
      before: z.array(z.int()).describe("How many score 0 to 9, 10 to 19 … 90 to 100, as they are stored"),
      after: z.array(z.int()),
      contacts: z.array(
        z.strictObject({
          id: fields.id,
          name: z.string().nullable(),
          title: z.string().nullable(),
          before: z.int(),
          after: z.int(),
          parts: z.array(part),
        }),
      ),
    }),
  }),
};
