import type { Db } from "../../../db/connect.ts";
import type { AddressStatus, DomainTold, VerdictCode } from "../../../domain/prospecting/address-verdict.ts";

export type Settings = { probes: boolean; probeFrom: string | null; probesPerDomain: number };

const AT_FIRST: Settings = { probes: false, probeFrom: null, probesPerDomain: 20 };

export async function findSettings(db: Db, teamId: string): Promise<Settings> {
  const row = await db.row<Settings>(
    "select probes, probe_from, probes_per_domain from verification_settings where team_id = $1",
    [teamId],
  );
  return row ?? AT_FIRST;
}

/** Held until they are written: of two changes at once, each keeps what the other has changed. */
export async function lockSettings(db: Db, teamId: string): Promise<Settings> {
  await db.run("insert into verification_settings (team_id) values ($1) on conflict do nothing", [teamId]);
  await db.run("select from verification_settings where team_id = $1 for update", [teamId]);
  return findSettings(db, teamId);
}

export function writeSettings(db: Db, teamId: string, { probes, probeFrom, probesPerDomain }: Settings) {
  return db.run(
    `insert into verification_settings (team_id, probes, probe_from, probes_per_domain) values ($1, $2, $3, $4)
     on conflict (team_id) do update
        set probes = excluded.probes, probe_from = excluded.probe_from, probes_per_domain = excluded.probes_per_domain`,
    [teamId, probes, probeFrom, probesPerDomain],
  );
}

export function listAddresses(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<{ id: string; email: string | null }>(
    "select id, email from contacts where team_id = $1 and id = any($2::text[])",
    [teamId, contactIds],
  );
}

