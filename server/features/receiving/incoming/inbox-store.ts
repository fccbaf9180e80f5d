// What people decide about mails in the inbox: until when one is out of sight, and who is to answer.

import type { Db } from "../../../db/connect.ts";
import { seesIncoming } from "../../access/sharing/sight-store.ts";
import { OPEN } from "./search-store.ts";

type InboxMail = {
  id: string;
  kind: string;
  contactId: string | null;
  snoozedUntil: Temporal.Instant | null;
  assignedTo: string | null;
  isOpen: boolean;
  isSeenByAssignee: boolean;
};

/** In the order of their ids. `viewerId` and `assigneeId`: whose sight is asked; null sees all. */
export function lockInInbox(
  db: Db,
  teamId: string,
  ids: readonly string[],
  { viewerId, assigneeId }: { viewerId: string | null; assigneeId: string | null },
) {
  return db.rows<InboxMail>(
    `select i.id, i.kind, i.contact_id, i.snoozed_until, i.assigned_to, ${OPEN} as is_open, ${seesIncoming("$4", "i")} as is_seen_by_assignee
       from incoming_mails i
      where i.team_id = $1 and i.id = any($2::text[]) and ${seesIncoming("$3", "i")} order by i.id for update of i`,
    [teamId, ids, viewerId, assigneeId],
  );
}

export function setSnoozed(db: Db, teamId: string, ids: readonly string[], until: Temporal.Instant | null) {
  return db.run("update incoming_mails set snoozed_until = $3 where team_id = $1 and id = any($2::text[])", [
    ...[teamId, ids, until],
  ]);
}

export function setAssigned(db: Db, teamId: string, ids: readonly string[], userId: string | null) {
  return db.run("update incoming_mails set assigned_to = $3 where team_id = $1 and id = any($2::text[])", [
    ...[teamId, ids, userId],
  ]);
}
