// The condition of a branch as callers send it.

import type { conditionInput } from "@cadenza/contract";
import type { z } from "zod";
import type { WishedCondition, WishedRule } from "./steps-compose.ts";

export type ConditionInput = z.output<typeof conditionInput>;

export function conditionFrom({
  match = "all",
  wait_days: waitDays = 0,
  rules,
}: ConditionInput): WishedCondition {
  return { match, waitDays, rules: rules.map(ruleFrom) };
}

/** What each type needs was read already. */
function ruleFrom({ type, not = false, ...said }: ConditionInput["rules"][number]): WishedRule {
  const { step_id: stepId = null, step_position: stepAt } = said;
  switch (type) {
    case "contact":
      return { type, not, filters: said.filters ?? {} };
    case "replied":
      return { type, not, classes: said.reply_classes ?? null };
    case "email_opened":
    case "email_clicked":
      return { type, not, stepId, stepAt };
    case "task":
      return { type, not, stepId: stepId ?? "", stepAt, outcomes: said.outcomes ?? [] };
  }
}
