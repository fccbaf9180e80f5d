import type { Db } from "../../../db/connect.ts";
import { LOCK_NAMES } from "../../../db/lock-names.ts";
import type { AddressClaim } from "../../../domain/contacts/address-claims.ts";
import type { SuppressedValue, SuppressionKind } from "../../../domain/contacts/suppression.ts";

export type SuppressionSource = "person" | "import" | "unsubscribe" | "bounce" | "complaint" | "deletion";

export type SuppressionRow = {
  id: string;
  kind: SuppressionKind;
  value: string;
  reason: string | null;
  source: SuppressionSource;
  createdBy: string | null;
  createdAt: Temporal.Instant;
};

const COLUMNS = "id, kind, value, reason, source, created_by, created_at";

export async function searchSuppressions(
  db: Db,
  teamId: string,
  search: { kind: SuppressionKind | null; keywords: string | null; limit: number; offset: number },
) {
  const where = `team_id = $1 and ($2::text is null or kind = $2)
    and ($3::text is null or position(lower($3) in value) > 0)`;
  const params = [teamId, search.kind, search.keywords];
  const suppressions = await db.rows<SuppressionRow>(
    `select ${COLUMNS} from suppressions where ${where} order by created_at desc, id desc limit $4 offset $5`,
    [...params, search.limit, search.offset],
  );
  const count = await db.row<{ total: number }>(
    `select count(*) as total from suppressions where ${where}`,
    params,
  );
  return { suppressions, total: count?.total ?? 0 };
}

/**
 * Taken before an entry is added, and before any contact is locked: the gate, which releases mails, holds the same lock
 * shared. So a mail leaves before its contact is suppressed, or not at all.
 */
export function holdSuppressions(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended($1, 0))", [LOCK_NAMES.addresses(teamId)]);
}

/** Those after the last, oldest first: for a file. */
export function suppressionsAfter(
  db: Db,
  teamId: string,
  { kind, keywords }: { kind: SuppressionKind | null; keywords: string | null },
  last: Pick<SuppressionRow, "createdAt" | "id"> | null,
  limit: number,
) {
  return db.rows<SuppressionRow>(
    `select ${COLUMNS} from suppressions
      where team_id = $1 and ($2::text is null or kind = $2)
        and ($3::text is null or position(lower($3) in value) > 0)
        and ($4::timestamptz is null or (created_at, id::text) > ($4, $5::text))
      order by created_at, id::text limit $6`,
    [teamId, kind, keywords, last?.createdAt ?? null, last?.id ?? null, limit],
  );
}

type NewSuppression = SuppressedValue & { id: string; reason: string | null };

/** Answers the ids of those that were not there yet. */
export async function insertSuppressions(
  db: Db,
  teamId: string,
  rows: readonly NewSuppression[],
  { source, userId, now }: { source: SuppressionSource; userId: string | null; now: Temporal.Instant },
) {
  const inserted = await db.rows<{ id: string }>(
    `insert into suppressions (team_id, ${COLUMNS})
     select $1, r.id, r.kind, r.value, r.reason, $3, $4, $5
       from jsonb_to_recordset($2::jsonb) as r (id text, kind text, value text, reason text)
     on conflict (team_id, kind, value) do nothing
     returning id`,
    [teamId, JSON.stringify(rows), source, userId, now],
  );
  return inserted.map(({ id }) => id);
}

export function findSuppression(db: Db, teamId: string, { kind, value }: SuppressedValue) {
  return db.row<SuppressionRow>(
    `select ${COLUMNS} from suppressions where team_id = $1 and kind = $2 and value = $3`,
    [teamId, kind, value],
  );
}

export function deleteSuppression(db: Db, teamId: string, id: string) {
  return db.row<SuppressionRow>(
    `delete from suppressions where team_id = $1 and id = $2 returning ${COLUMNS}`,
    [teamId, id],
  );
}

const ABOUT = `select ${COLUMNS} from suppressions
      where team_id = $1
        and (kind = 'email' and value = any($2::text[])
             or kind = 'domain' and value = any($3::text[])
             or kind = 'pattern')`;

export type Bars = { suppressions: SuppressionRow[]; claims: AddressClaim[] };

/** The same, and what stands about the addresses by their digests, in one statement. */
export async function barsAbout(
  db: Db,
  teamId: string,
  addresses: readonly string[],
  domains: readonly string[],
  digests: readonly string[],
): Promise<Bars> {
  type Row = SuppressionRow & { of: string | null; contactId: string | null; until: Temporal.Instant | null };
  const rows = await db.rows<Row>(
    `select s.*, null as of, null as contact_id, null::timestamptz as until from (${ABOUT}) s
     union all
     select id, 'claim', digest, null, source, null, made_at, kind, contact_id, until_at from address_claims
      where team_id = $1 and digest = any($4::text[]) and lifted_at is null
      order by 7, 1`,
    [teamId, addresses, domains, digests],
  );
  const suppressions = rows.filter(({ of }) => of === null);
  const claims = rows.flatMap(({ id, value, source, of, contactId, until, createdAt }): AddressClaim[] =>
    of === null
      ? []
      : [{ id, digest: value, kind: of as AddressClaim["kind"], source, contactId, until, at: createdAt }],
  );
  return { suppressions, claims };
}

/**
 * All entries that may suppress one of the addresses: the address, its domains (see `domainsOf`), and every pattern.
 * `suppressionFor` decides which one does.
 */
export function suppressionsAbout(
  db: Db,
  teamId: string,
  addresses: readonly string[],
  domains: readonly string[],
) {
  return db.rows<SuppressionRow>(
    `${ABOUT} order by kind = 'email' desc, kind = 'domain' desc, created_at, id`,
    [teamId, addresses, domains],
  );
}

/** Deletes the entry of an address without any claim left. */
export async function deleteByValue(db: Db, teamId: string, value: string) {
  const rows = await db.rows<{ id: string }>(
    "delete from suppressions where team_id = $1 and kind = 'email' and value = $2 returning id",
    [teamId, value],
  );
  return rows.map(({ id }) => id);
}

/** Updates the reason that an address's entry shows. */
export function relabel(db: Db, teamId: string, value: string, source: SuppressionSource) {
  return db.run(
    `update suppressions set source = $3
      where team_id = $1 and kind = 'email' and value = $2 and source <> $3`,
    [teamId, value, source],
  );
}

/** Deletes entries whose addresses must be erased. */
export function deleteByValues(db: Db, teamId: string, values: readonly string[]) {
  return db.run(
    "delete from suppressions where team_id = $1 and kind = 'email' and value = any($2::text[])",
    [teamId, values],
  );
}

/** The contacts that have this address, in its one spelling. */
export async function contactsAt(db: Db, teamId: string, address: string) {
  const rows = await db.rows<{ id: string }>(
    `select id from team_contacts where team_id = $1 and email is not null and lower(email) = $2
     union
     select contact_id from team_contact_emails where team_id = $1 and lower(email) = $2`,
    [teamId, address],
  );
  return rows.map(({ id }) => id);
}
