// Which mails of a folder are being read, written down before, so that one that ends its reader is known afterwards.

import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/connect.ts";

/** Mails of a folder, by their first and last number. */
type UidRange = {
  mailboxId: string;
  role: string;
  uidValidity: number | null;
  first: number;
  last: number;
};

/** By this its marks are told from those of processes that have ended. */
const PROCESS = randomUUID();

/** Answers what earlier processes left: whether one ended on any of the mails, and how many on exactly this set. */
export async function beginReading(db: Db, teamId: string, { mailboxId, role, ...span }: UidRange) {
  const params = [teamId, mailboxId, role, span.uidValidity, span.first, span.last, PROCESS];
  const [left] = await Promise.all([
    db.row<{ wasMet: boolean; tries: number }>(
      `select count(*) > 0 as was_met,
              coalesce(max(tries) filter (where first_uid = $5 and last_uid = $6), 0)::int as tries
         from mails_being_read
        where team_id = $1 and mailbox_id = $2 and role = $3 and uid_validity is not distinct from $4
          and first_uid <= $6 and last_uid >= $5 and process <> $7`,
      params,
    ),
    db.run(
      `insert into mails_being_read (team_id, mailbox_id, role, uid_validity, first_uid, last_uid, process)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (team_id, mailbox_id, role, first_uid, last_uid) do update
          set tries = case when mails_being_read.uid_validity is distinct from excluded.uid_validity then 1
                           when mails_being_read.process = excluded.process then mails_being_read.tries
                           else mails_being_read.tries + 1 end,
              uid_validity = excluded.uid_validity, process = excluded.process`,
      params,
    ),
  ]);
  return { wasMet: left?.wasMet ?? false, tries: left?.tries ?? 0 };
}

/** What failed for another reason is read again by the next one as if nothing had been. */
export function forgetReading(db: Db, teamId: string, mailboxId: string, role: string) {
  return db.run(
    "delete from mails_being_read where team_id = $1 and mailbox_id = $2 and role = $3 and process = $4",
    [teamId, mailboxId, role, PROCESS],
  );
}

/** Up to this number they are taken in or set aside. */
export function endReading(db: Db, teamId: string, mailboxId: string, role: string, upTo: number) {
  return db.run(
    "delete from mails_being_read where team_id = $1 and mailbox_id = $2 and role = $3 and last_uid <= $4",
    [teamId, mailboxId, role, upTo],
  );
}
