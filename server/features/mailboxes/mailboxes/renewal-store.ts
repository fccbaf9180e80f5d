// Whose turn it is to ask a token server for a mailbox, and until when it is not asked.

import type { Db } from "../../../db/connect.ts";

/** False where another engine asks already, or the server is to be left alone. */
export async function takeRenewal(
  db: Db,
  teamId: string,
  id: string,
  { now, until }: { now: Temporal.Instant; until: Temporal.Instant },
) {
  const taken = await db.run(
    `update mailboxes set oauth_renewing_until = $4
      where team_id = $1 and id = $2 and (oauth_renewing_until is null or oauth_renewing_until <= $3)
        and (oauth_wait_until is null or oauth_wait_until <= $3)`,
    [teamId, id, now, until],
  );
  return taken > 0;
}

type RenewalWait = {
  renewingUntil: Temporal.Instant | null;
  waitUntil: Temporal.Instant | null;
  reason: string | null;
};

export function findWait(db: Db, teamId: string, id: string) {
  return db.row<RenewalWait>(
    `select oauth_renewing_until as renewing_until, oauth_wait_until as wait_until, oauth_wait_reason as reason
       from mailboxes where team_id = $1 and id = $2`,
    [teamId, id],
  );
}

/**
 * The provider refused the token before its time: the next to sign in asks for another one. False where the mailbox cannot ask
 * for one, where another token is there already, or where the provider refused it again and again.
 */
export async function expireToken(
  db: Db,
  teamId: string,
  id: string,
  { signedInWith, now }: { signedInWith: Buffer | null; now: Temporal.Instant },
) {
  const expired = await db.run(
    `update mailboxes set oauth_expires_at = least(oauth_expires_at, $4)
      where team_id = $1 and id = $2 and oauth_access_token = $3 and oauth_refresh_token is not null
        and oauth_client_id is not null and oauth_expires_at is not null and failures < 3`,
    [teamId, id, signedInWith, now],
  );
  return expired > 0;
}

export function endRenewal(
  db: Db,
  teamId: string,
  id: string,
  wait: { until: Temporal.Instant; reason: string } | null,
) {
  return db.run(
    `update mailboxes set oauth_renewing_until = null, oauth_wait_until = $3, oauth_wait_reason = $4
      where team_id = $1 and id = $2`,
    [teamId, id, wait?.until ?? null, wait?.reason.slice(0, 300) ?? null],
  );
}
