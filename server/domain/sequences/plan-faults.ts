// What makes a list of steps one that can run. Asked after every change to steps and mails, about the sequence as
// it would then be: a rule about two steps can be broken from either of them. What must come before something must come
// before it on every path.

import type { BranchCondition } from "./branch-condition.ts";
import { type BranchFault, branchFaultIn } from "./branch-faults.ts";
import { isEmail, type StepType, stepsOn } from "./sequence-plan.ts";
import { certainlyBefore, type PathStep } from "./step-paths.ts";

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

const WRITTEN: readonly StepType[] = [
  "auto_email",
  "manual_email",
  "call",
  "sms",
  "whatsapp",
  "linkedin_step_connect",
  "linkedin_step_message",
];

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
