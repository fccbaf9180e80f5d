// Whether most of the contacts here are this team's, remembered for a minute by team: it decides how words are looked
// for, never what is found.

import type { Db } from "../../../db/connect.ts";
import { hasMostContacts } from "./store.ts";

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1_000;

const known = new Map<string, { isLargest: boolean; until: number }>();

export async function isLargestTeam(db: Db, teamId: string) {
  const entry = known.get(teamId);
  if (entry && entry.until > performance.now()) return entry.isLargest;
  const isLargest = await hasMostContacts(db);
  known.delete(teamId);
  known.set(teamId, { isLargest, until: performance.now() + REMEMBERED_MS });
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  return isLargest;
}
