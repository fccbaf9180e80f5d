import { BRAKE_CAUSES, type BrakeRules } from "../../../domain/gate/brake-rules.ts";
import type { SimulatedBrake } from "../../../domain/gate/brake-simulation.ts";
import { brakeSays, levelSays } from "../../../domain/gate/brake-words.ts";
import type { BrakeFigures } from "../../../domain/gate/brakes.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { BrakeRow } from "./store.ts";

export function presentBrake(brake: BrakeRow) {
  const { id, scope, subjectId, name, level, cause, figures } = brake;
  return {
    id,
    scope,
    subject_id: subjectId,
    name,
    level,
    cause,
    ...presentFigures(figures),
    since: stored(brake.since),
    ended_at: storedOrNull(brake.endedAt),
    end_reason: brake.endReason,
    ended_by: brake.endedBy,
    sentence: `${brakeSays({ scope, name, level, cause, figures })} ${levelSays(level)}`,
  };
}

function presentFigures({ sent, count, percent, threshold, days, before }: BrakeFigures) {
  return { emails: sent, count, percent, threshold_percent: threshold, days, percent_before: before };
}

export function presentRules(rules: BrakeRules) {
  return BRAKE_CAUSES.map((cause) => {
    const { isOn, days, fewest, first, pause } = rules[cause];
    return {
      cause,
      enabled: isOn,
      days,
      min_emails: fewest,
      first_steps_at_percent: first,
      pause_at_percent: pause,
    };
  });
}

export function presentSimulated(
  { scope, subjectId, level, cause, figures, from, until, emails }: SimulatedBrake,
  names: ReadonlyMap<string, string>,
  now: Temporal.Instant,
) {
  const name = names.get(subjectId) ?? null;
  return {
    scope,
    subject_id: subjectId,
    name,
    level,
    cause,
    from: stored(now.subtract({ hours: 24 * (from + 1) })),
    until: stored(now.subtract({ hours: 24 * until })),
    days_on: from - until + 1,
    emails_sent: emails,
    sentence: brakeSays({ scope, name, level, cause, figures }),
  };
}
