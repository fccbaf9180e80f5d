// Exports that were asked for, and what fits in one.

import type { Db } from "../../../db/connect.ts";
import { seesConversation } from "../../access/sharing/sight-store.ts";

type ExportRow = { id: string; since: Temporal.Instant; until: Temporal.Instant };

export function writeExport(
  db: Db,
  teamId: string,
  { id, since, until, userId, forUserId }: ExportRow & { userId: string; forUserId: string },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into conversation_exports (team_id, id, user_id, for_user_id, since, until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [teamId, id, userId, forUserId, since, until, now],
  );
}

/** For who asked, for whom they named, and for admins. */
export function findExport(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<ExportRow>(
    `select id, since, until from conversation_exports
      where team_id = $1 and id = $2 and ($3::text is null or user_id = $3 or for_user_id = $3)`,
    [teamId, id, viewerId],
  );
}

/** Also a user who was deactivated has an address; nothing is handed to them. */
export async function userOfAddress(db: Db, teamId: string, email: string) {
  const row = await db.row<{ id: string }>(
    "select id from users where team_id = $1 and lower(email) = lower($2) and deactivated_at is null",
    [teamId, email],
  );
  return row?.id ?? null;
}

type Period = { since: Temporal.Instant; until: Temporal.Instant; viewerId: string | null };

const WITHIN = `k.team_id = $1 and k.started_at >= $2 and k.started_at < $3 and ${seesConversation("$4", "k")}`;

export async function sizeOfPeriod(db: Db, teamId: string, { since, until, viewerId }: Period) {
  const row = await db.row<{ conversations: number; bytes: number }>(
    `select count(*) as conversations, coalesce(sum(
              (select sum(octet_length(l.said) + 200) from conversation_lines l
                where l.team_id = $1 and l.conversation_id = k.id)), 0)::float8 as bytes
       from conversations k where ${WITHIN}`,
    [teamId, since, until, viewerId],
  );
  return row ?? { conversations: 0, bytes: 0 };
}

export async function idsOfPeriod(db: Db, teamId: string, { since, until, viewerId }: Period, limit: number) {
  const rows = await db.rows<{ id: string }>(
    `select k.id from conversations k where ${WITHIN} order by k.started_at, k.id limit $5`,
    [teamId, since, until, viewerId, limit],
  );
  return rows.map(({ id }) => id);
}
