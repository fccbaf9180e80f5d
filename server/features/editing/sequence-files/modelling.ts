// What is in the database, as models.

import type { Act } from "../../../app.ts";
import type {
  RulesetModel,
  ScheduleModel,
  SequenceModel,
  StepModel,
  TemplateModel,
  VariantModel,
} from "../../../domain/sequences/file-model.ts";
import { withUnixLines } from "../../../domain/sequences/mail-files.ts";
import { RULE_NAMES, type Rules } from "../../../domain/sequences/rules.ts";
import type { RulesetRow } from "../../sequences/rulesets/store.ts";
import type { ScheduleRow } from "../../sequences/schedules/store.ts";
import { findSequence, type SequenceRow } from "../../sequences/sequences/store.ts";
import { listSteps, type StepRow } from "../../sequences/steps/store.ts";
import { type TemplateValues, templatesOf } from "../../sequences/templates/store.ts";
import { listTouches, type TouchRow } from "../../sequences/touches/store.ts";
import { conditionModel } from "./conditions.ts";
import { byLetters, folderPath, keyOf, type Names, namedIn } from "./names.ts";

/** With the rows it was made of: an update says by id what it changes. */
export type KnownSequence = {
  row: SequenceRow;
  steps: StepRow[];
  touches: TouchRow[];
  templates: Map<string, TemplateValues>;
  model: SequenceModel;
};

export async function knownSequence(
  { db, caller }: Pick<Act, "db" | "caller">,
  names: Names,
  id: string,
): Promise<KnownSequence | null> {
  const { teamId } = caller;
  const row = await findSequence(db, teamId, id);
  if (!row) return null;
  const [steps, touches, list] = await Promise.all([
    listSteps(db, teamId, id),
    listTouches(db, teamId, id),
    templatesOf(db, teamId, id),
  ]);
  const templates = new Map(list.map((template) => [template.id, template]));
  const known = { row, steps, touches, templates };
  return { ...known, model: sequenceModel(names, known) };
}

function sequenceModel(names: Names, { row, ...known }: Omit<KnownSequence, "model">): SequenceModel {
  const stages = new Map(names.contactStages.map(({ id, name }) => [id, name]));
  return {
    name: row.name,
    description: row.description || null,
    folder: folderPath(names.folders, row.folderId),
    labels: namedIn(names.labels, row.labelIds),
    schedule: keyOf(names, "schedule", row.scheduleId),
    ruleset: keyOf(names, "ruleset", row.rulesetId),
    rules: rulesIn(row),
    stageChanges: named(row.stageTriggers, stages),
    excludedContactStages: namedIn(names.contactStages, row.excludedContactStageIds),
    excludedAccountStages: namedIn(names.accountStages, row.excludedAccountStageIds),
    exactDates: row.byExactDaytime,
    allowedSendFromDomains: row.allowedSendFromDomains,
    ccEmails: row.ccEmails,
    bccEmails: row.bccEmails,
    deliveryPolicy: row.deliveryPolicy,
    onNotSent: row.onNotSent,
    priorityPolicy: row.priorityPolicy,
    sendsAtUsualHour: row.sendsAtUsualHour,
    steps: known.steps.map((step) => stepModel(names, known, step)),
  };
}

type Parts = Omit<KnownSequence, "model" | "row">;

function stepModel(names: Names, parts: Parts, step: StepRow): StepModel {
  return {
    type: step.type,
    branch: branchPlace(parts, step),
    condition: step.condition && conditionModel(names, step.condition, positionIn(parts)),
    waitTime: step.waitTime,
    waitMode: step.waitMode,
    at: step.exactAt?.toString() ?? null,
    enabled: step.isOn,
    priority: step.priority,
    note: step.note || null,
    maxEmailsPerDay: step.maxEmailsPerDay,
    skipAfterDays: step.autoSkipInDays,
    variants: parts.touches
      .filter(({ stepId }) => stepId === step.id)
      .map((touch) => variantModel(names, parts, touch)),
  };
}

function branchPlace(parts: Parts, { parentId, path }: StepRow) {
  const step = parentId === null ? null : positionIn(parts)(parentId);
  return step === null || path === null ? null : { step, path };
}

function positionIn({ steps }: Parts) {
  return (id: string) => steps.find((step) => step.id === id)?.position ?? null;
}

function variantModel(names: Names, parts: Parts, touch: TouchRow): VariantModel {
  const template = parts.templates.get(touch.templateId);
  const inLibrary = template?.name ? keyOf(names, "template", template.id) : null;
  const fileNames = new Map(names.files.map(({ id, fileName }) => [id, fileName]));
  return {
    template: inLibrary,
    subject: inLibrary ? "" : (template?.subject ?? ""),
    html: inLibrary ? "" : withUnixLines(template?.bodyHtml ?? ""),
    thread: touch.type,
    status: touch.status,
    weight: touch.weight,
    signature: touch.includeSignature,
    opener: touch.hasPersonalizedOpener,
    openerFallback: touch.personalizedOpenerFallbackOption,
    genericOpener: touch.genericPersonalizedOpener,
    attachments: touch.attachmentIds.flatMap((id) => fileNames.get(id) ?? []),
    goesWith: placeOf(parts, touch.goesWithTouchId),
  };
}

function placeOf({ steps, touches }: Parts, touchId: string | null) {
  const touch = touches.find(({ id }) => id === touchId);
  const step = steps.find(({ id }) => id === touch?.stepId);
  if (!touch || !step) return null;
  const own = touches.filter(({ stepId }) => stepId === step.id);
  return { step: step.position, variant: own.indexOf(touch) + 1 };
}

function rulesIn(row: Rules): Rules {
  return Object.fromEntries(RULE_NAMES.map((name) => [name, row[name]])) as Rules;
}

function named(triggers: Record<string, string>, names: ReadonlyMap<string, string>) {
  const pairs = Object.entries(triggers).flatMap(([event, id]) => {
    const name = names.get(id);
    return name === undefined ? [] : [[event, name] as const];
  });
  return Object.fromEntries(pairs.sort(([a], [b]) => byLetters(a, b)));
}

export function scheduleModel(row: ScheduleRow): ScheduleModel {
  const { name, timeZone, useContactsTimeZone, skipHolidays, windows } = row;
  return { name, timeZone, useContactsTimeZone, skipHolidays, windows };
}

export function rulesetModel(names: Names, row: RulesetRow): RulesetModel {
  const stages = new Map(names.contactStages.map(({ id, name }) => [id, name]));
  return { name: row.name, rules: rulesIn(row), stageChanges: named({ ...row.stageTriggers }, stages) };
}

export function templateModel({ name, subject, bodyHtml, isGlobal }: TemplateValues): TemplateModel {
  return { name: name ?? "", subject: subject ?? "", html: withUnixLines(bodyHtml ?? ""), global: isGlobal };
}
