// What is wrong with the branches of a list of steps, or null.

import { type BranchCondition, stepOfRule } from "./branch-condition.ts";
import { stepsOn } from "./sequence-plan.ts";
import { branchesAround, type PathStep, stepsOnTheWayTo } from "./step-paths.ts";

type Step = PathStep & {
  position: number;
  type: string;
  condition: BranchCondition | null;
};

export type BranchFault =
  | { code: "branch_condition_missing" | "branch_not_found"; position: number }
  | { code: "branch_too_deep"; most: number }
  | { code: "condition_not_for_this_step"; type: string }
  | {
      code: "condition_step_not_before" | "condition_step_sends_nothing" | "condition_step_has_no_task";
      position: number;
    };

export const DEEPEST = 5;

export function branchFaultIn(steps: readonly Step[]): BranchFault | null {
  for (const step of steps) {
    const fault = placeFault(steps, step) ?? (step.type === "branch" ? faultOfBranch(steps, step) : null);
    if (fault) return fault;
    if (step.type !== "branch" && step.condition)
      return { code: "condition_not_for_this_step", type: step.type };
  }
  return null;
}

/** A branch whose paths are both empty, or null. While steps are added one by one, one may be. */
export function emptyBranchIn<S extends Omit<Step, "condition">>(steps: readonly S[]): S | null {
  const isEmpty = ({ id }: S) => stepsOn(steps, id, "yes").length + stepsOn(steps, id, "no").length === 0;
  return steps.find((step) => step.type === "branch" && isEmpty(step)) ?? null;
}

function placeFault(steps: readonly Step[], step: Step): BranchFault | null {
  const around = branchesAround(steps, step);
  if (!around || around.some(({ type }) => type !== "branch"))
    return { code: "branch_not_found", position: step.position };
  return around.length > DEEPEST ? { code: "branch_too_deep", most: DEEPEST } : null;
}

function faultOfBranch(steps: readonly Step[], step: Step): BranchFault | null {
  const { position, condition } = step;
  if (!condition || condition.rules.length === 0) return { code: "branch_condition_missing", position };
  for (const rule of condition.rules) {
    const fault = faultOfRule(steps, step, rule);
    if (fault) return { code: fault, position };
  }
  return null;
}

/** What is asked can be known there: the step comes before the branch on every way to it. */
function faultOfRule(steps: readonly Step[], branch: Step, rule: BranchCondition["rules"][number]) {
  const before = stepsOnTheWayTo(steps, branch.id);
  const asked = stepOfRule(rule);
  const named = before.find(({ id }) => id === asked);
  if (asked !== null && !named) return "condition_step_not_before";
  const isMail = ({ type }: Step) => type === "auto_email" || type === "manual_email";
  if (rule.type === "email_opened" || rule.type === "email_clicked")
    return (named ? isMail(named) : before.some(isMail)) ? null : "condition_step_sends_nothing";
  if (rule.type === "replied") return before.some(isMail) ? null : "condition_step_sends_nothing";
  if (rule.type === "task" && (named?.type === "auto_email" || named?.type === "branch"))
    return "condition_step_has_no_task";
  return null;
}
