// Days that are over are added up, for reports: a month of them at a time, then what changed in those that were.

import type { Act } from "../../app.ts";
import { daysToAddUp, firstMoment } from "../../domain/summed-days.ts";
import { findTeam } from "../teams/store.ts";
import * as store from "./sums-store.ts";

/** Mails in one statement, so that it is short. */
const AT_ONCE = 500_000;

type Adding = Pick<Act, "db" | "now"> & { teamId: string };

/** Nobody who was writing at `now` may be writing still. Answers whether something was done. */
export async function addDaysUp({ db, now, teamId }: Adding): Promise<boolean> {
  const team = await findTeam(db, teamId);
  if (!team) return false;
  const place = await store.lockPlace(db, teamId, team.timeZone);
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
  return (await store.takeChangesIn(db, teamId, place)) > 0;
}
