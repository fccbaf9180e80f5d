import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";
import type { ProviderMapping } from "../../../domain/prospecting/provider-mapping.ts";
import { newId } from "../../../kernel/ids.ts";

export type ProviderWords = {
  name: string;
  baseUrl: string | null;
  mapping: ProviderMapping | null;
  isEnabled: boolean;
  timeoutMs: number;
  retries: number;
  price: number;
  ceiling: number | null;
  /** It recognises a request it has had, and charges once. */
  heedsRequestIds: boolean;
};

export type ProviderRow = ProviderWords & {
  id: string;
  kind: "apollo" | "http";
  position: number;
  failures: number;
  pausedUntil: Temporal.Instant | null;
  createdAt: Temporal.Instant;
};

export type WithKey = ProviderRow & { sealedKey: Buffer };

const COLUMNS = `id, name, kind, position, base_url, mapping, is_enabled, timeout_ms, retries, price, ceiling, failures,
  paused_until, heeds_request_ids, created_at`;

/** In the order in which they are asked. */
export function listProviders(db: Db, teamId: string) {
  return db.rows<ProviderRow>(
    `select ${COLUMNS} from enrichment_providers where team_id = $1 order by position, id`,
    [teamId],
  );
}

export function listWithKeys(db: Db, teamId: string) {
  return db.rows<WithKey>(
    `select ${COLUMNS}, sealed_key from enrichment_providers where team_id = $1 order by position, id`,
    [teamId],
  );
}

export function findWithKey(db: Db, teamId: string, id: string) {
  return db.row<WithKey>(
    `select ${COLUMNS}, sealed_key from enrichment_providers where team_id = $1 and id = $2`,
    [teamId, id],
  );
}

