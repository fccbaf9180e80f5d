// Begins a run: what a killed process left open is closed first, so that it is told as what it is.

import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import * as store from "./store.ts";

const KILLED = "The process ended before the backup was complete.";

export type Run = {
  id: string;
  /** The end of the installation's id, for the names of its files. */
  of: string;
};

/** Only by the process that holds the lock. Null where another one was begun in the meantime. */
export async function beginRun(db: Db, now: Temporal.Instant): Promise<Run | null> {
  const of = (await store.readInstallationId(db)).slice(-8);
  const open = await store.findUnfinished(db);
  if (open && open.startedAt === null)
    return (await store.startAsked(db, open.id, now)) ? { id: open.id, of } : null;
  if (open) await store.endFailed(db, open.id, now, KILLED);
  const id = newId();
  return (await store.insertStarted(db, id, now)) ? { id, of } : null;
}
