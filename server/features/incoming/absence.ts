// Until when somebody is left alone who is away: the day they said, when their window opens; a week where they said none.

import type { Db } from "../../db/connect.ts";
import { openingOn, type Place, placeFor } from "../../domain/schedule.ts";
import { plansOf } from "../enrollments/store.ts";
import type { By } from "../events/store.ts";
import * as correspondence from "./correspondence-store.ts";
import type { Judged } from "./judged.ts";

const DAYS_WITHOUT_A_DATE = 7;

/** By the incoming mail's id. Whoever is back by now is left out. */
export async function returnOf({ db, teamId, now }: By, judged: readonly Judged[]) {
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
    places.map(({ id, sequenceId, ...where }): [string, Place] => {
      const schedule = plans.get(sequenceId)?.schedule ?? null;
      return [id, placeFor(schedule, where)];
    }),
  );
}
