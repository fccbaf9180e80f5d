// Steps with ids of their own: what names another step of the list names its copy.

import { withStepIds } from "../../../domain/sequences/branch-condition.ts";
import type { StepRow } from "./store.ts";

export function copiesOfSteps(steps: readonly StepRow[], copyOf: (id: string) => string): StepRow[] {
  return steps.map((step) => ({
    ...step,
    id: copyOf(step.id),
    parentId: step.parentId && copyOf(step.parentId),
    condition: step.condition && withStepIds(step.condition, copyOf),
  }));
}
