// How long an away contact gets no mail: until their window opens on the day they named, or a week where they named
// none.

import type { Db } from "../../../db/connect.ts";
import { openingOn, placeFor, type ScheduleZone } from "../../../domain/time/schedule.ts";
import { plansOf } from "../../enrollments/enrollments/store.ts";
import type { By } from "../../events/events/store.ts";
import * as correspondence from "./correspondence-store.ts";
import type { JudgedMail } from "./judged.ts";

const DAYS_WITHOUT_A_DATE = 7;

/** By the incoming mail's id. Contacts who are back by now are left out. */
export async function returnOf({ db, teamId, now }: By, judged: readonly JudgedMail[]) {
  const away = judged.filter(
    ({ outcome, sent }) => outcome.happens.includes("outOfOffice") && sent?.enrollmentId,
  );
  const returns = new Map<string, Temporal.Instant>();
  if (away.length === 0) return returns;
  const clocks = await clocksOf(
    db,
    teamId,
    away.map(({ sent }) => sent?.enrollmentId ?? ""),
  );
  for (const { id, sent, verdict, receivedAt } of away) {
    const clock = clocks.get(sent?.enrollmentId ?? "");
    if (!clock) continue;
    const { schedule, zone } = clock;
    const day =
      verdict.returnsOn ??
      receivedAt.toZonedDateTimeISO(zone).toPlainDate().add({ days: DAYS_WITHOUT_A_DATE });
    const at = openingOn(schedule, zone, day) ?? day.toZonedDateTime(zone).toInstant();
    if (Temporal.Instant.compare(at, now) > 0) returns.set(id, at);
  }
  return returns;
}

async function clocksOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  const places = await correspondence.placesOf(db, teamId, enrollmentIds);
  const plans = await plansOf(db, teamId, [...new Set(places.map(({ sequenceId }) => sequenceId))]);
  return new Map(
    places.map(({ id, sequenceId, ...where }): [string, ScheduleZone] => {
      const schedule = plans.get(sequenceId)?.schedule ?? null;
      return [id, placeFor(schedule, where)];
    }),
  );
}