/** False where the name is taken. */
export function insertProvider(
  db: Db,
  teamId: string,
  one: ProviderWords & { id: string; kind: ProviderRow["kind"]; sealedKey: Buffer },
  now: Temporal.Instant,
) {
  return unlessDuplicate(
    db.run(
      `insert into enrichment_providers (team_id, id, name, kind, position, base_url, mapping, sealed_key, is_enabled, timeout_ms,
              retries, price, ceiling, heeds_request_ids, created_at, updated_at)
       values ($1::ident, $2, $3, $4, (select coalesce(max(position), 0) + 1 from enrichment_providers where team_id = $1::ident),
               $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
      [
        ...[teamId, one.id, one.name, one.kind, one.baseUrl, one.mapping && JSON.stringify(one.mapping)],
        ...[one.sealedKey, one.isEnabled, one.timeoutMs, one.retries, one.price, one.ceiling],
        ...[one.heedsRequestIds, now],
      ],
    ),
  );
}

/** A changed provider is no longer paused, and its failures count from zero. False where the name is taken. */
export function updateProvider(
  db: Db,
  teamId: string,
  one: ProviderWords & { id: string; sealedKey: Buffer },
  now: Temporal.Instant,
) {
  return unlessDuplicate(
    db.run(
      `update enrichment_providers
          set name = $3, base_url = $4, mapping = $5, sealed_key = $6, is_enabled = $7, timeout_ms = $8, retries = $9, price = $10,
              ceiling = $11, heeds_request_ids = $12, failures = 0, paused_until = null, updated_at = $13
        where team_id = $1 and id = $2`,
      [
        ...[teamId, one.id, one.name, one.baseUrl, one.mapping && JSON.stringify(one.mapping), one.sealedKey],
        ...[one.isEnabled, one.timeoutMs, one.retries, one.price, one.ceiling, one.heedsRequestIds, now],
      ],
    ),
  );
}

/** Forgets lost lookups, so that the next lookup asks again. */
export function forgetLost(db: Db, teamId: string, id: string) {
  return db.run("delete from provider_calls where team_id = $1 and provider_id = $2 and error = 'lost'", [
    teamId,
    id,
  ]);
}

export function deleteProvider(db: Db, teamId: string, id: string) {
  return db.run("delete from enrichment_providers where team_id = $1 and id = $2", [teamId, id]);
}

export function placeProviders(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    `update enrichment_providers p set position = w.n
       from unnest($2::text[]) with ordinality as w (id, n) where p.team_id = $1 and p.id = w.id`,
    [teamId, ids],
  );
}

/** How it went: who fails in a row is left in peace for a while. */
export function noteProviderHealth(
  db: Db,
  teamId: string,
  id: string,
  health: { failures: number; pausedUntil: Temporal.Instant | null },
) {
  return db.run(
    "update enrichment_providers set failures = $3, paused_until = $4 where team_id = $1 and id = $2",
    [teamId, id, health.failures, health.pausedUntil],
  );
}

export type ProviderCall = {
  providerId: string;
  question: Buffer;
  outcome: "hit" | "miss" | "failed";
  error: string | null;
  recordId: string | null;
  price: number;
  tookMs: number;
};

/** What was taken for lost and is answered after all is not lost. */
export async function insertCalls(
  db: Db,
  teamId: string,
  calls: readonly ProviderCall[],
  now: Temporal.Instant,
) {
  await db.run(
    `delete from provider_calls c using unnest($2::text[], $3::bytea[]) as n (provider_id, question)
      where c.team_id = $1 and c.provider_id = n.provider_id and c.question = n.question and c.error = 'lost'`,
    [teamId, calls.map(({ providerId }) => providerId), calls.map(({ question }) => question)],
  );
  for (const call of calls)
    await db.run(
      `insert into provider_calls (team_id, id, provider_id, question, outcome, error, record_id, price, took_ms, called_at)
       select team_id, $2, id, $4::bytea, $5, $6, $7, $8::int, $9::int, $10::timestamptz
         from enrichment_providers where team_id = $1 and id = $3 -- none where it is gone meanwhile`,
      [
        ...[teamId, newId(), call.providerId, call.question, call.outcome, call.error, call.recordId],
        ...[call.price, call.tookMs, now],
      ],
    );
}

type ProviderAttempt = {
  question: Buffer;
  providerId: string;
  answered: boolean;
  lost: boolean;
  spent: number;
  failedAt: Temporal.Instant | null;
};

/** Who has been asked what in the time that answers hold, whether they have answered, and what it cost. */
export function listAsked(db: Db, teamId: string, questions: readonly Buffer[], since: Temporal.Instant) {
  return db.rows<ProviderAttempt>(
    `select question, provider_id, bool_or(outcome <> 'failed') as answered,
            coalesce(bool_or(error = 'lost'), false) as lost, sum(price)::bigint as spent,
            max(called_at) filter (where outcome = 'failed') as failed_at
       from provider_calls
      where team_id = $1 and question = any($2::bytea[]) and called_at > $3
      group by question, provider_id`,
    [teamId, questions, since],
  );
}

export type Report = {
  providerId: string;
  asked: number;
  hits: number;
  misses: number;
  failed: number;
  lost: number;
  credits: number;
  medianMs: number | null;
};

export function listReports(db: Db, teamId: string, since: Temporal.Instant) {
  return db.rows<Report>(
    `select provider_id, count(*) as asked, count(*) filter (where outcome = 'hit') as hits,
            count(*) filter (where outcome = 'miss') as misses, count(*) filter (where outcome = 'failed' and error <> 'lost') as failed,
            count(*) filter (where error = 'lost') as lost, sum(price)::bigint as credits, percentile_disc(0.5) within group (order by took_ms)
              filter (where error is distinct from 'lost') as median_ms
       from provider_calls where team_id = $1 and called_at > $2 group by provider_id`,
    [teamId, since],
  );
}

export function deleteOldCalls(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from provider_calls where team_id = $1 and called_at < $2", [teamId, before]);
}
