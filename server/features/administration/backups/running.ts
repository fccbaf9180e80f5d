// Begins a run: what a killed process left open is closed first, so that it is told as what it is.

import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import * as store from "./store.ts";

const KILLED = "The process ended before the backup was complete.";

/** Only by the process that holds the lock. Null where another one was begun in the meantime. */
export async function beginRun(db: Db, now: Temporal.Instant): Promise<string | null> {
  const open = await store.findUnfinished(db);
  if (open && open.startedAt === null) return (await store.startAsked(db, open.id, now)) ? open.id : null;
  if (open) await store.endFailed(db, open.id, now, KILLED);
  const id = newId();
  return (await store.insertStarted(db, id, now)) ? id : null;
}
