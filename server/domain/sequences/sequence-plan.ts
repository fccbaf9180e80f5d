// What makes a list of steps one that can run. Asked after every change to steps and mails, about the sequence as
// it would then be: a rule about two steps can be broken from either of them. What must come before something must come
// before it on every path.

import type { BranchCondition } from "./branch-condition.ts";
import { type BranchFault, branchFaultIn } from "./branch-faults.ts";
import {
  type BranchPath,
  certainlyBefore,
  lineAfter,
  lineFrom,
  lineOn,
  type PathStep,
  stepsOn,
} from "./step-paths.ts";

export const STEP_TYPES = [
  "auto_email",
  "manual_email",
  "call",
  "action_item",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "branch",
] as const;
export type StepType = (typeof STEP_TYPES)[number];

export type PlannedStep = PathStep & {
  position: number;
  type: StepType;
  condition: BranchCondition | null;
  exactAt: Temporal.Instant | null;
  touches: readonly { type: "new_thread" | "reply_to_thread"; isApproved: boolean; hasBody: boolean }[];
};

type PlanFault =
  | BranchFault
  | {
      code:
        | "exact_time_missing"
        | "exact_times_out_of_order"
        | "reply_without_thread"
        | "template_body_empty";
    }
  | { code: "touch_not_for_this_step"; type: StepType };

const EMAIL: readonly StepType[] = ["auto_email", "manual_email"];
const WRITTEN: readonly StepType[] = [...EMAIL, "call", "linkedin_step_connect", "linkedin_step_message"];

/** A mail goes out, by itself or by hand: such a step is nothing without a mail. */
export function isEmail(type: StepType) {
  return EMAIL.includes(type);
}

/** The first thing wrong with the list, or null. */
export function faultIn(steps: readonly PlannedStep[], byExactDaytime: boolean): PlanFault | null {
  return branchFaultIn(steps) ?? faultOfMails(steps) ?? (byExactDaytime ? faultOfDates(steps) : null);
}

function faultOfMails(steps: readonly PlannedStep[]): PlanFault | null {
  const begins = ({ type, touches }: PlannedStep) =>
    isEmail(type) && touches.some((touch) => touch.type === "new_thread");
  const hasThread = certainlyBefore(steps, begins);
  for (const { id, type, touches } of steps) {
    if (touches.length > 0 && !WRITTEN.includes(type)) return { code: "touch_not_for_this_step", type };
    if (touches.some(({ isApproved, hasBody }) => isApproved && !hasBody))
      return { code: "template_body_empty" };
    if (isEmail(type) && !hasThread.get(id) && touches.some((touch) => touch.type === "reply_to_thread"))
      return { code: "reply_without_thread" };
  }
  return null;
}

function faultOfDates(steps: readonly PlannedStep[]): PlanFault | null {
  if (steps.some(({ exactAt }) => !exactAt)) return { code: "exact_time_missing" };
  /** Answers the last date of all ways through the line, or null where one is out of order. */
  const walk = (
    line: readonly PlannedStep[],
    since: Temporal.Instant | null,
  ): Temporal.Instant | null | false => {
    let last = since;
    for (const { id, exactAt } of line) {
      if (last && exactAt && Temporal.Instant.compare(exactAt, last) <= 0) return false;
      const [yes, no] = [walk(stepsOn(steps, id, "yes"), exactAt), walk(stepsOn(steps, id, "no"), exactAt)];
      if (yes === false || no === false) return false;
      last = laterOf(yes, no);
    }
    return last;
  };
  return walk(stepsOn(steps, null, null), null) === false ? { code: "exact_times_out_of_order" } : null;
}

function laterOf(one: Temporal.Instant | null, other: Temporal.Instant | null) {
  if (!one || !other) return one ?? other;
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
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
