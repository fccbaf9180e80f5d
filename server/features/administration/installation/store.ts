import type { Db } from "../../../db/connect.ts";

export type InstallationRow = {
  id: string;
  setupTokenHash: Buffer | null;
  setupCompletedAt: Temporal.Instant | null;
  keyFingerprint: Buffer | null;
  digestKey: Buffer | null;
  pushPrivateKey: Buffer | null;
  sandboxAt: Temporal.Instant | null;
  sandboxSpeed: number | null;
  sandboxGoal: Temporal.Instant | null;
};

const COLUMNS =
  "id, setup_token_hash, setup_completed_at, key_fingerprint, digest_key, push_private_key, sandbox_at, sandbox_speed, sandbox_goal";

export async function createInstallation(db: Db, id: string, now: Temporal.Instant) {
  const created = await db.run(
    "insert into installation (id, created_at) values ($1, $2) on conflict do nothing",
    [id, now],
  );
  return created === 1;
}

/** The one row, held until the transaction ends: of two first owners, one waits and finds it done. */
export function lockInstallation(db: Db) {
  return db.row<InstallationRow>(`select ${COLUMNS} from installation for update`);
}

export function findInstallation(db: Db) {
  return db.row<InstallationRow>(`select ${COLUMNS} from installation`);
}

export function setSetupToken(db: Db, tokenHash: Buffer) {
  return db.run("update installation set setup_token_hash = $1 where setup_completed_at is null", [
    tokenHash,
  ]);
}

export function completeSetup(db: Db, now: Temporal.Instant) {
  return db.run("update installation set setup_completed_at = $1, setup_token_hash = null", [now]);
}

export function setKeyFingerprint(db: Db, fingerprint: Buffer) {
  return db.run("update installation set key_fingerprint = $1", [fingerprint]);
}

export function setDigestKey(db: Db, sealed: Buffer) {
  return db.run("update installation set digest_key = $1", [sealed]);
}

/** Sealed anew, unless it is no longer what was read. */
export function replaceDigestKey(db: Db, was: Buffer, sealed: Buffer) {
  return db.run("update installation set digest_key = $2 where digest_key = $1", [was, sealed]);
}

export function setPushKeys(db: Db, publicKey: string, sealed: Buffer) {
  return db.run("update installation set push_public_key = $1, push_private_key = $2", [publicKey, sealed]);
}

/** As `replaceDigestKey`. */
export function replacePushKey(db: Db, was: Buffer, sealed: Buffer) {
  return db.run("update installation set push_private_key = $2 where push_private_key = $1", [was, sealed]);
}

/** The user a bootstrap key acted as, until the first owner takes their place. */
export function findUnclaimedOperator(db: Db) {
  return db.row<{ teamId: string; userId: string }>("select team_id, user_id from find_unclaimed_operator()");
}

type SandboxState = { at: Temporal.Instant; speed: number; goal: Temporal.Instant | null };

export function saveSandbox(db: Db, { at, speed, goal }: SandboxState) {
  return db.run("update installation set sandbox_at = $1, sandbox_speed = $2, sandbox_goal = $3", [
    ...[at, speed, goal],
  ]);
}
