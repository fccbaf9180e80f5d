// What decides which path of a branch a contact takes. Cadenza's own: Apollo's sequences have no branches.

import { z } from "zod";
import { contactFilters, fieldFilter } from "../apollo/contact-filters.ts";
import * as fields from "../fields.ts";
import { REPLY_CLASSES } from "./reply-classes.ts";

const STEP = ["step_id", "step_position", "step"];
const RULES: Record<string, { needs: readonly string[]; takes: readonly string[] }> = {
  contact: { needs: ["filters"], takes: [] },
  email_opened: { needs: [], takes: STEP },
  email_clicked: { needs: [], takes: STEP },
  replied: { needs: [], takes: ["reply_classes"] },
  task: { needs: ["outcomes"], takes: STEP },
};

function filtersOf(known: z.ZodRawShape) {
  const search = z.strictObject(known);
  return fields.freeForm(z.unknown()).superRefine((said, issues) => {
    const read = search.safeParse(said);
    for (const { message, path } of read.error?.issues ?? [])
      issues.addIssue({ code: "custom", message, path });
    if (Object.keys(said).length === 0) issues.addIssue({ code: "custom", message: "must not be empty" });
  });
}

const position = z.int().min(1).max(1000);

const asked = {
  type: z.enum(["contact", "email_opened", "email_clicked", "replied", "task"]),
  reply_classes: z.array(z.enum(REPLY_CLASSES)).min(1, "must not be empty").max(6).optional(),
  outcomes: z
    .array(z.enum(["completed", "skipped", "answered", "not_answered"]))
    .min(1, "must not be empty")
    .max(4)
    .optional()
    .describe("For `task`"),
};

/** What goes with the type of the rule, and nothing else. */
function refuseMisfit({ type, ...said }: { type: string }, issues: z.RefinementCtx) {
  const { needs, takes } = RULES[type] ?? { needs: [], takes: [] };
  const given = Object.entries(said).flatMap(([key, value]) => (value == null || key === "not" ? [] : [key]));
  for (const key of needs.filter((one) => !given.includes(one)))
    issues.addIssue({ code: "custom", message: "must not be empty", path: [key] });
  for (const key of given.filter((one) => !needs.includes(one) && !takes.includes(one)))
    issues.addIssue({ code: "custom", message: `is not for a rule of the type ${type}`, path: [key] });
  if (type === "task" && !STEP.some((one) => given.includes(one)))
    issues.addIssue({
      code: "custom",
      message: "must not be empty",
      path: ["step" in said ? "step" : "step_id"],
    });
}

// No defaults in the schema: a generator of clients would take it that what has one is always there.
const said = {
  ...asked,
  not: fields.flag.optional().describe("True: the rule holds if this is not so"),
  filters: filtersOf(contactFilters).optional().describe("For `contact`: body of a contact search"),
  step_position: position.optional().describe("An earlier step, by its position in the list"),
};
const id = {
  step_id: fields.id.nullish().describe("An earlier step; for opens and clicks, null: any email before"),
};

function conditionWith<Rule extends z.ZodType>(rule: Rule) {
  return z
    .strictObject({
      match: z.enum(["all", "any"]).optional().describe("Default: all"),
      wait_days: z
        .int()
        .min(0)
        .max(365)
        .optional()
        .describe("Default: 0. How long a contact waits for the condition before taking the no path"),
      rules: z.array(rule).min(1, "must not be empty").max(20),
    })
    .describe("Which contacts take the yes path of a branch");
}

export const conditionInput = conditionWith(z.strictObject({ ...said, ...id }).superRefine(refuseMisfit));

/** As it is shown. */
export const condition = z.strictObject({
  match: z.enum(["all", "any"]),
  wait_days: z.int(),
  rules: z.array(
    z.strictObject({
      type: z.enum(["contact", "email_opened", "email_clicked", "replied", "task"]),
      not: z.boolean(),
      filters: z.record(z.string(), z.unknown()).optional(),
      step_id: fields.id.nullish(),
      reply_classes: z.array(z.string()).optional(),
      outcomes: z.array(z.string()).optional(),
    }),
  ),
});

export const path = z.enum(["yes", "no"]);

/** What a step says of branches, however it is written. */
export const branchInput = {
  condition: conditionInput.nullish(),
  branch_step_id: fields.id.nullish().describe("The branch on whose path the step is; null: none"),
  branch_path: path.nullish(),
};

const branchPosition = {
  branch_position: position.nullish().describe("The branch, by its position in this list"),
};

/** In a list whose branch may have no id yet. */
export const branchInList = { ...branchInput, ...branchPosition };

/** In a list in which nothing has an id. */
export const branchInNewList = {
  condition: conditionWith(z.strictObject(said).superRefine(refuseMisfit)).nullish(),
  branch_path: path.nullish(),
  ...branchPosition,
};

const { contact_stage_ids: _, contact_label_ids: __, typed_custom_fields: ___, ...other } = contactFilters;
const { id: ____, ...ofField } = fieldFilter.shape;

/** The same in a file, where stages, lists and fields have names. */
export const conditionFile = z.strictObject({
  match: z.enum(["all", "any"]).default("all"),
  wait_days: z
    .int()
    .min(0)
    .max(365)
    .default(0)
    .describe("How long a contact waits before taking the no path"),
  rules: z
    .array(
      z
        .strictObject({
          ...asked,
          not: z.boolean().default(false).describe("True: the rule holds if this is not so"),
          filters: filtersOf({
            ...other,
            contact_stages: z.array(fields.name(100)).max(200).optional(),
            custom_fields: z
              .array(z.strictObject({ name: fields.name(200), ...ofField }))
              .max(20)
              .optional(),
          })
            .optional()
            .describe(
              "For `contact`: body of a contact search, with `contact_stages` and `custom_fields` by name",
            ),
          step: position.optional().describe("An earlier step, counted from 1"),
        })
        .superRefine(refuseMisfit),
    )
    .min(1, "must not be empty")
    .max(20),
});

export const branchFile = z.strictObject({ step: position, path });
