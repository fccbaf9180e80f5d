// What happened with several contacts and accounts, as pages of one list: the timelines of each, mixed.

import type { Db } from "../../db/connect.ts";
import { type Happened, type Kind, searchTimeline, type Whose } from "./store.ts";

export type Subject = { whose: Whose; id: string };

/** So far back pages reach. */
const MOST = 1_000;

export async function latestOf(
  db: Db,
  teamId: string,
  subjects: readonly Subject[],
  { kinds, viewerId }: { kinds: readonly Kind[]; viewerId: string | null },
) {
  const search = { kinds, viewerId, after: null, limit: MOST };
  const told = new Map<string, Happened>();
  for (const { whose, id } of subjects)
    for (const row of await searchTimeline(db, teamId, whose, id, search))
      told.set(`${row.kind} ${row.id}`, row);
  const all = [...told.values()].toSorted(newestFirst);
  return { rows: all.slice(0, MOST), isCut: all.length > MOST };
}

function newestFirst(one: Happened, other: Happened) {
  return Temporal.Instant.compare(other.at, one.at) || (other.place < one.place ? -1 : 1);
}
