// What imports ask of the records they write: owners by their addresses, lists by name, and what has been done since.

import type { Db } from "../../../db/connect.ts";
import type { KindName } from "./store.ts";

/**
 * Users by what a row says: an address or a name, in lower case. A name that several users have matches none. Users who
 * have left get no new records.
 */
export async function ownersNamed(db: Db, teamId: string, said: readonly (string | undefined)[]) {
  const wanted = [...new Set(said.filter((one) => one !== undefined))];
  if (wanted.length === 0) return new Map<string, string>();
  const rows = await db.rows<{ id: string; email: string; name: string }>(
    `select id, lower(email) as email, lower(concat_ws(' ', first_name, last_name)) as name from users
      where team_id = $1 and deactivated_at is null
        and (lower(email) = any($2::text[]) or lower(concat_ws(' ', first_name, last_name)) = any($2::text[]))`,
    [teamId, wanted],
  );
  const byName = Map.groupBy(rows, ({ name }) => name);
  const named = [...byName].flatMap(([name, some]) =>
    some.length === 1 && some[0] ? [[name, some[0].id] as const] : [],
  );
  return new Map([...named, ...rows.map(({ id, email }) => [email, id] as const)]);
}

/** Ids of stages by their names, in lower case. */
export async function stageIdsByName(
  db: Db,
  teamId: string,
  table: "contact_stages" | "account_stages" | "deal_stages",
  said: readonly (string | undefined)[],
) {
  const wanted = [...new Set(said.flatMap((one) => one?.trim().toLowerCase() ?? []))];
  if (wanted.length === 0) return new Map<string, string>();
  const rows = await db.rows<{ id: string; name: string }>(
    `select id, lower(name) as name from ${table} where team_id = $1 and lower(name) = any($2::text[])`,
    [teamId, wanted],
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

const LINKS = {
  contacts: { table: "contact_labels", column: "contact_id" },
  accounts: { table: "account_labels", column: "account_id" },
} as const;

/** The names of the lists of each record. */
export async function listsOf(db: Db, teamId: string, kind: keyof typeof LINKS, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string[]>();
  const { table, column } = LINKS[kind];
  const rows = await db.rows<{ id: string; names: string[] }>(
    `select r.${column} as id, array_agg(l.name) as names
       from ${table} r join labels l on l.team_id = r.team_id and l.id = r.label_id
      where r.team_id = $1 and r.${column} = any($2::text[])
      group by r.${column}`,
    [teamId, ids],
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}

/** The given records that a user has acted on since they were made, and how. */
export function usedContacts(db: Db, teamId: string, ids: readonly string[], ownSequenceId: string | null) {
  return db.rows<{ id: string; code: string }>(
    `select c.id, case
         when exists (select from messages m where m.team_id = c.team_id and m.contact_id = c.id
                         and (m.released_at is not null or m.completed_at is not null)) then 'mailed'
         when exists (select from enrollments e where e.team_id = c.team_id and e.contact_id = c.id
                         and e.sequence_id is distinct from $3) then 'in_sequence'
         when exists (select from messages m where m.team_id = c.team_id and m.contact_id = c.id and m.enrollment_id is null)
           then 'has_messages'
         when exists (select from tasks t where t.team_id = c.team_id and t.contact_id = c.id
                         and (t.enrollment_id is null or t.status <> 'scheduled')) then 'has_tasks'
         when exists (select from calls l where l.team_id = c.team_id and l.contact_id = c.id) then 'has_calls'
         when exists (select from note_contacts n where n.team_id = c.team_id and n.contact_id = c.id) then 'has_notes'
         when exists (select from deal_contacts d where d.team_id = c.team_id and d.contact_id = c.id) then 'has_deals'
         when exists (select from incoming_mails i where i.team_id = c.team_id and i.contact_id = c.id) then 'has_messages'
       end as code
       from contacts c
      where c.team_id = $1 and c.id = any($2::text[])`,
    [teamId, ids, ownSequenceId],
  );
}

/** The contacts of the given accounts. */
export async function contactsOfAccounts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; accountId: string }>(
    "select id, account_id from contacts where team_id = $1 and account_id = any($2::text[])",
    [teamId, ids],
  );
  return Map.groupBy(rows, ({ accountId }) => accountId);
}

/** `linked`: contacts that came to an account because the import made it. They lose it with the account. */
export function usedAccounts(db: Db, teamId: string, ids: readonly string[], linked: readonly string[]) {
  return db.rows<{ id: string; code: string }>(
    `select a.id, case
         when exists (select from contacts c where c.team_id = a.team_id and c.account_id = a.id
                         and c.id <> all($3::text[])) then 'has_contacts'
         when exists (select from deals d where d.team_id = a.team_id and d.account_id = a.id) then 'has_deals'
         when exists (select from tasks t where t.team_id = a.team_id and t.account_id = a.id) then 'has_tasks'
         when exists (select from calls l where l.team_id = a.team_id and l.account_id = a.id) then 'has_calls'
         when exists (select from note_accounts n where n.team_id = a.team_id and n.account_id = a.id) then 'has_notes'
         when exists (select from accounts b where b.team_id = a.team_id and b.parent_account_id = a.id) then 'has_companies'
       end as code
       from accounts a
      where a.team_id = $1 and a.id = any($2::text[])`,
    [teamId, ids, linked],
  );
}

/** A contact that was there before, and is them by its address alone, was not made of them. */
export function usedPeople(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; code: string | null }>(
    `select p.id, case
         when exists (select from contacts c where c.team_id = p.team_id and c.person_id = p.id
                         and not (c.created_at < p.created_at and coalesce(lower(c.email) = lower(p.email), false)))
           then 'saved_as_contact'
       end as code
       from people p
      where p.team_id = $1 and p.id = any($2::text[])`,
    [teamId, ids],
  );
}

