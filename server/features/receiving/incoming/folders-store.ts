// How far the folders of a mailbox were read.

import type { Db } from "../../../db/connect.ts";

export type MailFolder = {
  role: "inbox" | "sent" | "junk";
  path: string;
  uidValidity: number | null;
  lastUid: number;
  readsFrom: Temporal.Instant;
  position?: string | null;
};

export function foldersOf(db: Db, teamId: string, mailboxId: string) {
  return db.rows<MailFolder>(
    "select role, path, uid_validity, last_uid, reads_from, position from mailbox_folders where team_id = $1 and mailbox_id = $2",
    [teamId, mailboxId],
  );
}

/** Further on, and never back, unless the server has numbered its mails anew. */
export function writeFolder(db: Db, teamId: string, mailboxId: string, folder: MailFolder) {
  return db.run(
    `insert into mailbox_folders (team_id, mailbox_id, role, path, uid_validity, last_uid, reads_from, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (team_id, mailbox_id, role) do update
        set path = excluded.path, uid_validity = excluded.uid_validity, reads_from = excluded.reads_from,
            position = excluded.position,
            last_uid = case when mailbox_folders.uid_validity = excluded.uid_validity and mailbox_folders.path = excluded.path
                            then greatest(mailbox_folders.last_uid, excluded.last_uid) else excluded.last_uid end`,
    [
      ...[teamId, mailboxId, folder.role, folder.path, folder.uidValidity, folder.lastUid, folder.readsFrom],
      folder.position ?? null,
    ],
  );
}

/** When the first mail of this mailbox went out: nothing older answers one. */
export async function firstSentAt(db: Db, teamId: string, mailboxId: string) {
  const row = await db.row<{ at: Temporal.Instant | null }>(
    "select min(released_at) as at from messages where team_id = $1 and mailbox_id = $2 and released_at is not null",
    [teamId, mailboxId],
  );
  return row?.at ?? null;
}
