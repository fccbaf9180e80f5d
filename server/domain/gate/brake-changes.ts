// Which brakes are set and which are lifted, from those that are on and what is found now. The first level lifts itself once the figures
// of its cause no longer reach it; where another cause is found then, that one sets a brake of its own, so that a brake always tells
// why it is on. A pause stays until a person lifts it, or the rule is turned off.

import type { BrakeCause, BrakeLevel, BrakeRules } from "./brake-rules.ts";
import { type BrakeFigures, type BrakeFound, type BrakeSubject, subjectKey } from "./brakes.ts";

export type ActiveBrake = BrakeSubject & {
  id: string;
  level: BrakeLevel;
  cause: BrakeCause;
  figures: BrakeFigures;
  since: string;
};

export type BrakeEnd = "recovered" | "raised" | "rule_off" | "user";

export type BrakeChanges = { set: BrakeFound[]; ended: { brake: ActiveBrake; reason: BrakeEnd }[] };

/** `found`: every cause of each, the worst first. */
export function brakeChanges(
  rules: BrakeRules,
  active: readonly ActiveBrake[],
  found: readonly BrakeFound[],
): BrakeChanges {
  const bySubject = Map.groupBy(found, subjectKey);
  const ended = active.flatMap((brake) => {
    const reason = endOf(rules, brake, bySubject.get(subjectKey(brake)) ?? []);
    return reason ? [{ brake, reason }] : [];
  });
  const over = new Set(ended.map(({ brake }) => brake.id));
  const standing = new Set(active.filter(({ id }) => !over.has(id)).map(subjectKey));
  const worst = [...bySubject.values()].flatMap(([first]) => first ?? []);
  return { ended, set: worst.filter((one) => !standing.has(subjectKey(one))) };
}

function endOf(
  rules: BrakeRules,
  { level, cause }: ActiveBrake,
  found: readonly BrakeFound[],
): BrakeEnd | null {
  if (!rules[cause].isOn) return "rule_off";
  if (level === "paused") return null;
  if (found[0]?.level === "paused") return "raised";
  return found.some((one) => one.cause === cause) ? null : "recovered";
}

/**
 * Those that hold this email. A pause holds each. The first level holds the contact's first email of the sequence, at whichever step it is: a
 * call or another task before it is no email. The gate, forecasts and explanations all ask here.
 */
export function brakesOn<Brake extends Pick<ActiveBrake, "scope" | "subjectId" | "level">>(
  brakes: readonly Brake[],
  { mailboxId, sequenceId, hasSentMail }: BrakedMail,
): readonly Brake[] {
  return brakes.filter(({ scope, subjectId, level }) => {
    const isItsOwn = scope === "team" || subjectId === (scope === "mailbox" ? mailboxId : sequenceId);
    return isItsOwn && (level === "paused" || !hasSentMail);
  });
}

/** `hasSentMail`: the contact got an email of the sequence before. */
export type BrakedMail = { mailboxId: string | null; sequenceId: string | null; hasSentMail: boolean };
