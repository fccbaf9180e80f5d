// What the door that counts calls and the noun that keeps the counts say to each other.

import type { RateLimits } from "../config.ts";

/** Calls to one endpoint in its three windows, each opened by the first call in it. */
export type Windows = {
  minuteStarted: Temporal.Instant;
  minuteCount: number;
  hourStarted: Temporal.Instant;
  hourCount: number;
  dayStarted: Temporal.Instant;
  dayCount: number;
};

export type UsageCounter = {
  /** Counts one call where limits are set; not taken, and not counted, where a window is full. */
  take(
    teamId: string,
    scope: string,
    limits: RateLimits,
    now: Temporal.Instant,
  ): Promise<{ taken: boolean; windows: Windows }>;
  /** Counts one call where none are. */
  note(teamId: string, scope: string, now: Temporal.Instant): Windows;
};

/** Printed where no limit is set. A number, because strict clients parse it; so large that none slows down for it. */
export const UNLIMITED = 2_000_000_000;
