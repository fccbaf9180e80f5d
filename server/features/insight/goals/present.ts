import { stored } from "../../../kernel/moments.ts";
import type { GoalProgress } from "./store.ts";

export function presentGoal(goal: GoalProgress) {
  return {
    id: goal.id,
    user_id: goal.userId,
    metric: goal.metric,
    period: goal.period,
    target: goal.target,
    figure: goal.figure,
    expected: goal.expected,
    from: stored(goal.from),
    until: stored(goal.until),
    set_by: { id: goal.setById, name: goal.setByName },
    created_at: stored(goal.createdAt),
    updated_at: stored(goal.updatedAt),
  };
}