export function usedOrganizations(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; code: string | null }>(
    `select o.id, case
         when exists (select from accounts a where a.team_id = o.team_id and a.organization_id = o.id) then 'saved_as_account'
         when exists (select from people p where p.team_id = o.team_id and p.organization_id = o.id) then 'has_people'
         when exists (select from job_postings j where j.team_id = o.team_id and j.organization_id = o.id) then 'has_positions'
         when exists (select from news_article_organizations n where n.team_id = o.team_id and n.organization_id = o.id) then 'has_news'
       end as code
       from organizations o
      where o.team_id = $1 and o.id = any($2::text[])`,
    [teamId, ids],
  );
}

export type Touched = { id: string; at: Temporal.Instant };

/** Adding a record to a list does not change the record, but counts as use. */
const onNoListSince = (table: string, column: string) =>
  `and not exists (select from ${table} l where l.team_id = r.team_id and l.${column} = r.id and l.added_at > t.at)`;

const TABLES: Record<KindName, string> = {
  contacts: "contacts",
  accounts: "accounts",
  opportunities: "deals",
  people: "people",
  organizations: "organizations",
};

const ON_NO_LIST_SINCE: Record<KindName, string> = {
  contacts: onNoListSince("contact_labels", "contact_id"),
  accounts: onNoListSince("account_labels", "account_id"),
  opportunities: "",
  people: "",
  organizations: "",
};

/** The given records that were not changed since. */
export async function untouchedSince(db: Db, teamId: string, kind: KindName, touched: readonly Touched[]) {
  const rows = await db.rows<{ id: string }>(
    `select r.id from ${TABLES[kind]} r
       join unnest($2::text[], $3::timestamptz[]) as t (id, at) on t.id = r.id
      where r.team_id = $1 and r.updated_at <= t.at ${ON_NO_LIST_SINCE[kind]}`,
    [teamId, touched.map(({ id }) => id), touched.map(({ at }) => at.toString())],
  );
  return new Set(rows.map(({ id }) => id));
}
