import type { Db } from "../../../db/connect.ts";
import type { ContactKnown } from "../../../domain/prospecting/filling.ts";

export type Askable = ContactKnown & { id: string; firstName: string | null; lastName: string | null };

/** What a contact is looked up by, and what of them is known. */
export function listAskable(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<Askable>(
    `select c.id, c.first_name, c.last_name, c.person_id, c.title, c.email, c.linkedin_url, c.organization_id,
            coalesce(c.organization_name, a.name) as organization_name, a.domain as account_domain, c.present_raw_address,
            c.job_change_company
       from contacts c
       left join accounts a on a.team_id = c.team_id and a.id = c.account_id
      where c.team_id = $1 and c.id = any($2::text[])`,
    [teamId, contactIds],
  );
}
