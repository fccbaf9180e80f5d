// Days that are over are added up, for reports: a month of them at a time, then what changed in those that were.

import { daysToAddUp, firstMoment } from "../../../domain/insight/summed-days.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { findTeam } from "../../identity/teams/store.ts";
import * as store from "./sums-store.ts";

/** Mails in one statement, so that it is short. */
const AT_ONCE = 500_000;
const DAYS_AT_ONCE = 400;

/** No transaction that was writing at `now` may be writing still. Answers whether something was done. */
export async function addDaysUp(by: By, manner: BatchMode = "together"): Promise<boolean> {
  const { db, now, teamId } = by;
  const team = await findTeam(db, teamId);
  if (!team) return false;
  const place = await store.lockDaySumsPosition(db, teamId, team.timeZone);
  if (!place) return false;
  if (place.zone !== team.timeZone) {
    await store.beginAnew(db, teamId, team.timeZone);
    return true;
  }
  const { zone, untilDay } = place;
  const first = untilDay ?? (await store.firstDay(db, teamId, zone));
  const enough = first && (await store.dayAfter(db, teamId, zone, firstMoment(first, zone), AT_ONCE));
  const until = first && daysToAddUp(first, now, zone, enough);
  if (until) {
    const from = untilDay && firstMoment(untilDay, zone);
    await store.addUp(db, teamId, place, { from, until: firstMoment(until, zone), untilDay: until });
    return true;
  }
  const days = await store.changedDays(db, teamId, place, DAYS_AT_ONCE);
  await inParts(by, { loop: "add-days-up", manner }, days, (some) =>
    store.takeChangesIn(
      db,
      teamId,
      place,
      some.map(({ id }) => id),
    ),
  );
  return days.length > 0;
}
