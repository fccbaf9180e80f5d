// The sample team's history has times and users: an act of that moment and user gives them to the commands.

import type { Act } from "../app.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The same act, as if that user had carried it out then. All of it stays one transaction. */
export function asIf(act: Act, when: number, userId: string = act.caller.userId): Act {
  return {
    ...act,
    now: Temporal.Instant.fromEpochMilliseconds(Math.floor(when)),
    caller: { ...act.caller, userId },
  };
}

export function instant(when: number): Temporal.Instant;
export function instant(when: number | null): Temporal.Instant | null;
export function instant(when: number | null) {
  return when === null ? null : Temporal.Instant.fromEpochMilliseconds(Math.floor(when));
}
