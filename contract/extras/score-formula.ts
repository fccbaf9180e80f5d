// How promising a contact is: the team's own formula, and what another one would come to.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

export const field = z.enum([
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
    .describe("Id of the custom field, for `contact_field` and `account_field`"),
  operator,
  value: z
    .union([z.number().min(-1e15).max(1e15), z.string().max(200), z.array(z.string().max(200)).max(100)])
    .nullish()
    .describe(
      "A list of words, choices or ids; a number; a number of days; a day such as 2026-03-01; or nothing",
    ),
  weight: z.int().min(-100).max(100).describe("Points to add or subtract"),
  name: z.string().trim().max(80).nullish().describe("Display name"),
});

const formulaInput = {
  signals: z.array(signalInput).max(25),
  out_of: z
    .int()
    .min(1)
    .max(2500)
    .nullish()
    .describe("Points that make a score of 100; default: the most points possible"),
  marks: z
    .array(z.int().min(1).max(100))
    .max(5)
    .optional()
    .describe("Scores that create the event `contact.score_crossed` when crossed"),
};

const signal = z.strictObject({
  field,
  custom_field_id: fields.id.nullable(),
  operator,
  value: z.union([z.number(), z.string(), z.array(z.string())]).nullable(),
  weight: z.int(),
  name: z.string().nullable(),
  says: z.string().describe("The condition in words"),
});

export const formula = z.strictObject({
  signals: z.array(signal),
  out_of: z.int(),
  marks: z.array(z.int()),
  is_default: z.boolean().describe("True for the formula every team starts with"),
  version: fields.id.nullable(),
  changed_at: fields.stamp.nullable(),
  changed_by_user_id: fields.id.nullable(),
  etag: etag(),
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
    .describe("All possible values, if there are few"),
  ids_of: z
    .enum(["labels", "account_labels", "contact_stages", "account_stages", "users"])
    .nullable()
    .describe("The kind of ids used as values"),
});

const written = z.strictObject({
  score_formula: formula,
  job_id: fields.id.nullable().describe("The job that updates all scores; null if there are no contacts"),
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
    summary: "Show the score formula and the fields it may use",
    input: z.object({}),
    output: z.strictObject({ score_formula: formula, fields: z.array(lookedAt) }),
  }),

  replace: endpoint({
    method: "PUT",
    path: "/score_formula",
    scope: "score_formula/replace",
    access: "admin",
    effect: "write",
    summary: "Replace the score formula",
    description:
      "A score is the sum of points of all matching signals, scaled to 100. Contacts marked as do not contact score 0. New and changed contacts get the new score at once, all others in the background.",
    ifMatch: { record: formula },
    input: z.object(formulaInput),
    output: written,
  }),

  reset: endpoint({
    method: "DELETE",
    path: "/score_formula",
    scope: "score_formula/reset",
    access: "admin",
    effect: "write",
    summary: "Reset the score formula to the default",
    input: z.object({}),
    output: written,
  }),

  preview: endpoint({
    method: "POST",
    path: "/score_formula/preview",
    scope: "score_formula/preview",
    access: "scoped",
    effect: "read",
    summary: "Preview another score formula",
    description: "Saves nothing.",
    input: z.object({
      ...formulaInput,
      contact_ids: z
        .array(fields.id)
        .max(10)
        .optional()
        .describe("Contacts whose scores to show, in addition to the largest changes"),
    }),
    output: z.strictObject({
      counted: z.int().describe("All contacts, or the 10,000 newest"),
      out_of: z.int(),
      before: z
        .array(z.int())
        .describe("Contacts per range (0 to 9, 10 to 19, up to 90 to 100) with the current formula"),
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
