import type { Db } from "../../../db/connect.ts";

/** By company: its domain, by which its account is known. */
export async function findCompanyDomains(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; domain: string }>(
    "select id, domain from organizations where team_id = $1 and id = any ($2::text[]) and domain is not null",
    [teamId, ids],
  );
  return new Map(rows.map(({ id, domain }) => [id, domain]));
}
