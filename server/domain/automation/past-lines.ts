// What a look back says of the past: whom a workflow would have taken, and by what the others are left out.

import type { FilterVerdict } from "./judgement.ts";

export const LOOK_BACK_DAYS = 30;

export type PastLine = {
  entityId: string;
  at: Temporal.Instant | null;
  event: { id: string; type: string } | null;
  code: string | null;
  filters: readonly FilterVerdict[];
};

/** Each in the order of time. */
export type Replayed = { taken: PastLine[]; leftOut: PastLine[] };

export type LookBack = {
  kind: "past" | "today" | "unknown";
  since: Temporal.Instant | null;
  /** From when on everything was read, where not all of the days were. */
  completeFrom: Temporal.Instant | null;
  numTriggers: number;
  replayed: Replayed;
};
