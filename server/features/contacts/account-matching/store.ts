// Which account is meant: by those who name one, and by contacts that wait for theirs. Looked for through windows, behind
// which the planner may use any index.

import type { Db } from "../../../db/connect.ts";
import type { Host, KnownAccount, Lonely } from "../../../domain/contacts/account-matching.ts";

/** Held while accounts are matched against what is there, so that two requests at once do not add the same one. */
export async function holdMatching(db: Db, teamId: string) {
  await db.rows("select pg_advisory_xact_lock(hashtextextended('accounts ' || $1, 0))", [teamId]);
}

/** Accounts that the given names or domains could mean, the oldest first. */
export function findCandidates(
  db: Db,
  teamId: string,
  keys: { crmIds: string[]; domains: string[]; organizationIds: string[]; names: string[] },
) {
  return db.rows<KnownAccount>(
    `with hits as (
       select id from team_accounts where team_id = $1 and salesforce_id = any($2::text[])
       union select id from team_accounts where team_id = $1 and hubspot_id = any($2::text[])
       union select id from team_accounts where team_id = $1 and merged_crm_ids && $2::text[]
       union select id from team_accounts where team_id = $1 and domain = any($3::text[])
       union select id from team_accounts where team_id = $1 and organization_id = any($4::text[])
       union select id from team_accounts where team_id = $1 and lower(name) = any($5::text[])
     )
     select a.id, a.name, a.domain, a.organization_id,
            array_remove(array[a.salesforce_id, a.hubspot_id], null) || coalesce(a.merged_crm_ids, '{}') as crm_ids
       from hits h
       join team_accounts a on a.team_id = $1 and a.id = h.id
      order by a.created_at, a.id`,
    [teamId, keys.crmIds, keys.domains, keys.organizationIds, keys.names],
  );
}

/**
 * Contacts without an account that could belong to one of the given accounts: by the host of their address, or the
 * company's name.
 */
export function findLonelyContacts(db: Db, teamId: string, accounts: readonly Host[]) {
  const domains = accounts.flatMap(({ domain }) => (domain === null ? [] : [domain]));
  const names = accounts.flatMap(({ name }) => (name === null ? [] : [name.trim().toLowerCase()]));
  return db.rows<Lonely>(
    `with hits as (
       select c.id
         from unnest($2::text[]) as domain
         join team_contacts c on c.team_id = $1 and c.account_id is null and c.email is not null
          and (reverse(split_part(lower(c.email), '@', 2)) collate "C") >= reverse(domain)
          and (reverse(split_part(lower(c.email), '@', 2)) collate "C") < reverse(domain) || '/'
       union
       select c.id from team_contacts c
        where c.team_id = $1 and c.account_id is null and lower(btrim(c.organization_name)) = any($3::text[])
     )
     select c.id, c.email, c.organization_name
       from contacts c
      where c.team_id = $1 and c.id = any(array(select id from hits)) and c.account_id is null
      order by c.id
        for update of c`,
    [teamId, domains, names],
  );
}

export function linkContacts(
  db: Db,
  teamId: string,
  links: readonly { contactId: string; accountId: string }[],
  now: Temporal.Instant,
) {
  return db.run(
    `update contacts c set account_id = l.account_id, updated_at = $4
       from unnest($2::text[], $3::text[]) as l (contact_id, account_id)
      where c.team_id = $1 and c.id = l.contact_id and c.account_id is null`,
    [teamId, links.map(({ contactId }) => contactId), links.map(({ accountId }) => accountId), now],
  );
}

export type AccountFound = { id: string; name: string | null; organizationId: string | null };

/** By clue: the account of one of the domains, else the one of this name; the oldest if several. */
export async function findAccountsBy(
  db: Db,
  teamId: string,
  clues: readonly { domains: readonly string[]; name: string | null }[],
) {
  const rows = await db.rows<AccountFound & { n: number }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, domains text[], name text)
     ), hits as (
       select g.n, d.position as way, a.id, a.name, a.organization_id, a.created_at
         from given g cross join lateral unnest(g.domains) with ordinality as d (domain, position)
         join team_accounts a on a.team_id = $1 and a.domain = d.domain
       union all
       select g.n, 1000, a.id, a.name, a.organization_id, a.created_at
         from given g join team_accounts a on a.team_id = $1 and lower(a.name) = g.name
     )
     select distinct on (n) n, id, name, organization_id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(clues.map((clue, n) => ({ n, ...clue })))],
  );
  return new Map(rows.map(({ n, ...account }) => [n, account]));
}
