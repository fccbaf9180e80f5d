// What a dry run tells of the days after: when those who join begin, and when the last of them could be through.

import type { Act } from "../../app.ts";
import { byHour, firstTurns, lastIsThrough, type Outlook, type Starting } from "../../domain/outlook.ts";
import type { Capacity } from "../../domain/rotation.ts";
import { zoneFor } from "../../domain/schedule.ts";
import type { Joined } from "./store.ts";
import type { JoinTerms } from "./terms.ts";

/** Null where nobody knows when they start. Only mails that go out by themselves wait for limits. */
export function outlookOf(
  { now }: Act,
  terms: JoinTerms,
  capacities: readonly Capacity[],
  batches: readonly Pick<Joined, "enrollments">[],
): Outlook | null {
  const { firstStep, schedule, isDated, steps } = terms;
  if (!isDated || !firstStep) return null;
  const starting = batches
    .flatMap(({ enrollments }) => enrollments)
    .flatMap(({ mailboxId, timeZone, dueAt }): Starting[] =>
      dueAt ? [{ mailboxId, zone: zoneFor(schedule, timeZone), dueAt }] : [],
    );
  const turns =
    firstStep.type === "auto_email"
      ? firstTurns(starting, pacesOf(terms, capacities), { schedule, now })
      : starting.map(({ dueAt, zone }) => ({ at: dueAt, zone }));
  const later = steps.filter(({ isOn, position }) => isOn && position > firstStep.position);
  return { hours: byHour(turns), lastIsThroughAt: lastIsThrough(turns, later, schedule) };
}

function pacesOf({ mailboxes }: JoinTerms, capacities: readonly Capacity[]) {
  const byId = new Map(capacities.map((capacity) => [capacity.id, capacity]));
  return mailboxes.map(({ id, hourlyLimit, gapSeconds }) => {
    const capacity = byId.get(id);
    return {
      ...{ id, hourlyLimit, gapSeconds },
      dailyLimit: capacity?.dailyLimit ?? null,
      sent: capacity?.sentLastDay ?? 0,
      planned: capacity?.plannedNextDay ?? 0,
    };
  });
}