/** In the order of their domains; contacts who no longer exist come last. */
export async function sortByDomain(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select w.id from unnest($2::text[]) with ordinality as w (id, n)
       left join contacts c on c.team_id = $1 and c.id = w.id
      order by split_part(lower(c.email), '@', 2), n`,
    [teamId, contactIds],
  );
  return rows.map(({ id }) => id);
}

export type KnownDomain = {
  domain: string;
  told: DomainTold | null;
  toldAt: Temporal.Instant | null;
  isCatchAll: boolean | null;
  catchAllAt: Temporal.Instant | null;
};

export function listDomains(db: Db, teamId: string, domains: readonly string[]) {
  return db.rows<KnownDomain>(
    `select domain, told, told_at, is_catch_all, catch_all_at from mail_domains
      where team_id = $1 and domain = any($2::text[])`,
    [teamId, domains],
  );
}

/** How often each domain has been asked in the hour at hand. */
export async function listProbes(
  db: Db,
  teamId: string,
  domains: readonly string[],
  hourAgo: Temporal.Instant,
) {
  await db.run(
    `insert into mail_domains (team_id, domain) select $1, d from unnest($2::text[]) as d order by d
     on conflict do nothing`,
    [teamId, domains],
  );
  const rows = await db.rows<{ domain: string; probes: number }>(
    `select domain, probes from mail_domains
      where team_id = $1 and domain = any($2::text[]) and probes_since > $3`,
    [teamId, domains, hourAgo],
  );
  return new Map(rows.map(({ domain, probes }) => [domain, probes]));
}

/** One address more is about to be asked for. False where the domain has been asked for so many in the hour at hand. */
export async function takeProbe(
  db: Db,
  teamId: string,
  { domain, most }: { domain: string; most: number },
  now: Temporal.Instant,
) {
  const changed = await db.run(
    `update mail_domains
        set probes = case when probes_since > $3::timestamptz - interval '1 hour' then probes else 0 end + 1,
            probes_since = case when probes_since > $3::timestamptz - interval '1 hour' then probes_since else $3 end
      where team_id = $1 and domain = $2
        and case when probes_since > $3::timestamptz - interval '1 hour' then probes else 0 end < $4::int`,
    [teamId, domain, now, most],
  );
  return changed === 1;
}

export type LearntDomain = { domain: string; told: DomainTold | null; isCatchAll: boolean | null };

/** What is null was not found out this time, and what was known stays. */
export async function writeDomains(
  db: Db,
  teamId: string,
  learnt: readonly LearntDomain[],
  now: Temporal.Instant,
) {
  if (learnt.length === 0) return;
  const rows = learnt
    .map(({ domain, told, isCatchAll }) => ({ domain, told, is_catch_all: isCatchAll }))
    .sort((a, b) => (a.domain < b.domain ? -1 : 1));
  await db.run(
    `insert into mail_domains as m (team_id, domain, told, told_at, is_catch_all, catch_all_at)
     select $1, domain, nullif(told, 'null'), case when nullif(told, 'null') is not null then $3::timestamptz end,
            is_catch_all, case when is_catch_all is not null then $3::timestamptz end
       from jsonb_to_recordset($2::jsonb) as d (domain text, told jsonb, is_catch_all boolean)
     on conflict (team_id, domain) do update
        set told = coalesce(excluded.told, m.told), told_at = coalesce(excluded.told_at, m.told_at),
            is_catch_all = coalesce(excluded.is_catch_all, m.is_catch_all),
            catch_all_at = coalesce(excluded.catch_all_at, m.catch_all_at)`,
    [teamId, JSON.stringify(rows), now],
  );
}

export type AddressEvidence = {
  mailServers: string[];
  asked: string | null;
  said: string | null;
  isRole: boolean;
  isDisposable: boolean;
  isFree: boolean;
  isCatchAll: boolean | null;
};

export type CheckRow = {
  email: string;
  status: AddressStatus | null;
  code: VerdictCode;
  evidence: AddressEvidence;
  checkedAt: Temporal.Instant;
};

export function findCheck(db: Db, teamId: string, contactId: string) {
  return db.row<CheckRow & { contactEmail: string | null }>(
    `select k.email, k.status, k.code, k.evidence, k.checked_at, c.email as contact_email
       from address_checks k join contacts c on c.team_id = k.team_id and c.id = k.contact_id
      where k.team_id = $1 and k.contact_id = $2`,
    [teamId, contactId],
  );
}

export async function contactExists(db: Db, teamId: string, id: string) {
  return (
    (await db.row("select 1 as one from contacts where team_id = $1 and id = $2", [teamId, id])) !== null
  );
}

/** Their addresses as they are now, with what is said of them, held while it is changed. */
export function lockStatuses(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<{
    id: string;
    email: string | null;
    emailStatus: string | null;
    emailTrueStatus: string | null;
    emailDomainCatchall: boolean;
  }>(
    `select id, email, email_status, email_true_status, email_domain_catchall from contacts
      where team_id = $1 and id = any($2::text[]) order by id for no key update`,
    [teamId, contactIds],
  );
}

export async function writeChecks(
  db: Db,
  teamId: string,
  checks: readonly (Omit<CheckRow, "checkedAt"> & { contactId: string })[],
  now: Temporal.Instant,
) {
  if (checks.length === 0) return;
  const rows = checks.map(({ contactId, ...rest }) => ({ contact_id: contactId, ...rest }));
  await db.run(
    `insert into address_checks (team_id, contact_id, email, status, code, evidence, checked_at)
     select $1, contact_id, email, status, code, evidence, $3
       from jsonb_to_recordset($2::jsonb) as k (contact_id text, email text, status text, code text, evidence jsonb)
     on conflict (team_id, contact_id) do update
        set email = excluded.email, status = excluded.status, code = excluded.code, evidence = excluded.evidence,
            checked_at = excluded.checked_at`,
    [teamId, JSON.stringify(rows), now],
  );
}

/** What a mail server has said since then of the addresses that they still have. */
export function listHeard(db: Db, teamId: string, contactIds: readonly string[], since: string) {
  return db.rows<CheckRow & { contactId: string }>(
    `select k.contact_id, k.email, k.status, k.code, k.evidence, k.checked_at
       from address_checks k join contacts c on c.team_id = k.team_id and c.id = k.contact_id and c.email = k.email
      where k.team_id = $1 and k.contact_id = any($2::text[]) and k.checked_at >= $3::timestamptz
        and k.evidence ->> 'asked' is not null`,
    [teamId, contactIds, since],
  );
}

/** Of those who are still there under these addresses, and whom nobody else holds. */
export async function keepHeard(
  db: Db,
  teamId: string,
  checks: readonly (Omit<CheckRow, "checkedAt"> & { contactId: string })[],
  now: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string; email: string | null }>(
    `select id, email from contacts where team_id = $1 and id = any($2::text[])
      order by id for key share skip locked`,
    [teamId, checks.map(({ contactId }) => contactId)],
  );
  const emailOf = new Map(rows.map(({ id, email }) => [id, email]));
  const there = checks.filter(({ contactId, email }) => emailOf.get(contactId) === email);
  await writeChecks(
    db,
    teamId,
    there.sort((a, b) => (a.contactId < b.contactId ? -1 : 1)),
    now,
  );
}

/** `isFound`: by this check, and not known before. */
export type NewStatus = { id: string; status: string; isFound: boolean; isCatchAll: boolean };

export async function writeStatuses(
  db: Db,
  teamId: string,
  changed: readonly NewStatus[],
  now: Temporal.Instant,
) {
  if (changed.length === 0) return;
  const rows = changed.map(({ id, status, isFound, isCatchAll }) => ({
    id,
    status,
    is_found: isFound,
    is_catch_all: isCatchAll,
  }));
  await db.run(
    `update contacts c
        set email_status = n.status, email_true_status = case when n.is_found then initcap(n.status) else c.email_true_status end,
            email_domain_catchall = n.is_catch_all, updated_at = $3
       from jsonb_to_recordset($2::jsonb) as n (id text, status text, is_found boolean, is_catch_all boolean)
      where c.team_id = $1 and c.id = n.id`,
    [teamId, JSON.stringify(rows), now],
  );
}

const MOST_KNOWN = 500;

/** Addresses at a domain that are known to be right, with whose they are: of contacts, and of people of the store. */
export function listVerified(db: Db, teamId: string, domain: string) {
  return db.rows<{ firstName: string; lastName: string; email: string }>(
    `select first_name, last_name, min(email) as email from (
       (select first_name, last_name, lower(email) as email from contacts
         where team_id = $1 and split_part(lower(email), '@', 2) = $2 and email is not null
           and email_status = 'verified' and first_name is not null and last_name is not null
         limit ${MOST_KNOWN})
       union all
       (select p.first_name, p.last_name, lower(p.email) from people p
          join organizations o on o.team_id = p.team_id and o.id = p.organization_id
         where p.team_id = $1 and o.domain = $2 and split_part(lower(p.email), '@', 2) = $2
           and p.email_status = 'verified' and p.first_name is not null and p.last_name is not null
         limit ${MOST_KNOWN})
     ) as known
     group by first_name, last_name, email`,
    [teamId, domain],
  );
}
