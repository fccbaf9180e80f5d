// How long a transaction waits for locks that others hold.

import type { Db } from "./connect.ts";

const LOCK_NOT_AVAILABLE = "55P03";

/** From here to the end of the transaction, or until it is set anew. 0: for as long as it takes. */
export function waitForLocks(db: Db, ms: number) {
  return db.run("select set_config('lock_timeout', $1, true)", [`${ms}ms`]);
}

/** Whether a statement failed because a lock was held for longer than it would wait. */
export function isLockTimeout(error: unknown) {
  return (error as { code?: string }).code === LOCK_NOT_AVAILABLE;
}
