// Contacts who are looked for by what is known of them, and locked. While one is waited for, they may be merged into another
// contact, or deleted.

import type { Db } from "../../../db/connect.ts";
import { lockIds } from "./holding-store.ts";

/** Finds contacts and locks them, again and again until all that are found are locked. */
export async function lockFound<Found extends { ids: readonly string[] }>(
  { db, teamId }: { db: Db; teamId: string },
  find: () => Promise<Found>,
): Promise<Found> {
  for (let locked: ReadonlySet<string> = new Set(); ; ) {
    const found = await find();
    if (found.ids.every((id) => locked.has(id))) return found;
    locked = new Set(await lockIds(db, teamId, found.ids));
  }
}
