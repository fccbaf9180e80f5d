import type { Db } from "../../db/connect.ts";

export async function findByAddress(db: Db, teamId: string, address: string) {
  const rows = await db.rows<{ id: string }>(
    "select contact_id as id from contact_emails where team_id = $1 and lower(email) = $2",
    [teamId, address],
  );
  return rows.map(({ id }) => id);
}

/** Those whose first address it is; of anybody else only that address is barred. */
export async function markBounced(
  db: Db,
  teamId: string,
  ids: readonly string[],
  address: string,
  now: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string }>(
    `update contacts set bounced_at = $4, email_status = 'bounced', updated_at = $4
      where team_id = $1 and id = any($2::text[]) and lower(email) = lower($3) and bounced_at is null
     returning id`,
    [teamId, ids, address, now],
  );
  return rows.map(({ id }) => id);
}
