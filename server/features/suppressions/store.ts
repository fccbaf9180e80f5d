import type { Db } from "../../db/connect.ts";
import type { Suppression, SuppressionKind } from "../../domain/suppression.ts";

export type Source = "person" | "import" | "unsubscribe" | "bounce" | "complaint" | "deletion";

export type SuppressionRow = {
  id: string;
  kind: SuppressionKind;
  value: string;
  reason: string | null;
  source: Source;
  createdBy: string | null;
  createdAt: Temporal.Instant;
};

const COLUMNS = "id, kind, value, reason, source, created_by, created_at";

export async function searchSuppressions(
  db: Db,
  teamId: string,
  search: { kind: SuppressionKind | null; keywords: string | null; limit: number; offset: number },
) {
  const where = `team_id = $1 and kind <> 'hash' and ($2::text is null or kind = $2)
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
 * Taken before anything is put on the list, and before any contact is locked: the gate, which lets mails go, holds the
 * same lock shared. So a mail goes before somebody is barred, or not at all.
 */
export function holdSuppressions(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('suppressions ' || $1::text, 0))", [teamId]);
}

/** Those after the last, oldest first: for a file. Who was deleted is not in it. */
export function suppressionsAfter(
  db: Db,
  teamId: string,
  { kind, keywords }: { kind: SuppressionKind | null; keywords: string | null },
  last: Pick<SuppressionRow, "createdAt" | "id"> | null,
  limit: number,
) {
  return db.rows<SuppressionRow>(
    `select ${COLUMNS} from suppressions
      where team_id = $1 and kind <> 'hash' and ($2::text is null or kind = $2)
        and ($3::text is null or position(lower($3) in value) > 0)
        and ($4::timestamptz is null or (created_at, id::text) > ($4, $5::text))
      order by created_at, id::text limit $6`,
    [teamId, kind, keywords, last?.createdAt ?? null, last?.id ?? null, limit],
  );
}

export type NewSuppression = Suppression & { id: string; reason: string | null };

/** Answers the ids of those that were not there yet. */
export async function insertSuppressions(
  db: Db,
  teamId: string,
  rows: readonly NewSuppression[],
  { source, userId, now }: { source: Source; userId: string | null; now: Temporal.Instant },
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

export function findSuppression(db: Db, teamId: string, { kind, value }: Suppression) {
  return db.row<SuppressionRow>(
    `select ${COLUMNS} from suppressions where team_id = $1 and kind = $2 and value = $3`,
    [teamId, kind, value],
  );
}

export function deleteSuppression(db: Db, teamId: string, id: string) {
  return db.row<SuppressionRow>(
    `delete from suppressions where team_id = $1 and id = $2 and kind <> 'hash' returning ${COLUMNS}`,
    [teamId, id],
  );
}

/** Lifts what somebody had said of themselves. Answers the ids of those that were there. */
export async function deleteOwnWord(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `delete from suppressions
      where team_id = $1 and id = any($2::text[]) and kind = 'email' and source = 'unsubscribe' returning id`,
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

/**
 * Whatever may bar one of these: their own addresses, their domains (see `domainsOf`), and every pattern.
 * Which of them does, `suppressionFor` decides.
 */
export function suppressionsAbout(
  db: Db,
  teamId: string,
  addresses: readonly string[],
  domains: readonly string[],
) {
  return db.rows<SuppressionRow>(
    `select ${COLUMNS} from suppressions
      where team_id = $1
        and (kind = 'email' and value = any($2::text[])
             or kind = 'domain' and value = any($3::text[])
             or kind = 'pattern')
      order by kind = 'email' desc, kind = 'domain' desc, created_at, id`,
    [teamId, addresses, domains],
  );
}

/** An address as only its owner, or whoever has the key file, could tell it. */
export type Hashed = { address: string; digest: string };

/** What is barred stays so, and cannot be read any more. */
export async function hideAddresses(db: Db, teamId: string, hashed: readonly Hashed[]) {
  const pairs = [teamId, hashed.map(({ address }) => address), hashed.map(({ digest }) => digest)];
  await db.run(
    `delete from suppressions s using unnest($2::text[], $3::text[]) as h (address, digest)
      where s.team_id = $1 and s.kind = 'email' and s.value = h.address
        and exists (select from suppressions d where d.team_id = $1 and d.kind = 'hash' and d.value = h.digest)`,
    pairs,
  );
  await db.run(
    `update suppressions s set kind = 'hash', value = h.digest, reason = null
       from unnest($2::text[], $3::text[]) as h (address, digest)
      where s.team_id = $1 and s.kind = 'email' and s.value = h.address`,
    pairs,
  );
}

/** Those of the digests by which somebody is barred whom nobody can read any more. */
export async function knownHidden(db: Db, teamId: string, digests: readonly string[]) {
  const rows = await db.rows<{ value: string }>(
    "select value from suppressions where team_id = $1 and kind = 'hash' and value = any($2::text[])",
    [teamId, digests],
  );
  return new Set(rows.map(({ value }) => value));
}

// The lock of the list is not asked for by what follows: these are about people who are deleted, or were and come back,
// and the gate waits for a contact's row anyway.
/** Bars addresses that nobody is to be able to read. */
export function insertHidden(
  db: Db,
  teamId: string,
  rows: readonly { id: string; digest: string; source: Source }[],
  { userId, now }: { userId: string | null; now: Temporal.Instant },
) {
  return db.run(
    `insert into suppressions (team_id, id, kind, value, source, created_by, created_at)
     select $1, r.id, 'hash', r.digest, r.source, $3, $4
       from jsonb_to_recordset($2::jsonb) as r (id text, digest text, source text)
     on conflict (team_id, kind, value) do nothing`,
    [teamId, JSON.stringify(rows), userId, now],
  );
}

/** Addresses that come back are known again by what was left of them. */
export async function recognizeHidden(db: Db, teamId: string, hashed: readonly Hashed[]) {
  await db.run(
    `update suppressions s set kind = 'email', value = h.address
       from unnest($2::text[], $3::text[]) as h (address, digest)
      where s.team_id = $1 and s.kind = 'hash' and s.value = h.digest
        and not exists (select from suppressions e where e.team_id = $1 and e.kind = 'email' and e.value = h.address)`,
    [teamId, hashed.map(({ address }) => address), hashed.map(({ digest }) => digest)],
  );
}
