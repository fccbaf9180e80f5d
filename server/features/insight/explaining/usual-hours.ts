// When contacts usually read, for emails of sequences that wait for that hour.

import { usualHourOf } from "../../../domain/sequences/usual-hour.ts";
import { placeFor } from "../../../domain/time/schedule.ts";
import { readingsOf } from "../../enrollments/enrollments/readings.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";

export async function withUsualHours(
  { db, caller }: ReadContext,
  placed: readonly EnrollmentWithContext[],
): Promise<EnrollmentWithContext[]> {
  const plans = new Map(placed.map(({ row, around }) => [row.sequenceId, around.sequence]));
  const readings = await readingsOf(
    db,
    caller.teamId,
    plans,
    placed.map(({ row }) => row),
  );
  return placed.map((one) => {
    const { row, around, standing } = one;
    const step = around.steps.find(({ id }) => id === row.currentStepId);
    const readAt = readings(row.sequenceId, row.contactId);
    if (readAt.length === 0 || step?.type !== "auto_email" || step.exactAt) return one;
    const { zone } = placeFor(around.facts.schedule, standing.facts.person);
    return { ...one, standing: { ...standing, usualHour: usualHourOf(readAt, zone) } };
  });
}
