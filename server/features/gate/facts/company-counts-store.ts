// How many mails companies have had, and how often contacts and companies were touched.

import type { Db } from "../../../db/connect.ts";
import type { TouchLimit } from "../../../domain/sequences/touches.ts";
import { FIRST_COPIES, provedSince } from "./sending-store.ts";

export type DomainRow = { domain: string; sent: number; oldestInTheWay: Temporal.Instant | null };

const DAY_AGO =
  "(select date_trunc('minute', coalesce($4::timestamptz, cadenza_now())) - interval '24 hours' offset 0)";

/**
 * Within 24 hours and the minute that has begun, from all mailboxes. Counted by the digest that stays with a mail, those of
 * earlier versions by their address. Without a moment it is the database's own, read by the statement itself.
 */
export function sentToDomains(
  db: Db,
  teamId: string,
  hosts: readonly { host: string; digest: string | null }[],
  limit: number,
  now: Temporal.Instant | null,
) {
  return db.rows<DomainRow>(
    `select d.domain, s.sent, s.oldest_in_the_way
       from unnest($2::text[], $5::text[]) as d (domain, digest)
      cross join lateral (
              select count(*) as sent,
                     (array_agg(m.released_at order by m.released_at desc) filter (where m.is_own))[greatest($3::int, 1)] as oldest_in_the_way
                from (select released_at, true as is_own from messages
                       where team_id = $1 and host_digest = d.digest and released_at >= ${DAY_AGO}
                         and delivery in ('sent', 'dot', 'unconfirmed')
                      union all
                      select released_at, true from messages
                       where team_id = $1 and lower(split_part(to_email, '@', 2)) = d.domain and host_digest is null
                         and released_at >= ${DAY_AGO} and delivery in ('sent', 'dot', 'unconfirmed')
                      union all
                      select f.released_at, false from ${FIRST_COPIES} f
                       where f.team_id = $1 and f.released_at >= ${DAY_AGO} and ${provedSince(DAY_AGO)}
                         and (f.host_digest = d.digest or lower(split_part(f.to_email, '@', 2)) = d.domain)) m) s`,
    [teamId, hosts.map(({ host }) => host), limit, now, hosts.map(({ digest }) => digest)],
  );
}

export type TouchAsk = {
  scope: string;
  key: string;
  digest: string | null;
  counts: TouchLimit["counts"];
  most: number;
  days: number;
};

type TouchCountRow = { place: number; touches: number; oldestInTheWay: Temporal.Instant | null };

const TOUCHED_SINCE = `((select date_trunc('minute', coalesce($2::timestamptz, cadenza_now())) - interval '1 microsecond' offset 0)
  - k."days" * interval '24 hours')`;

/** Each by its place among those that were asked. Without a moment it is the database's own. */
export function countTouches(db: Db, asks: readonly TouchAsk[], now: Temporal.Instant | null) {
  return db.rows<TouchCountRow>(
    `select k."place", s.touches, s.oldest_in_the_way
       from jsonb_to_recordset($1::jsonb) as k ("place" int, "scope" text, "key" text, "digest" text, "counts" text, "most" int, "days" int)
      cross join lateral (
              select count(*) as touches, (array_agg(t.at order by t.at desc))[k."most"] as oldest_in_the_way
                from (select t.at from touches_of(k."scope", k."key", k."digest", k."counts" = 'emails', ${TOUCHED_SINCE}) as t (at)
                       where k."counts" <> 'new_contacts'
                      union all
                      select t.at from first_emails_of(k."scope", k."key", k."digest", ${TOUCHED_SINCE}) as t (at)
                       where k."counts" = 'new_contacts'
                      union all
                      select f.released_at from ${FIRST_COPIES} f
                       where k."counts" <> 'new_contacts' and f.team_id = current_team() and f.released_at > ${TOUCHED_SINCE} and ${provedSince(TOUCHED_SINCE)}
                         and case k."scope" when 'domain' then f.host_digest = k."digest" or lower(split_part(f.to_email, '@', 2)) = k."key"
                                            when 'company' then f.copy_of is null and (f.company_digest = k."digest" or exists (
                                                 select from contacts c where c.team_id = f.team_id and c.id = f.contact_id
                                                    and c.company_key = k."key"))
                                            else f.copy_of is null and (f.contact_id = k."key" or f.reader_digest = k."digest") end) t) s`,
    [JSON.stringify(asks.map((ask, place) => ({ ...ask, place }))), now],
  );
}
