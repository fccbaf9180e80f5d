// Sequences with all their counts and linked rows, read at once.

import type { Db } from "../../../db/connect.ts";
import { NOT_SENT } from "../../../domain/enrollments/enrollment.ts";
import { effectiveRules } from "../../../domain/sequences/rules.ts";
import { countsBySequence, countsByStep, type EnrollmentCounts, NOBODY } from "../enrollment-counts/store.ts";
import { findDefaultRuleset, findRuleset } from "../rulesets/store.ts";
import {
  type Metrics,
  metricsBySequence,
  metricsByTouch,
  NO_MAIL,
  type PathCounts,
  pathsByStep,
  type TaskCounts,
  tasksByStep,
} from "../statistics/store.ts";
import { listStepsOfAll, type StepRow } from "../steps/store.ts";
import { type TemplateRow, templatesOf } from "../templates/store.ts";
import { listTouchesOfAll, type TouchRow } from "../touches/store.ts";
import type { SequenceRow } from "./store.ts";

type SequenceWithCounts = { sequence: SequenceRow; counts: EnrollmentCounts; metrics: Metrics };
export type CountedStep = {
  step: StepRow;
  counts: EnrollmentCounts;
  tasks: TaskCounts;
  /** Of a branch: how many contacts took each path. */
  paths: PathCounts | null;
};
type CountedTouch = { touch: TouchRow; metrics: Metrics; template: TemplateRow };
export type FullSequence = SequenceWithCounts & {
  steps: CountedStep[];
  touches: CountedTouch[];
  templates: TemplateRow[];
};

const NO_TASKS: TaskCounts = { scheduled: 0, skipped: 0, completed: 0 };

/** Any number of sequences: two statements more, however many there are. */
export async function withCounts(
  db: Db,
  teamId: string,
  sequences: readonly SequenceRow[],
): Promise<SequenceWithCounts[]> {
  const ids = sequences.map(({ id }) => id);
  const [counts, metrics] = await Promise.all([
    countsBySequence(db, teamId, ids, NOT_SENT),
    metricsBySequence(db, teamId, ids),
  ]);
  return sequences.map((sequence) => ({
    sequence,
    counts: counts.get(sequence.id) ?? NOBODY,
    metrics: metrics.get(sequence.id) ?? NO_MAIL,
  }));
}

export async function stepsOf(db: Db, teamId: string, sequenceId: string) {
  return (await stepsOfAll(db, teamId, sequenceId)).filter(({ step }) => step.versionId === null);
}

/** Those of earlier versions too. */
export async function stepsOfAll(db: Db, teamId: string, sequenceId: string): Promise<CountedStep[]> {
  const [steps, counts, tasks] = await Promise.all([
    listStepsOfAll(db, teamId, [sequenceId]),
    countsByStep(db, teamId, [sequenceId], NOT_SENT),
    tasksByStep(db, teamId, sequenceId),
  ]);
  const branches = steps.flatMap(({ id, type }) => (type === "branch" ? [id] : []));
  const paths = branches.length > 0 ? await pathsByStep(db, teamId, branches) : new Map<string, PathCounts>();
  return steps.map((step) => ({
    step,
    counts: counts.get(step.id) ?? NOBODY,
    tasks: tasks.get(step.id) ?? NO_TASKS,
    paths: step.type === "branch" ? (paths.get(step.id) ?? { yes: 0, no: 0 }) : null,
  }));
}

export async function touchesOf(db: Db, teamId: string, sequenceId: string) {
  return (await touchesOfAll(db, teamId, sequenceId)).filter(({ touch }) => touch.versionId === null);
}

export async function touchesOfAll(db: Db, teamId: string, sequenceId: string): Promise<CountedTouch[]> {
  const [touches, metrics, templates] = await Promise.all([
    listTouchesOfAll(db, teamId, sequenceId),
    metricsByTouch(db, teamId, [sequenceId]),
    templatesOf(db, teamId, sequenceId),
  ]);
  const byId = new Map(templates.map((template) => [template.id, template]));
  return touches.flatMap((touch) => {
    const template = byId.get(touch.templateId);
    return template ? [{ touch, template, metrics: metrics.get(touch.id) ?? NO_MAIL }] : [];
  });
}

export async function wholeOf(db: Db, teamId: string, sequence: SequenceRow): Promise<FullSequence> {
  const [[counted], steps, touches] = await Promise.all([
    withCounts(db, teamId, [sequence]),
    stepsOf(db, teamId, sequence.id),
    touchesOf(db, teamId, sequence.id),
  ]);
  const templates = new Map(touches.map(({ template }) => [template.id, template]));
  return { ...(counted as SequenceWithCounts), steps, touches, templates: [...templates.values()] };
}

/** Which rule holds for a sequence, and who says so. */
export async function rulesOf(db: Db, teamId: string, sequence: SequenceRow) {
  const [ruleset, team] = await Promise.all([
    sequence.rulesetId ? findRuleset(db, teamId, sequence.rulesetId) : null,
    findDefaultRuleset(db, teamId),
  ]);
  return effectiveRules(sequence, ruleset, team);
}
