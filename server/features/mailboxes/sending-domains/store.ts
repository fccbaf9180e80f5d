import type { Db } from "../../../db/connect.ts";
import type { DomainFacts } from "../../../domain/contacts/domain-facts.ts";
import type { Standings } from "../../../domain/contacts/domain-standings.ts";
import type { KeyType } from "../../../domain/contacts/sending-domain.ts";

export type DomainToCheck = { domain: string; selector: string | null; types: string[] };

const TO_CHECK = `
  select domain_of(m.email) as domain, d.selector, array_agg(distinct m.type) as types
    from mailboxes m
    left join sending_domains d on d.team_id = m.team_id and d.domain = domain_of(m.email)
   where m.team_id = $1 and m.revoked_at is null`;

/** Takes so many for the caller: no other process checks them before `again`. */
export async function takeDue(
  db: Db,
  teamId: string,
  { now, again, limit }: { now: Temporal.Instant; again: Temporal.Instant; limit: number },
) {
  const due = await db.rows<DomainToCheck>(
    `${TO_CHECK} and m.type <> 'catcher' and (d.check_at is null or d.check_at <= $2) group by 1, 2 order by 1 limit $3`,
    [teamId, now, limit],
  );
  const taken = await db.rows<{ domain: string }>(
    `insert into sending_domains as d (team_id, domain, check_at)
     select $1::text, domain, $3::timestamptz from unnest($2::text[]) as domain
     on conflict (team_id, domain) do update set check_at = excluded.check_at where d.check_at <= $4
     returning d.domain`,
    [teamId, due.map(({ domain }) => domain), again, now],
  );
  const own = new Set(taken.map(({ domain }) => domain));
  return due.filter(({ domain }) => own.has(domain));
}

export function findToCheck(db: Db, teamId: string, domain: string) {
  return db.row<DomainToCheck>(`${TO_CHECK} and domain_of(m.email) = $2 group by 1, 2`, [teamId, domain]);
}

export type FactsToWrite = {
  domain: string;
  facts: DomainFacts;
  /** Of the mailboxes that send from it. */
  types: readonly string[];
  askedAt: Temporal.Instant;
  checkAt: Temporal.Instant;
};

export type KnownDomain = {
  domain: string;
  standings: Standings;
  selector: string | null;
  publicKey: string | null;
  checkedAt: Temporal.Instant | null;
  keySetAt: Temporal.Instant | null;
};

export function lockDomains(db: Db, teamId: string, domains: readonly string[]) {
  return db.rows<KnownDomain>(
    `select domain, standings, selector, public_key, checked_at, key_set_at from sending_domains
      where team_id = $1 and domain = any($2::text[]) order by domain for update`,
    [teamId, domains],
  );
}

export function writeFacts(
  db: Db,
  teamId: string,
  rows: readonly (FactsToWrite & { standings: Standings })[],
) {
  return db.run(
    `insert into sending_domains as d (team_id, domain, facts, checked_at, check_at, standings)
     select $1::text, n."domain", n."facts", n."askedAt", n."checkAt", n."standings"
       from jsonb_to_recordset($2::jsonb) as n
            ("domain" text, "facts" jsonb, "askedAt" timestamptz, "checkAt" timestamptz, "standings" jsonb)
     on conflict (team_id, domain) do update
        set facts = excluded.facts, checked_at = excluded.checked_at, check_at = excluded.check_at, standings = excluded.standings
      where coalesce(greatest(d.checked_at, d.key_set_at) <= excluded.checked_at, true)`,
    [teamId, JSON.stringify(rows)],
  );
}

type NewKey = {
  domain: string;
  selector: string;
  type: KeyType;
  sealed: Buffer;
  publicKey: string;
};

/** It is looked up again at once. */
export function setKey(db: Db, teamId: string, key: NewKey, now: Temporal.Instant) {
  return db.run(
    `insert into sending_domains (team_id, domain, selector, key_type, private_key, public_key, key_set_at, check_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (team_id, domain) do update
        set selector = excluded.selector, key_type = excluded.key_type, private_key = excluded.private_key,
            public_key = excluded.public_key, key_set_at = excluded.key_set_at, check_at = excluded.check_at`,
    [teamId, key.domain, key.selector, key.type, key.sealed, key.publicKey, now],
  );
}

/** False where there was none. */
export async function removeKey(db: Db, teamId: string, domain: string) {
  const removed = await db.run(
    `update sending_domains set selector = null, key_type = null, private_key = null, public_key = null, key_set_at = null
      where team_id = $1 and domain = $2 and selector is not null`,
    [teamId, domain],
  );
  return removed > 0;
}

/** For the mailbox's own address and its aliases. */
export type SealedKey = { mailboxId: string; domain: string; selector: string; privateKey: Buffer };

export function keysFor(db: Db, teamId: string, mailboxIds: readonly string[]) {
  return db.rows<SealedKey>(
    `select a.mailbox_id, d.domain, d.selector, d.private_key
       from (select m.id as mailbox_id, domain_of(m.email) as domain from mailboxes m
              where m.team_id = $1 and m.id = any($2::text[])
             union
             select a.mailbox_id, domain_of(a.email) from mailbox_aliases a
              where a.team_id = $1 and a.mailbox_id = any($2::text[])) a
       join sending_domains d on d.team_id = $1 and d.domain = a.domain and d.selector is not null`,
    [teamId, mailboxIds],
  );
}
