// Who said that an address must not be mailed, and when. The address is known by its keyed digest only.

import type { Db } from "../../../db/connect.ts";
import type { AddressClaim, ClaimKind } from "../../../domain/contacts/address-claims.ts";

export const CLAIM = "id, digest, kind, source, contact_id, until_at as until, made_at as at";

/** What stands about these addresses, the oldest claim first. */
export function standingClaims(db: Db, teamId: string, digests: readonly string[]) {
  return db.rows<AddressClaim>(
    `select ${CLAIM} from address_claims
      where team_id = $1 and digest = any($2::text[]) and lifted_at is null order by made_at, id`,
    [teamId, digests],
  );
}

export type NewClaim = {
  id: string;
  digest: string;
  kind: ClaimKind;
  source: string;
  sourceId: string;
  contactId: string | null;
  until: Temporal.Instant | null;
  isErased: boolean;
};

/** The same said again changes nothing, but that a pause may end later. Answers how many are new or other. */
export function insertClaims(
  db: Db,
  teamId: string,
  claims: readonly NewClaim[],
  { userId, now }: { userId: string | null; now: Temporal.Instant },
) {
  return db.run(
    `insert into address_claims as a (team_id, id, digest, kind, source, source_id, contact_id, until_at, is_erased, made_by, made_at)
     select $1, n."id", n."digest", n."kind", n."source", n."sourceId", n."contactId", n."until", n."isErased", $3, $4
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "digest" text, "kind" text, "source" text, "sourceId" text,
            "contactId" text, "until" timestamptz, "isErased" boolean)
     on conflict (team_id, digest, kind, source, source_id, (coalesce(contact_id, ''))) where lifted_at is null
     do update set until_at = excluded.until_at where excluded.until_at > a.until_at`,
    [teamId, JSON.stringify(claims), userId, now],
  );
}

type Lifted = { digest: string; kind: ClaimKind; contactId: string | null };
type Lifting = { userId: string | null; because: string; now: Temporal.Instant };

/** `before`: of the claims made from older suppressions, those that this source is known to have made. */
export type OfSource = {
  source: string;
  sourceId: string;
  before: { suppressionIds: readonly string[]; contactIds: readonly string[] };
};

/** What one source has said, and nothing else. */
export function liftOfSource(
  db: Db,
  teamId: string,
  { source, sourceId, before }: OfSource,
  lifting: Lifting,
) {
  return lift(
    db,
    `source = $5 and source_id = $6
     or source = 'before' and source_id = any($7::text[])
     or source = 'before' and contact_id = any($8::text[]) and kind = 'unsubscribed'`,
    [teamId, lifting, source, sourceId, before.suppressionIds, before.contactIds],
  );
}

/** Whether an opt-out stands on the word of this mail that came in. */
export async function hasOptOut(db: Db, teamId: string, kinds: readonly ClaimKind[], incomingId: string) {
  const row = await db.row<{ one: number }>(
    `select 1 as one from address_claims
      where team_id = $1 and source = 'incoming_mail' and source_id = $2 and kind = any($3::text[]) and lifted_at is null limit 1`,
    [teamId, incomingId, kinds],
  );
  return row !== null;
}

/** Whether an opt-out stands that the reader of this mail has said by its link, or in an answer to it. */
export async function isOptedOutBy(db: Db, teamId: string, kinds: readonly ClaimKind[], messageId: string) {
  const row = await db.row<{ one: number }>(
    `select 1 as one from address_claims
      where team_id = $1 and kind = any($3::text[]) and lifted_at is null
        and (source = 'link' and source_id = $2
          or source = 'incoming_mail' and source_id in (select id from incoming_mails where team_id = $1 and message_id = $2)) limit 1`,
    [teamId, messageId, kinds],
  );
  return row !== null;
}

/** What contacts carry as a mark. */
export function liftOfContacts(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  kinds: readonly ClaimKind[],
  lifting: Lifting,
) {
  return lift(db, "contact_id = any($5::text[]) and kind = any($6::text[])", [
    ...[teamId, lifting, contactIds, kinds],
  ]);
}

/** What is said of the addresses alone. */
export function liftOfAddresses(
  db: Db,
  teamId: string,
  digests: readonly string[],
  kinds: readonly ClaimKind[],
  lifting: Lifting,
) {
  return lift(db, "digest = any($5::text[]) and kind = any($6::text[]) and contact_id is null", [
    ...[teamId, lifting, digests, kinds],
  ]);
}

function lift(db: Db, where: string, [teamId, lifting, ...rest]: readonly unknown[]) {
  const { userId, because, now } = lifting as Lifting;
  return db.rows<Lifted>(
    `update address_claims set lifted_at = $2, lifted_by = $3, lifted_because = $4
      where team_id = $1 and lifted_at is null and (${where})
     returning digest, kind, contact_id`,
    [teamId, now, userId, because, ...rest],
  );
}

