// A change to a large sequence locks its enrollments for seconds. Gates and outcomes of a team share transactions, so one
// locked enrollment would hold up every mail of the team. Here each waits for a moment only: then every sequence goes by
// itself, and those that are still locked are told apart, so that the others go on.

import { isLockTimeout } from "../db/lock-waits.ts";

/** Longer than rows are locked in ordinary work, and shorter than anybody notices. */
export const PATIENCE_MS = 200;
/** How long a sequence that was found locked is not tried again. */
const REMEMBERED_MS = 1_000;

export type BusySequences = {
  /** Does the work for those it can be done for, and answers which those were not. */
  workPast<Ask>(
    asks: readonly Ask[],
    sequenceOf: (ask: Ask) => string | null,
    work: (asks: readonly Ask[]) => Promise<void>,
  ): Promise<Ask[]>;
};

export function openBusySequences(): BusySequences {
  const busyUntil = new Map<string, number>();
  const isBusy = (id: string | null) => id !== null && (busyUntil.get(id) ?? 0) > performance.now();
  const tried = async <Ask>(asks: readonly Ask[], work: (asks: readonly Ask[]) => Promise<void>) => {
    try {
      await work(asks);
      return true;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      return false;
    }
  };
  return {
    async workPast(asks, sequenceOf, work) {
      const left = asks.filter((ask) => isBusy(sequenceOf(ask)));
      const open = asks.filter((ask) => !left.includes(ask));
      if (open.length === 0 || (await tried(open, work))) return left;
      for (const [id, own] of Map.groupBy(open, sequenceOf)) {
        if (await tried(own, work)) continue;
        if (id !== null) busyUntil.set(id, performance.now() + REMEMBERED_MS);
        left.push(...own);
      }
      for (const [id, until] of busyUntil) if (until <= performance.now()) busyUntil.delete(id);
      return left;
    },
  };
}
