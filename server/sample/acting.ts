// The sample team did what it did at some time, by somebody: commands are told so by an act of that moment and person.

import type { Act } from "../app.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The same act, as if somebody had carried it out then. All of it stays one transaction. */
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
