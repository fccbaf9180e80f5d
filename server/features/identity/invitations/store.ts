import type { Db } from "../../../db/connect.ts";

export const INVITATION_LASTS = { hours: 7 * 24 };

export type InvitationRow = {
  id: string;
  userId: string;
  purpose: "join" | "reset";
  expiresAt: Temporal.Instant;
};

type NewInvitation = InvitationRow & { tokenHash: Buffer; createdBy: string | null };

export function insertInvitation(db: Db, teamId: string, invitation: NewInvitation, now: Temporal.Instant) {
  return db.run(
    `insert into invitations (team_id, id, user_id, purpose, token_hash, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      teamId,
      invitation.id,
      invitation.userId,
      invitation.purpose,
      invitation.tokenHash,
      invitation.createdBy,
      now,
      invitation.expiresAt,
    ],
  );
}

export function revokeInvitations(db: Db, teamId: string, userId: string, now: Temporal.Instant) {
  return db.run(
    "update invitations set revoked_at = $3 where team_id = $1 and user_id = $2 and used_at is null and revoked_at is null",
    [teamId, userId, now],
  );
}

/** The user of an invitation link. Read before the team is known, by the function that reads across teams. */
export function findOpenInvitation(db: Db, tokenHash: Buffer, now: Temporal.Instant) {
  return db.row<{ teamId: string; invitationId: string; userId: string }>(
    "select team_id, invitation_id, user_id from find_invitation($1, $2)",
    [tokenHash, now],
  );
}

export function findInvitation(db: Db, teamId: string, id: string) {
  return db.row<InvitationRow>(
    "select id, user_id, purpose, expires_at from invitations where team_id = $1 and id = $2",
    [teamId, id],
  );
}

/** True for one caller only, however many come at once. */
export async function useInvitation(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  const used = await db.run(
    `update invitations set used_at = $3
      where team_id = $1 and id = $2 and used_at is null and revoked_at is null and expires_at > $3`,
    [teamId, id, now],
  );
  return used === 1;
}

export function deleteOldInvitations(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from invitations where team_id = $1 and expires_at < $2", [teamId, before]);
}
