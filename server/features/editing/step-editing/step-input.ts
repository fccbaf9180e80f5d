// A step as callers send it, by itself or within a list of steps.

import type { StepType } from "../../../domain/sequences/sequence-plan.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { type ConditionInput, conditionFrom } from "./condition-input.ts";
import type { StepWish } from "./steps-compose.ts";
import { type TouchInput, touchWishFrom } from "./touch-input.ts";

export type StepInput = {
  id?: string | null | undefined;
  type?: StepType | "linkedin_step_interact_with_post" | undefined;
  position?: number | undefined;
  wait_time?: number | null | undefined;
  wait_mode?: "second" | "minute" | "hour" | "day" | null | undefined;
  exact_datetime?: string | null | undefined;
  priority?: "high" | "medium" | "low" | "A" | "B" | "C" | null | undefined;
  note?: string | null | undefined;
  max_emails_per_day?: number | null | undefined;
  auto_skip_in_x_days?: number | null | undefined;
  enabled?: boolean | undefined;
  condition?: ConditionInput | null | undefined;
  branch_step_id?: string | null | undefined;
  branch_position?: number | null | undefined;
  branch_path?: BranchPath | null | undefined;
  emailer_touches?: TouchInput[] | undefined;
};

const PRIORITIES = { A: "high", B: "medium", C: "low", high: "high", medium: "medium", low: "low" } as const;

export function stepWishFrom(input: StepInput): StepWish {
  // Some clients count in seconds. Nothing here is that exact: a begun minute is a minute.
  const inSeconds = input.wait_mode === "second";
  return {
    id: input.id,
    type: input.type === "linkedin_step_interact_with_post" ? "linkedin_step_interact_post" : input.type,
    position: input.position,
    waitTime: inSeconds && input.wait_time ? Math.ceil(input.wait_time / 60) : input.wait_time,
    waitMode: input.wait_mode === "second" ? "minute" : input.wait_mode,
    exactAt: input.exact_datetime
      ? readMoment(input.exact_datetime)
      : (input.exact_datetime as null | undefined),
    priority: input.priority ? PRIORITIES[input.priority] : (input.priority as null | undefined),
    note: input.note,
    maxEmailsPerDay: input.max_emails_per_day,
    autoSkipInDays: input.auto_skip_in_x_days,
    isOn: input.enabled,
    condition: input.condition && conditionFrom(input.condition),
    branch: { stepId: input.branch_step_id, at: input.branch_position, path: input.branch_path },
    touches: input.emailer_touches?.map(touchWishFrom),
  };
}
