// What happened with several contacts and accounts, as pages of one list: the timelines of each, mixed.

import type { Db } from "../../../db/connect.ts";
import { searchTimeline, type TimelineEntry, type TimelineKind, type TimelineOwner } from "./store.ts";

export type TimelineSubject = { whose: TimelineOwner; id: string };

/** So far back pages reach. */
const MOST = 1_000;

export async function latestActivitiesOf(
  db: Db,
  teamId: string,
  subjects: readonly TimelineSubject[],
  { kinds, viewerId }: { kinds: readonly TimelineKind[]; viewerId: string | null },
) {
  const search = { kinds, viewerId, after: null, limit: MOST };
  const told = new Map<string, TimelineEntry>();
  for (const { whose, id } of subjects)
    for (const row of await searchTimeline(db, teamId, whose, id, search))
      told.set(`${row.kind} ${row.id}`, row);
  const all = [...told.values()].toSorted(newestFirst);
  return { rows: all.slice(0, MOST), isCut: all.length > MOST };
}

function newestFirst(one: TimelineEntry, other: TimelineEntry) {
  return Temporal.Instant.compare(other.at, one.at) || (other.place < one.place ? -1 : 1);
}
