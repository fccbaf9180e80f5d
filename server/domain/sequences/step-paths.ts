// The ways through the steps of a sequence. Without branches it is one line. A branch has two paths, yes and no, each with
// steps of its own; after either path a contact goes on behind the branch. Steps are listed in the order of that tree: a
// branch, the steps of its yes path, those of its no path, and what follows. So a way only ever leads forward.

export const BRANCH_PATHS = ["yes", "no"] as const;
export type BranchPath = (typeof BRANCH_PATHS)[number];

export type PathStep = {
  id: string;
  /** The branch on whose path it is; null for steps that every contact comes to. */
  parentId: string | null;
  path: BranchPath | null;
};

/** The steps of one path, or those that every contact comes to, in their order. */
export function stepsOn<Step extends PathStep>(
  steps: readonly Step[],
  parentId: string | null,
  path: BranchPath | null,
): Step[] {
  return steps.filter((step) => step.parentId === parentId && (parentId === null || step.path === path));
}

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
