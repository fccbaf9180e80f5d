// The steps of a draft as a tree: a branch, the steps of its yes path, those of its no path, and what follows. A draft always lists
// them in that order.

import type { DraftStep, StepsDraft } from "./draft.ts";
import { newKey } from "./keys.ts";

export type PathWord = "yes" | "no";
export const PATHS: readonly PathWord[] = ["yes", "no"];

/** Where a step stands: on which path of which branch, or, with two nulls, on none. */
export type Place = Pick<DraftStep, "parent" | "path">;

export const TRUNK: Place = { parent: null, path: null };

export function stepsAt(draft: StepsDraft, { parent, path }: Place): StepsDraft {
  return draft.filter((step) => step.parent === parent && (parent === null || step.path === path));
}

export function inOrder(draft: StepsDraft, place: Place = TRUNK): StepsDraft {
  return stepsAt(draft, place).flatMap((step) => [
    step,
    ...PATHS.flatMap((path) => inOrder(draft, { parent: step.key, path })),
  ]);
}

/** The branches around a step, the innermost first. */
export function around(draft: StepsDraft, { parent }: Place): StepsDraft {
  const branch = draft.find(({ key }) => key === parent);
  return branch ? [branch, ...around(draft, branch)] : [];
}

/** With everything on its paths. */
export function withPaths(draft: StepsDraft, key: string): StepsDraft {
  return draft.filter((step) => step.key === key || around(draft, step).some((branch) => branch.key === key));
}

export function removed(draft: StepsDraft, key: string): StepsDraft {
  const gone = withPaths(draft, key);
  return draft.filter((step) => !gone.includes(step));
}

/** At the end of a path. */
export function added(draft: StepsDraft, step: DraftStep, place: Place): StepsDraft {
  return inOrder([...draft, { ...step, ...place }]);
}

/** Up or down among the steps of its path. */
export function nudged(draft: StepsDraft, key: string, by: 1 | -1): StepsDraft {
  const step = draft.find((one) => one.key === key);
  if (!step) return draft;
  const beside = stepsAt(draft, step);
  const other = beside[beside.indexOf(step) + by];
  if (!other) return draft;
  const [first, second] = by < 0 ? [step, other] : [other, step];
  const rest = draft.filter((one) => one !== step && one !== other);
  const at = rest.findIndex((one) => draft.indexOf(one) > draft.indexOf(by < 0 ? other : step));
  return inOrder(rest.toSpliced(at < 0 ? rest.length : at, 0, first, second));
}

/** To the end of another path. */
export function movedTo(draft: StepsDraft, key: string, place: Place): StepsDraft {
  const step = draft.find((one) => one.key === key);
  if (!step || around(draft, place).some((branch) => branch.key === key)) return draft;
  return inOrder([...draft.filter((one) => one !== step), { ...step, ...place }]);
}

/**
 * Dropped at a place of the list: behind a branch it begins the yes path, behind any other step it goes on the path of that
 * step. What is on its own paths goes along.
 */
export function dropped(draft: StepsDraft, from: number, to: number): StepsDraft {
  const step = draft[from];
  if (!step || from === to) return draft;
  const own = withPaths(draft, step.key);
  const before = draft
    .toSpliced(from, 1)
    .slice(0, to)
    .findLast((one) => !own.includes(one));
  const place: Place = !before
    ? TRUNK
    : before.type === "branch"
      ? { parent: before.key, path: "yes" }
      : { parent: before.parent, path: before.path };
  const rest = draft.filter((one) => one !== step);
  const at = before ? rest.indexOf(before) + 1 : 0;
  return inOrder(rest.toSpliced(at, 0, { ...step, ...place }));
}

/** The copy stands right behind, with its paths, and with texts of its own. */
export function duplicated(draft: StepsDraft, key: string): StepsDraft {
  const own = withPaths(draft, key);
  const [step] = own;
  if (!step) return draft;
  const keys = new Map(own.map((one) => [one.key, newKey()]));
  const keyOf = (old: string | null) => (old === null ? null : (keys.get(old) ?? old));
  const copies = own.map((one) => ({
    ...one,
    key: keyOf(one.key) ?? newKey(),
    id: null,
    parent: one === step ? one.parent : keyOf(one.parent),
    mails: one.mails.map((mail) => ({ ...mail, key: newKey(), id: null })),
    condition: one.condition && {
      ...one.condition,
      rules: one.condition.rules.map((rule) => ({ ...rule, step: keyOf(rule.step) })),
    },
  }));
  const at = draft.indexOf(own.at(-1) as DraftStep) + 1;
  return inOrder(draft.toSpliced(at, 0, ...copies));
}

/** Whether one of which `isIt` is true comes before a step, whichever paths a contact takes. */
export function certainlyBefore(draft: StepsDraft, key: string, isIt: (step: DraftStep) => boolean): boolean {
  let answer = false;
  const walk = (place: Place, since: boolean): boolean => {
    let had = since;
    for (const step of stepsAt(draft, place)) {
      if (step.key === key) answer = had;
      had ||= isIt(step);
      const [yes, no] = PATHS.map((path) => walk({ parent: step.key, path }, had));
      had ||= Boolean(yes && no);
    }
    return had;
  };
  walk(TRUNK, false);
  return answer;
}

/** The steps that a contact may have gone through on the way to a step: none of another path. */
export function onTheWayTo(draft: StepsDraft, step: DraftStep): StepsDraft {
  const own = [step, ...around(draft, step)];
  return draft.slice(0, draft.indexOf(step)).filter((other) => {
    const theirs = [other, ...around(draft, other)];
    return !theirs.some((one) =>
      own.some((mine) => mine.parent !== null && mine.parent === one.parent && mine.path !== one.path),
    );
  });
}

/** What is drawn between the cards: where a path begins, and where it ends and may grow. */
export type Mark = { kind: "begins" | "ends"; branch: DraftStep; path: PathWord; depth: number };

/** The marks before each step, and those behind the last. */
export function marksOf(draft: StepsDraft): { before: ReadonlyMap<string, Mark[]>; behind: Mark[] } {
  const before = new Map<string, Mark[]>();
  let open: Mark[] = [];
  const walk = (place: Place, depth: number) => {
    for (const step of stepsAt(draft, place)) {
      before.set(step.key, open);
      open = [];
      if (step.type !== "branch") continue;
      for (const path of PATHS) {
        open.push({ kind: "begins", branch: step, path, depth: depth + 1 });
        walk({ parent: step.key, path }, depth + 1);
        open.push({ kind: "ends", branch: step, path, depth: depth + 1 });
      }
    }
  };
  walk(TRUNK, 0);
  return { before, behind: open };
}
