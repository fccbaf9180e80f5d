// When contacts read emails. Asked for only where a sequence sends at the hour at which each contact usually reads.

import type { Db } from "../../../db/connect.ts";
import { MOST_READINGS, READINGS_DAYS } from "../../../domain/sequences/usual-hour.ts";
import { readTimes } from "./readings-store.ts";

/** Seconds of the epoch, the last first; none for a sequence that does not ask. */
export type Readings = (sequenceId: string, contactId: string) => readonly number[];

export async function readingsOf(
  db: Db,
  teamId: string,
  plans: ReadonlyMap<string, { sendsAtUsualHour: boolean }>,
  people: readonly { sequenceId: string; contactId: string }[],
): Promise<Readings> {
  const asks = (sequenceId: string) => plans.get(sequenceId)?.sendsAtUsualHour ?? false;
  const contactIds = people.flatMap(({ sequenceId, contactId }) => (asks(sequenceId) ? [contactId] : []));
  if (contactIds.length === 0) return () => [];
  const bounds = { days: READINGS_DAYS, most: MOST_READINGS };
  const known = await readTimes(db, teamId, [...new Set(contactIds)], bounds);
  return (sequenceId, contactId) => (asks(sequenceId) ? (known.get(contactId) ?? []) : []);
}
