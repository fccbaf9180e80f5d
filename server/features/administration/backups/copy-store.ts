import type { Db } from "../../../db/connect.ts";

/** Noted before the first byte, so that a copy which kills its process does not kill it at every start. */
export function beginCopy(db: Db, id: string, now: Temporal.Instant) {
  return db.run("update backup_runs set copy_tried_at = $2, copy_error = null where id = $1", [id, now]);
}

export function endCopied(db: Db, id: string, now: Temporal.Instant, address: string) {
  return db.run(
    "update backup_runs set copied_to = $3, copied_at = $2, copy_tried_at = null, copy_error = null where id = $1",
    [id, now, address],
  );
}

export function endCopyFailed(db: Db, id: string, now: Temporal.Instant, error: string) {
  return db.run("update backup_runs set copy_tried_at = $2, copy_error = $3 where id = $1", [id, now, error]);
}

export function writeCopiesDeleted(db: Db, id: string, deleted: number) {
  return db.run("update backup_runs set copies_deleted = $2 where id = $1", [id, deleted]);
}