/** Those of the contacts that carry a claim of one of the kinds. */
export async function stillMarked(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  kinds: readonly ClaimKind[],
) {
  const rows = await db.rows<{ id: string }>(
    `select distinct contact_id as id from address_claims
      where team_id = $1 and contact_id = any($2::text[]) and kind = any($3::text[]) and lifted_at is null`,
    [teamId, contactIds, kinds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A marked contact has further addresses: what marks it is said of them too. */
export function carryToAddresses(db: Db, teamId: string, contactId: string, digests: readonly string[]) {
  return db.run(
    `insert into address_claims (team_id, id, digest, kind, source, source_id, contact_id, made_by, made_at)
     select team_id, new_ident(), d.digest, kind, source, source_id, contact_id, made_by, made_at
       from (select distinct on (kind, source, source_id) * from address_claims
              where team_id = $1 and contact_id = $2 and lifted_at is null and kind <> 'paused'
              order by kind, source, source_id, made_at) c
      cross join unnest($3::text[]) as d (digest)
     on conflict do nothing`,
    [teamId, contactId, digests],
  );
}

/** The winner of a merge carries what the losers did. */
export async function moveClaims(
  db: Db,
  teamId: string,
  winnerId: string,
  loserIds: readonly string[],
  now: Temporal.Instant,
) {
  await db.run(
    `insert into address_claims (team_id, id, digest, kind, source, source_id, contact_id, made_by, made_at)
     select team_id, new_ident(), digest, kind, source, source_id, $2, made_by, made_at from address_claims
      where team_id = $1 and contact_id = any($3::text[]) and lifted_at is null
     on conflict do nothing`,
    [teamId, winnerId, loserIds],
  );
  await endOfContacts(db, teamId, loserIds, "contact_merged", now);
}

/** Deleted contacts carry nothing any more; what they carried is said of their addresses from now on. */
export async function leaveWithAddresses(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  now: Temporal.Instant,
) {
  await db.run(
    `insert into address_claims (team_id, id, digest, kind, source, source_id, made_by, made_at, in_force_from)
     select team_id, new_ident(), digest, kind, source, source_id, made_by, made_at, in_force_from from address_claims
      where team_id = $1 and contact_id = any($2::text[]) and lifted_at is null
     on conflict do nothing`,
    [teamId, contactIds],
  );
  await endOfContacts(db, teamId, contactIds, "contact_deleted", now);
}

function endOfContacts(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  because: string,
  now: Temporal.Instant,
) {
  return db.run(
    `update address_claims set lifted_at = $3, lifted_because = $4
      where team_id = $1 and contact_id = any($2::text[]) and lifted_at is null`,
    [teamId, contactIds, now, because],
  );
}

/** Only where nothing of the kind stands about the address yet. */
export function insertWhereNone(
  db: Db,
  teamId: string,
  claims: readonly { digest: string; kind: ClaimKind }[],
  { userId, now }: { userId: string | null; now: Temporal.Instant },
) {
  return db.run(
    `insert into address_claims (team_id, id, digest, kind, source, made_by, made_at)
     select $1::text, new_ident(), n.digest, n.kind, 'deletion', $4::text, $5::timestamptz
       from (select distinct * from unnest($2::text[], $3::text[]) as n (digest, kind)) n
      where not exists (select from address_claims a
                         where a.team_id = $1 and a.digest = n.digest and a.kind = n.kind and a.lifted_at is null)
     on conflict do nothing`,
    [teamId, claims.map(({ digest }) => digest), claims.map(({ kind }) => kind), userId, now],
  );
}

/** Marks these addresses as erased: their text may not be written again. */
export function eraseAddresses(db: Db, teamId: string, digests: readonly string[]) {
  return db.run(
    `update address_claims set is_erased = true
      where team_id = $1 and digest = any($2::text[]) and lifted_at is null`,
    [teamId, digests],
  );
}

/** Those of the addresses that belonged to deleted contacts. */
export async function erasedAmong(db: Db, teamId: string, digests: readonly string[]) {
  const rows = await db.rows<{ digest: string }>(
    `select distinct digest from address_claims
      where team_id = $1 and digest = any($2::text[]) and is_erased and lifted_at is null`,
    [teamId, digests],
  );
  return new Set(rows.map(({ digest }) => digest));
}

/** Makes erased addresses readable again. Answers which of them belong on the list, and why. */
export function recognizeClaims(
  db: Db,
  teamId: string,
  digests: readonly string[],
  listed: readonly ClaimKind[],
) {
  return db.rows<Pick<AddressClaim, "digest" | "kind" | "at">>(
    `with known as (
       update address_claims set is_erased = false
        where team_id = $1 and digest = any($2::text[]) and is_erased and lifted_at is null
       returning digest, kind, made_at)
     select distinct on (digest) digest, kind, made_at as at from known
      where kind = any($3::text[]) order by digest, array_position($3::text[], kind), made_at`,
    [teamId, digests, listed],
  );
}
