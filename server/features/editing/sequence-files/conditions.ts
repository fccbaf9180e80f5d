// The condition of a branch in a file: what it names by ids in the team has names there, so that it means the same in another team.

import type { StepFile } from "@cadenza/contract";
import type { BranchCondition } from "../../../domain/sequences/branch-condition.ts";
import type { ConditionModel } from "../../../domain/sequences/file-model.ts";
import type { WishedCondition, WishedRule } from "../step-editing/steps-compose.ts";
import type { SequenceFromFile } from "./files-input.ts";
import { byLetters, type Names } from "./names.ts";
import { fieldNamed, stageNamed } from "./resolving.ts";

type Filters = Record<string, unknown>;
type FieldFilter = { id: string } & Record<string, unknown>;

export function conditionOfFile({
  match,
  wait_days,
  rules,
}: NonNullable<StepFile["condition"]>): ConditionModel {
  return {
    match,
    waitDays: wait_days,
    rules: rules.map(({ type, not, filters, step, reply_classes, outcomes }) => ({
      type,
      not,
      filters: filters ?? null,
      step: step ?? null,
      classes: reply_classes ?? null,
      outcomes: outcomes ?? null,
    })),
  };
}

export function conditionModel(
  names: Names,
  { match, waitDays, rules }: BranchCondition,
  positionOf: (stepId: string) => number | null,
): ConditionModel {
  return {
    match,
    waitDays,
    rules: rules.map((rule) => ({
      type: rule.type,
      not: rule.not,
      filters: "filters" in rule ? withNames(names, rule.filters) : null,
      step: "stepId" in rule && rule.stepId !== null ? positionOf(rule.stepId) : null,
      classes: "classes" in rule && rule.classes ? [...rule.classes] : null,
      outcomes: "outcomes" in rule ? [...rule.outcomes] : null,
    })),
  };
}

function withNames(names: Names, filters: Readonly<Filters>): Filters {
  const { contact_stage_ids, contact_label_ids, typed_custom_fields, label_names, ...rest } = filters;
  const nameIn = (all: readonly { id: string; name: string }[]) => (id: unknown) =>
    all.find((one) => one.id === id)?.name ?? [];
  const stages = listOf<string>(contact_stage_ids).flatMap(nameIn(names.contactStages));
  const lists = [
    ...listOf<string>(label_names),
    ...listOf<string>(contact_label_ids).flatMap(nameIn(names.lists)),
  ];
  const ofFields = listOf<FieldFilter>(typed_custom_fields).flatMap(({ id, ...asked }) => {
    const field = names.contactFields.find((one) => one.id === id);
    return field ? [{ name: field.name, ...asked, ...optionsAs(field, asked, "name") }] : [];
  });
  return {
    ...rest,
    ...(stages.length > 0 && { contact_stages: stages.sort(byLetters) }),
    ...(lists.length > 0 && { label_names: lists.sort(byLetters) }),
    ...(ofFields.length > 0 && { custom_fields: ofFields }),
  };
}

/** A stage or a field that the team does not have is refused with its line. */
export function conditionWish(
  names: Names,
  from: SequenceFromFile,
  { match, waitDays, rules }: ConditionModel,
  step: number,
): WishedCondition {
  const idsIn = (filters: Filters) => withIds(names, from, filters, ["steps", step, "condition"]);
  return { match, waitDays, rules: rules.map((rule) => ruleWish(rule, idsIn)) };
}

function ruleWish(rule: ConditionModel["rules"][number], idsIn: (filters: Filters) => Filters): WishedRule {
  const { not } = rule;
  const stepAt = rule.step ?? undefined;
  switch (rule.type) {
    case "contact":
      return { type: rule.type, not, filters: idsIn(rule.filters ?? {}) };
    case "replied":
      return { type: rule.type, not, classes: rule.classes };
    case "email_opened":
    case "email_clicked":
      return { type: rule.type, not, stepId: null, stepAt };
    case "task":
      return { type: rule.type, not, stepId: "", stepAt, outcomes: outcomesOf(rule) };
  }
}

type Outcomes = Extract<WishedRule, { type: "task" }>["outcomes"];

/** Read by the schema of the file. */
function outcomesOf({ outcomes }: ConditionModel["rules"][number]) {
  return (outcomes ?? []) as Outcomes;
}

function withIds(
  names: Names,
  from: SequenceFromFile,
  filters: Filters,
  at: readonly (string | number)[],
): Filters {
  const { contact_stages, custom_fields, ...rest } = filters;
  const stages = listOf<string>(contact_stages).map(
    (name) => stageNamed(names.contactStages, from, name, at).id,
  );
  const ofFields = listOf<{ name: string }>(custom_fields).map(({ name, ...asked }) => {
    const field = fieldNamed(names.contactFields, from, name, at);
    return { id: field.id, ...asked, ...optionsAs(field, asked, "id") };
  });
  return {
    ...rest,
    ...(stages.length > 0 && { contact_stage_ids: stages }),
    ...(ofFields.length > 0 && { typed_custom_fields: ofFields }),
  };
}

/** What is asked of a field with choices names them; a text is the text that it is. */
function optionsAs(
  { options }: Names["contactFields"][number],
  { values }: { values?: unknown },
  as: "id" | "name",
) {
  if (!Array.isArray(values) || options.length === 0) return {};
  const optionOf = (value: unknown) => options.find(({ id, name }) => id === value || name === value);
  return { values: values.map((value) => optionOf(value)?.[as] ?? value) };
}

/** The custom fields that a rule of a condition asks for. */
export function fieldNamesOf({ filters }: ConditionModel["rules"][number]): string[] {
  return listOf<{ name: string }>(filters?.custom_fields).map(({ name }) => name);
}

function listOf<One>(value: unknown): readonly One[] {
  return Array.isArray(value) ? value : [];
}
