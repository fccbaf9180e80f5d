// The ways through the steps of a sequence. Without branches it is one line. A branch has two paths, yes and no, each with
// steps of its own; after either path a contact goes on behind the branch. Steps are listed in the order of that tree: a
// branch, the steps of its yes path, those of its no path, and what follows. So a way only ever leads forward.

import { stepsAhead, stepsOn } from "./sequence-plan.ts";

export const BRANCH_PATHS = ["yes", "no"] as const;
export type BranchPath = (typeof BRANCH_PATHS)[number];

export type PathStep = {
  id: string;
  /** The branch on whose path it is; null for steps that every contact comes to. */
  parentId: string | null;
  path: BranchPath | null;
};

/** In the order of the tree. A step whose branch is not among them is left out. */
export function inTreeOrder<Step extends PathStep>(
  steps: readonly Step[],
  parentId: string | null = null,
  path: BranchPath | null = null,
): Step[] {
  return stepsOn(steps, parentId, path).flatMap((step) => [
    step,
    ...BRANCH_PATHS.flatMap((inner) => inTreeOrder(steps, step.id, inner)),
  ]);
}

/** The steps that a contact may have gone through on the way to a step: none of another path than theirs. */
export function stepsOnTheWayTo<Step extends PathStep & { position: number }>(
  steps: readonly Step[],
  id: string,
): Step[] {
  const step = steps.find((one) => one.id === id);
  if (!step) return [];
  return steps.filter(
    (other) =>
      other.position < step.position && stepsAhead(steps, other.position).some((one) => one.id === id),
  );
}

/** The branches around a step, the innermost first. Null: it stands on a path of no branch, or in a circle. */
export function branchesAround<Step extends PathStep>(steps: readonly Step[], step: Step): Step[] | null {
  const around: Step[] = [];
  for (let at: Step = step; at.parentId !== null; ) {
    const parent = steps.find(({ id }) => id === at.parentId);
    if (!parent || around.includes(parent) || parent === step) return null;
    around.push(parent);
    at = parent;
  }
  return around;
}

/** The path of a branch on which a step stands, however deep. */
export function pathTo<Step extends PathStep>(
  steps: readonly Step[],
  branchId: string,
  step: Step,
): BranchPath | null {
  if (step.parentId === branchId) return step.path;
  const parent = steps.find(({ id }) => id === step.parentId);
  return parent ? pathTo(steps, branchId, parent) : null;
}

/** By step, whether one of which `isIt` is true comes before it, whichever paths a contact takes. */
export function certainlyBefore<Step extends PathStep>(
  steps: readonly Step[],
  isIt: (step: Step) => boolean,
): ReadonlyMap<string, boolean> {
  const before = new Map<string, boolean>();
  const walk = (line: readonly Step[], since: boolean): boolean => {
    let had = since;
    for (const step of line) {
      before.set(step.id, had);
      had ||= isIt(step);
      const [yes, no] = BRANCH_PATHS.map((path) => walk(stepsOn(steps, step.id, path), had));
      had ||= Boolean(yes && no);
    }
    return had;
  };
  walk(stepsOn(steps, null, null), false);
  return before;
}
