// The way through a sequence's steps. The steps for new contacts come first, then those of earlier versions; no contact
// changes the version.

import type { ForecastStep } from "./forecast-facts.ts";

/** Where the way begins that leads through a step. */
export function firstForecastStep(steps: readonly ForecastStep[], through: number) {
  const versionId = steps[through]?.versionId ?? null;
  return steps.findIndex((one) => one.isOn && one.versionId === versionId);
}

/** As `firstStepFrom` has it: the first that is on and whose date has not passed, else simply the next. */
export function nextStep(steps: readonly ForecastStep[], after: number, now: number) {
  const versionId = steps[after]?.versionId;
  const isOver = (n: number) => steps[n]?.versionId !== versionId;
  for (let n = after + 1; n < steps.length && !isOver(n); n++) {
    const { isOn, exactAt } = steps[n] as ForecastStep;
    if (isOn && !(exactAt !== null && exactAt < now)) return n;
  }
  return isOver(after + 1) ? steps.length : after + 1;
}
