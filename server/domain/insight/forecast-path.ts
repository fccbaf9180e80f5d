// The way through a sequence's steps. The steps for new contacts come first, then those of earlier versions; no contact
// changes the version.

import { lineAfter, lineOn } from "../sequences/sequence-plan.ts";
import type { BranchPath } from "../sequences/step-paths.ts";
import type { ForecastStep } from "./forecast-facts.ts";

/** Where the way begins that leads through a step. */
export function firstForecastStep(steps: readonly ForecastStep[], through: number) {
  const versionId = steps[through]?.versionId ?? null;
  return steps.findIndex((one) => one.isOn && one.versionId === versionId && one.parentId === null);
}

/** As `stepAfter` has it: the first that is on and whose date has not passed, else simply the next; past the last, none. */
export function nextStep(
  steps: readonly ForecastStep[],
  { after, path }: { after: number; path: BranchPath | null },
  now: number,
) {
  const line = lineBehind(steps, after, path);
  const isOpen = ({ isOn, exactAt }: ForecastStep) => isOn && !(exactAt !== null && exactAt < now);
  return line.find((n) => isOpen(steps[n] as ForecastStep)) ?? line[0] ?? steps.length;
}

/** Asked of each contact at each step, so every line is reckoned once. */
const LINES = new WeakMap<readonly ForecastStep[], Map<string, readonly number[]>>();

function lineBehind(steps: readonly ForecastStep[], after: number, path: BranchPath | null) {
  const known = LINES.get(steps) ?? new Map<string, readonly number[]>();
  LINES.set(steps, known);
  const key = `${after} ${path}`;
  let line = known.get(key);
  if (!line) {
    const step = steps[after];
    const own = steps.filter(({ versionId }) => versionId === step?.versionId);
    const behind = step && (path ? lineOn(own, step.id, path) : lineAfter(own, step.id));
    line = (behind ?? []).map((one) => steps.indexOf(one));
    known.set(key, line);
  }
  return line;
}
