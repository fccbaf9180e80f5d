// Who takes the mail of the domains that a team writes to, and how many emails a mailbox has sent to each of them.

import type { Db } from "../../../db/connect.ts";

export type RecipientDomain = {
  domain: string;
  provider: string | null;
  wantedAt: Temporal.Instant;
  lookedAt: Temporal.Instant | null;
};

export function knownDomains(db: Db, teamId: string, domains: readonly string[]) {
  return db.rows<RecipientDomain>(
    "select domain, provider, wanted_at, looked_at from recipient_domains where team_id = $1 and domain = any($2::text[])",
    [teamId, domains],
  );
}

/** All that are known, for a forecast. */
export function allKnownDomains(db: Db, teamId: string) {
  return db.rows<Pick<RecipientDomain, "domain" | "provider">>(
    "select domain, provider from recipient_domains where team_id = $1 and provider is not null",
    [teamId],
  );
}

/** An email is to go to these: the engine looks at those it does not know. */
export function wantDomains(db: Db, teamId: string, domains: readonly string[]) {
  return db.run(
    `insert into recipient_domains as d (team_id, domain, wanted_at, look_at)
     select $1, domain, cadenza_now(), cadenza_now() from unnest($2::text[]) as domain order by domain
     on conflict (team_id, domain) do update set wanted_at = excluded.wanted_at
      where d.wanted_at < cadenza_now() - interval '7 days'`,
    [teamId, domains],
  );
}

/** Takes so many for the caller: no other process looks at them before `again`. */
export function takeDue(
  db: Db,
  teamId: string,
  { now, again, limit }: { now: Temporal.Instant; again: Temporal.Instant; limit: number },
) {
  return db.rows<{ domain: string }>(
    `update recipient_domains d set look_at = $3
      where d.team_id = $1 and d.domain in (
            select o.domain from recipient_domains o
             where o.team_id = $1 and o.look_at <= $2 order by o.look_at limit $4 for update skip locked)
     returning d.domain`,
    [teamId, now, again, limit],
  );
}

/** To which no email has been written for a month: they are not looked up again. */
export function dropUnused(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run(
    `delete from recipient_domains
      where team_id = $1 and look_at <= $2 and wanted_at < $2::timestamptz - interval '30 days'`,
    [teamId, now],
  );
}

export type LookedUpDomain = {
  domain: string;
  provider: string | null;
  exchanger: string | null;
  lookedAt: Temporal.Instant;
  lookAt: Temporal.Instant;
};

export function writeLookUps(db: Db, teamId: string, rows: readonly LookedUpDomain[]) {
  return db.run(
    `update recipient_domains d
        set provider = n."provider", exchanger = n."exchanger", looked_at = n."lookedAt", look_at = n."lookAt"
       from jsonb_to_recordset($2::jsonb) as n
            ("domain" text, "provider" text, "exchanger" text, "lookedAt" timestamptz, "lookAt" timestamptz)
      where d.team_id = $1 and d.domain = n."domain"`,
    [teamId, JSON.stringify(rows)],
  );
}

/** What waits for a limit of recipients is judged anew: for an answer of the name server, or because limits changed. */
export function lookAgainAtRecipients(db: Db, teamId: string, domains: readonly string[] | null) {
  return db.run(
    `update messages set next_check_at = cadenza_now()
      where team_id = $1 and delivery = 'planned' and hold_code = 'limit:recipients' and next_check_at > cadenza_now()
        and ($2::text[] is null or hold_evidence->>'domain' = any($2))`,
    [teamId, domains],
  );
}

export type RecipientAsk = {
  mailboxId: string;
  provider: string | null;
  digest: string | null;
  most: number;
  hours: number;
};

type RecipientCountRow = { place: number; sent: number; oldestInTheWay: Temporal.Instant | null };

// Sending, a little more is read than the window holds: the rule compares with its own time, which may be a moment earlier.
const COUNTED = `m.team_id = $1 and m.released_at > k.since and ($3::timestamptz is null or m.released_at <= $3)
  and m.delivery in ('sent', 'dot', 'unconfirmed')`;

/**
 * Each by its place among those that were asked. Without a moment it is the database's own. What a mailbox sent is read once for all
 * providers that are asked about; what went to a domain is found by the domain.
 */
export function countRecipients(
  db: Db,
  teamId: string,
  asks: readonly RecipientAsk[],
  now: Temporal.Instant | null,
) {
  return db.rows<RecipientCountRow>(
    `with asks as materialized (
       select k.*, (select coalesce($3::timestamptz, cadenza_now() - interval '10 seconds') offset 0) - k."hours" * interval '1 hour' as since
         from jsonb_to_recordset($2::jsonb) as k
              ("place" int, "mailboxId" text, "provider" text, "digest" text, "most" int, "hours" int)),
     by_provider as (
       select k."mailboxId", k."hours", s.provider, s.times
         from (select distinct "mailboxId", "hours", since from asks where "provider" is not null) k
        cross join lateral (
                select m.recipient_provider as provider, array_agg(m.released_at order by m.released_at desc) as times
                  from messages m
                 where m.mailbox_id = k."mailboxId" and m.recipient_provider is not null and ${COUNTED}
                 group by 1) s)
     select k."place", coalesce(cardinality(p.times), 0) as sent, p.times[greatest(k."most", 1)] as oldest_in_the_way
       from asks k
       left join by_provider p
         on p."mailboxId" = k."mailboxId" and p."hours" = k."hours" and p.provider = k."provider"
      where k."provider" is not null
     union all
     select k."place", s.sent, s.oldest_in_the_way
       from asks k
      cross join lateral (
              select count(*) as sent, (array_agg(m.released_at order by m.released_at desc))[greatest(k."most", 1)] as oldest_in_the_way
                from messages m
               where m.host_digest = k."digest" and m.mailbox_id = k."mailboxId" and ${COUNTED}) s
      where k."provider" is null`,
    [teamId, JSON.stringify(asks.map((ask, place) => ({ ...ask, place }))), now],
  );
}
