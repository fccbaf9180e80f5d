import type { Db } from "../../../db/connect.ts";
import { JSON_PLACES, KEYS, type Noun } from "./places-store.ts";

export type Use = { kind: string; id: string; name: string | null; onlyFor: string | null; joins?: string[] };

/** Whatever names it and would go on without it. */
export async function usesOf(db: Db, teamId: string, noun: Noun, id: string) {
  const places = [...Object.values(KEYS[noun]), ...Object.values(JSON_PLACES)];
  const found: Use[] = [];
  for (const place of places)
    if ("refuses" in place) found.push(...(await db.rows<Use>(place.refuses, [teamId, id])));
  return [...new Map(found.map((use) => [`${use.kind} ${use.id}`, use])).values()];
}
