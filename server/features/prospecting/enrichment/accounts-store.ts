import type { Db } from "../../../db/connect.ts";
import type { AccountKnown } from "../../../domain/prospecting/filling.ts";

export function findKnown(db: Db, teamId: string, id: string) {
  return db.row<AccountKnown & { name: string | null; domain: string | null }>(
    `select name, domain, organization_id, industry, linkedin_url, twitter_url, facebook_url, logo_url, phone, raw_address,
            estimated_num_employees, founded_year
       from accounts where team_id = $1 and id = $2`,
    [teamId, id],
  );
}
