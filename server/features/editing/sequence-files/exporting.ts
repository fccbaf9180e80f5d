// A sequence, with what it uses, as models that can be printed as files.

import type { Act } from "../../../app.ts";
import { keyFromName } from "../../../domain/sequences/file-keys.ts";
import type {
  FieldModel,
  RulesetModel,
  ScheduleModel,
  SequenceModel,
  TemplateModel,
} from "../../../domain/sequences/file-model.ts";
import { nameAsWritten } from "../../../domain/templates/variable-scope.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { type FieldRow, listAllFields } from "../../contacts/custom-fields/store.ts";
import { findRuleset } from "../../sequences/rulesets/store.ts";
import { findSchedule } from "../../sequences/schedules/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { fieldNamesOf } from "./conditions.ts";
import {
  type KnownSequence,
  knownSequence,
  rulesetModel,
  scheduleModel,
  templateModel,
} from "./modelling.ts";
import { keyOf, namesOf } from "./names.ts";

type Keyed<Model> = { key: string; model: Model };

export type ExportedSequence = Keyed<SequenceModel> & {
  schedules: Keyed<ScheduleModel>[];
  rulesets: Keyed<RulesetModel>[];
  templates: Keyed<TemplateModel>[];
  fields: Keyed<FieldModel>[];
};

export async function exportSequence(act: Pick<Act, "db" | "caller">, id: string): Promise<ExportedSequence> {
  const { db, caller } = act;
  const { name } = await getVisible(act, id);
  const names = await namesOf(act);
  const known = await knownSequence(act, names, id);
  if (!known) throw new Refusal("record_not_found");
  const { row, model } = known;
  const schedule = row.scheduleId === null ? null : await findSchedule(db, caller.teamId, row.scheduleId);
  const ruleset = row.rulesetId === null ? null : await findRuleset(db, caller.teamId, row.rulesetId);
  return {
    key: keyOf(names, "sequence", id) ?? `${keyFromName(name)}-${id.slice(-8)}`,
    model,
    schedules: schedule && model.schedule ? [{ key: model.schedule, model: scheduleModel(schedule) }] : [],
    rulesets: ruleset && model.ruleset ? [{ key: model.ruleset, model: rulesetModel(names, ruleset) }] : [],
    templates: libraryOf(known),
    fields: fieldsNamedIn(known, await listAllFields(db, caller.teamId)),
  };
}

/** In the order of the steps, each once. */
function libraryOf({ model, steps, touches, templates }: KnownSequence): Keyed<TemplateModel>[] {
  const found = new Map<string, TemplateModel>();
  for (const [at, step] of steps.entries()) {
    const own = touches.filter(({ stepId }) => stepId === step.id);
    for (const [n, touch] of own.entries()) {
      const key = model.steps[at]?.variants[n]?.template;
      const template = templates.get(touch.templateId);
      if (key && template) found.set(key, templateModel(template));
    }
  }
  return [...found].map(([key, template]) => ({ key, model: template }));
}

/** The custom fields that its emails name, and those that its conditions ask for. */
function fieldsNamedIn(
  { templates, model }: KnownSequence,
  fields: readonly FieldRow[],
): Keyed<FieldModel>[] {
  const inside = [...templates.values()]
    .flatMap(
      ({ subject, bodyHtml }) =>
        `${subject ?? ""} ${bodyHtml ?? ""}`.match(/\{[{%](?:[^{}]|\{(?![{%])){0,2000}\}/g) ?? [],
    )
    .join(" ");
  const asked = model.steps.flatMap(({ condition }) => condition?.rules.flatMap(fieldNamesOf) ?? []);
  const written = new Set(inside.split(/[^\p{L}\p{M}\p{N}_ ]+/u).map((part) => nameAsWritten(part)));
  const words = new Set(inside.split(/[^\p{L}\p{M}\p{N}_]+/u).map((part) => nameAsWritten(part)));
  return fields
    .filter(
      ({ name, modality }) =>
        written.has(nameAsWritten(name)) ||
        words.has(nameAsWritten(name)) ||
        (modality === "contact" && asked.includes(name)),
    )
    .map(({ name, modality, type, textMaxLength, options }) => ({
      key: `${modality}-${keyFromName(name)}`,
      model: {
        name,
        of: modality,
        type,
        maxLength: textMaxLength,
        options: options.map((option) => option.name),
      },
    }));
}
