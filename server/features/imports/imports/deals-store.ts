// Which deals and contacts a file's rows mean, and what keeps a deal that an import made.

import type { Db } from "../../../db/connect.ts";

export type KnownDeal = {
  id: string;
  name: string;
  accountId: string | null;
  salesforceId: string | null;
  crmId: string | null;
};

/** Held while rows are matched against what is there, so that of two files at once the second finds what the first made. */
export function holdMatching(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('deals ' || $1, 0))", [teamId]);
}

/** Deals that one of these ids or names could mean. */
export function dealsMeant(
  db: Db,
  teamId: string,
  { ids, names }: { ids: readonly string[]; names: readonly string[] },
) {
  return db.rows<KnownDeal>(
    `select id, name, account_id, salesforce_id, crm_id from deals
      where team_id = $1
        and (id = any($2::text[]) or salesforce_id = any($2::text[]) or crm_id = any($2::text[]) or lower(name) = any($3::text[]))
      order by created_at, id`,
    [teamId, ids, names],
  );
}

/** Contacts by any of their addresses, or by a full name that one contact alone has. In lower case. */
export async function contactsNamed(db: Db, teamId: string, said: readonly string[]) {
  const all = [...new Set(said)];
  const [emails, names] = [all.filter((one) => one.includes("@")), all.filter((one) => !one.includes("@"))];
  const [byEmail, byName] = await Promise.all([
    emails.length === 0 ? [] : db.rows<{ said: string; id: string }>(BY_EMAIL, [teamId, emails]),
    names.length === 0 ? [] : db.rows<{ said: string; id: string }>(BY_NAME, [teamId, names]),
  ]);
  return new Map([...byEmail, ...byName].map((row) => [row.said, row.id]));
}

// By the views, or row security would keep the index of addresses from being used. The contact that came first.
const BY_EMAIL = `select s.said, min(c.id) as id from unnest($2::text[]) as s (said)
  cross join lateral (
         select id::text from team_contacts where team_id = $1 and lower(email) = s.said
         union select contact_id::text from team_contact_emails where team_id = $1 and lower(email) = s.said) c
  group by s.said`;

const BY_NAME = `select lower(name) as said, min(id::text) as id from contacts
  where team_id = $1 and lower(name) = any($2::text[]) group by lower(name) having count(*) = 1`;

/** The given deals that a user has worked with since they were made, and how. */
export function usedDeals(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; code: string | null }>(
    `select d.id, case
         when exists (select from tasks t where t.team_id = d.team_id and t.deal_id = d.id) then 'has_tasks'
         when exists (select from calls l where l.team_id = d.team_id and l.deal_id = d.id) then 'has_calls'
         when exists (select from note_deals n where n.team_id = d.team_id and n.deal_id = d.id) then 'has_notes'
       end as code
       from deals d where d.team_id = $1 and d.id = any($2::text[])`,
    [teamId, ids],
  );
}
