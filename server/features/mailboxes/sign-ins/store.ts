// Sign-ins that were started and are not over.

import type { Db } from "../../../db/connect.ts";
import type { SignInProvider, WayToProvider } from "../../../domain/contacts/mail-sign-in.ts";

/** Settings of a mailbox that is not connected yet. */
export type SignInWish = {
  displayName: string | null;
  visibility: "restricted" | "everyone" | null;
  /** Absent: Cadenza's own default. */
  dailyLimit?: number | null;
  ramp: { start: number; step: number; everyDays: number; ceiling: number } | null;
  /** Absent in sign-ins of an earlier version. */
  connectedBy?: WayToProvider;
  /** Absent: where Google refuses SMTP and IMAP, its API is taken. */
  isWayChosen?: boolean;
};

export type SignIn = {
  id: string;
  provider: SignInProvider;
  clientId: string;
  userId: string;
  startedBy: string;
  mailboxId: string | null;
  wish: SignInWish;
  expiresAt: Temporal.Instant;
  usedAt: Temporal.Instant | null;
};

export function insertSignIn(
  db: Db,
  teamId: string,
  one: Omit<SignIn, "usedAt"> & { stateHash: Buffer; createdAt: Temporal.Instant },
) {
  return db.run(
    `insert into mailbox_sign_ins (team_id, id, state_hash, provider, client_id, user_id, started_by, mailbox_id, wish, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[
        teamId,
        one.id,
        one.stateHash,
        one.provider,
        one.clientId,
        one.userId,
        one.startedBy,
        one.mailboxId,
      ],
      ...[JSON.stringify(one.wish), one.createdAt, one.expiresAt],
    ],
  );
}

export function lockSignIn(db: Db, teamId: string, stateHash: Buffer) {
  return db.row<SignIn>(
    `select id, provider, client_id, user_id, started_by, mailbox_id, wish, expires_at, used_at
       from mailbox_sign_ins where team_id = $1 and state_hash = $2 for update`,
    [teamId, stateHash],
  );
}

export function useSignIn(db: Db, teamId: string, id: string, at: Temporal.Instant | null) {
  return db.run("update mailbox_sign_ins set used_at = $3 where team_id = $1 and id = $2", [teamId, id, at]);
}

/** Of one user, the newest are kept. */
export function deleteSurplus(db: Db, teamId: string, userId: string, kept: number) {
  return db.run(
    `delete from mailbox_sign_ins where team_id = $1 and id in (
       select id from mailbox_sign_ins where team_id = $1 and user_id = $2
        order by created_at desc, id offset $3)`,
    [teamId, userId, kept],
  );
}

export function deleteOldSignIns(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from mailbox_sign_ins where team_id = $1 and expires_at <= $2", [teamId, before]);
}
