// The steps of a sequence, and the ways that contacts go through them: what comes first, and what comes next. On a path of a
// branch they go through its steps, and then on behind the branch (step-paths.ts).

import type { BranchPath, PathStep } from "./step-paths.ts";

export const STEP_TYPES = [
  "auto_email",
  "manual_email",
  "call",
  "sms",
  "whatsapp",
  "action_item",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "branch",
] as const;
export type StepType = (typeof STEP_TYPES)[number];

const EMAIL: readonly StepType[] = ["auto_email", "manual_email"];

/** A mail goes out, by itself or by hand: such a step is nothing without a mail. */
export function isEmail(type: StepType) {
  return EMAIL.includes(type);
}

export function isLinkedInStep(type: StepType) {
  return type.startsWith("linkedin_");
}

/** The steps of one path, or those that every contact comes to, in their order. */
export function stepsOn<Step extends PathStep>(
  steps: readonly Step[],
  parentId: string | null,
  path: BranchPath | null,
): Step[] {
  return steps.filter((step) => step.parentId === parentId && (parentId === null || step.path === path));
}

/** What follows a step for a contact who takes neither path of it: the rest of its path, then what follows the branch. */
export function lineAfter<Step extends PathStep>(steps: readonly Step[], id: string): Step[] {
  const step = steps.find((one) => one.id === id);
  if (!step) return [];
  const beside = stepsOn(steps, step.parentId, step.path);
  const rest = beside.slice(beside.indexOf(step) + 1);
  return step.parentId === null ? rest : [...rest, ...lineAfter(steps, step.parentId)];
}

/** What follows a branch on one of its paths. */
export function lineOn<Step extends PathStep>(steps: readonly Step[], id: string, path: BranchPath): Step[] {
  return [...stepsOn(steps, id, path), ...lineAfter(steps, id)];
}

/** Where contacts begin who are to begin at a position, and what follows there. */
export function lineFrom<Step extends PathStep & { position: number }>(
  steps: readonly Step[],
  position: number,
): Step[] {
  const first = steps.find((step) => step.position === position);
  if (first) return [first, ...lineAfter(steps, first.id)];
  return stepsOn(steps, null, null).filter((step) => step.position > position);
}

/** The steps to which a contact may still come from a position on, whatever the branches say. */
export function stepsAhead<Step extends PathStep & { position: number }>(
  steps: readonly Step[],
  position: number,
): Step[] {
  const line = new Set(lineFrom(steps, position).map(({ id }) => id));
  const isAhead = (step: Step): boolean =>
    line.has(step.id) ||
    (step.parentId !== null && steps.some((one) => one.id === step.parentId && isAhead(one)));
  return steps.filter(isAhead);
}

/**
 * The steps a contact goes through: those of the version their step belongs to. Without a step, those that new contacts
 * get.
 */
export function stepsBeside<Step extends { id: string; versionId: string | null }>(
  steps: readonly Step[],
  stepId: string | null,
): Step[] {
  const versionId = steps.find(({ id }) => id === stepId)?.versionId ?? null;
  return steps.filter((step) => step.versionId === versionId);
}

type Beginning = PathStep & { position: number; isOn: boolean; exactAt: Temporal.Instant | null };

/**
 * Where a contact begins: the first step that is on, from a position onward. Of steps with dates the first in the
 * future; where there is none, the first from there.
 */
export function firstStepFrom<Step extends Beginning>(
  steps: readonly Step[],
  position: number,
  now: Temporal.Instant,
): Step | null {
  return firstOn(lineFrom(steps, position), now);
}

/** Where a contact goes from a step that is done for them; from a branch, on the path that they take. */
export function stepAfter<Step extends Beginning>(
  steps: readonly Step[],
  { id, path }: { id: string; path: BranchPath | null },
  now: Temporal.Instant,
): Step | null {
  return firstOn(path ? lineOn(steps, id, path) : lineAfter(steps, id), now);
}

function firstOn<Step extends Beginning>(line: readonly Step[], now: Temporal.Instant): Step | null {
  const isPast = ({ exactAt }: Step) => exactAt !== null && Temporal.Instant.compare(exactAt, now) < 0;
  return line.find((step) => step.isOn && !isPast(step)) ?? line[0] ?? null;
}

/**
 * Where a contact goes on whose own step was deleted: at the step whose mail is on its way, or after the last one that
 * was done for them, as the list is now. Null: no step is left for them. `paths`: those they took, by branch.
 */
export function stepInsteadOf<Step extends Beginning>(
  steps: readonly Step[],
  { doneIds, underwayId, paths }: PastSteps,
  now: Temporal.Instant,
): Step | null {
  const underway = steps.find(({ id }) => id === underwayId);
  if (underway) return underway;
  const last = steps.findLast(({ id }) => doneIds.includes(id) || paths[id]);
  return last
    ? stepAfter(steps, { id: last.id, path: paths[last.id] ?? null }, now)
    : firstStepFrom(steps, 1, now);
}

type PastSteps = {
  doneIds: readonly string[];
  underwayId: string | null;
  paths: Readonly<Record<string, BranchPath>>;
};
