// When the steps of some sequences fall due: their schedules and waits, gathered once for any number of people. The one
// place where the product asks the rules in domain/sequences/cadence.ts.

import type { Db } from "../../../db/connect.ts";
import { contactPace, dueAfter, resumedDue } from "../../../domain/sequences/cadence.ts";
import { firstStepFrom, stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import type { TeamSchedule } from "../../../domain/time/schedule.ts";
import type { StepRow } from "../../sequences/steps/store.ts";
import { readingsOf } from "./readings.ts";
import * as store from "./store.ts";

export type Pace = {
  /** The step a person begins with, or null where a sequence has none: the first that is on and whose date has not passed. */
  firstStep(sequenceId: string): Pick<StepRow, "id" | "position"> | null;
  /** When the first step is due for a contact who begins now. */
  begun(sequenceId: string, where: Contact): Temporal.Instant | null;
  /** When a step falls due again: as planned, or once it may where that has passed. */
  resumed(person: Resumed): Temporal.Instant | null;
};

type Contact = Whereabouts & { contactId: string };

export type Resumed = Contact & {
  sequenceId: string;
  currentStepId: string | null;
  dueAt: Temporal.Instant | null;
  /** Since when the wait was stopped; null where it went on. */
  heldSince: Temporal.Instant | null;
};

type Plan = { schedule: TeamSchedule | null; steps: StepRow[] };

export async function paceOf(
  db: Db,
  teamId: string,
  people: readonly { sequenceId: string; contactId: string }[],
  now: Temporal.Instant,
): Promise<Pace> {
  const plans = await store.plansOf(db, teamId, [...new Set(people.map(({ sequenceId }) => sequenceId))]);
  const readings = await readingsOf(db, teamId, plans, people);
  const planOf = (sequenceId: string): Plan => plans.get(sequenceId) ?? { schedule: null, steps: [] };
  const firstStep = (sequenceId: string) =>
    firstStepFrom(stepsBeside(planOf(sequenceId).steps, null), 1, now);
  const paceIn = (sequenceId: string, contact: Contact) =>
    contactPace(planOf(sequenceId).schedule, contact, readings(sequenceId, contact.contactId));
  const waited = (sequenceId: string, step: StepRow | null, contact: Contact) =>
    step && dueAfter({ step, ...paceIn(sequenceId, contact), from: now });
  const begunAt = remembered((sequenceId, contact) => waited(sequenceId, firstStep(sequenceId), contact));
  return {
    firstStep,
    begun: (sequenceId, contact) =>
      readings(sequenceId, contact.contactId).length > 0
        ? waited(sequenceId, firstStep(sequenceId), contact)
        : begunAt(sequenceId, contact),
    resumed({ sequenceId, currentStepId, dueAt, heldSince, ...contact }) {
      const step = planOf(sequenceId).steps.find(({ id }) => id === currentStepId) ?? null;
      if (!dueAt && !step) return now; // it is gone, and the engine finds them another
      if (!dueAt) return waited(sequenceId, step, contact); // it was never planned, so its wait begins
      return resumedDue({
        ...paceIn(sequenceId, contact),
        step,
        planned: dueAt,
        now,
        heldSince,
      });
    },
  };
}

/** A thousand people of one place begin at the same moment, if nothing is known of when they read. */
function remembered(find: Pace["begun"]): Pace["begun"] {
  const known = new Map<string, Temporal.Instant | null>();
  return (sequenceId, where) => {
    const key = [sequenceId, where.timeZone, where.country, where.region].join("\n");
    const found = known.has(key) ? (known.get(key) ?? null) : find(sequenceId, where);
    known.set(key, found);
    return found;
  };
}
