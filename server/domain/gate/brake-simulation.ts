// Which brakes would have been on in the past, day by day, with other rules. It supposes that a pause is lifted as soon as its figures allow,
// and that the emails were sent all the same: what a brake would have kept from bouncing is unknown.

import type { BrakeRules } from "./brake-rules.ts";
import { addUp, between, type DaySums, type SendingDay } from "./brake-sums.ts";
import { type BrakeFound, type BrakeSubject, causesOf, subjectKey, subjectsOf } from "./brakes.ts";

/** From so many days ago until so many days ago, both included. */
export type SimulatedBrake = BrakeFound & {
  from: number;
  until: number;
  /** Sent in that time. */
  emails: number;
};

export function simulateBrakes(
  rules: BrakeRules,
  teamId: string,
  days: readonly SendingDay[],
  span: number,
): SimulatedBrake[] {
  return subjectsOf(teamId, days)
    .flatMap((subject) => spansOf(rules, subject, addUp(subject.days), span))
    .sort((one, other) => other.from - one.from || (subjectKey(one) < subjectKey(other) ? -1 : 1));
}

function spansOf(
  rules: BrakeRules,
  { scope, subjectId }: BrakeSubject,
  sums: DaySums,
  span: number,
): SimulatedBrake[] {
  const spans: SimulatedBrake[] = [];
  for (let at = span - 1; at >= 0; at--) {
    const [finding] = causesOf(rules, sums, at);
    if (!finding) continue;
    const emails = between(sums.all, "sent", at, at + 1);
    const last = spans.at(-1);
    if (last && last.until === at + 1 && last.level === finding.level && last.cause === finding.cause) {
      last.until = at;
      last.emails += emails;
      if (finding.figures.percent > last.figures.percent) last.figures = finding.figures;
    } else spans.push({ scope, subjectId, ...finding, from: at, until: at, emails });
  }
  return spans;
}
