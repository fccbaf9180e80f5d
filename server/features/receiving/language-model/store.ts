// The team's language model, and how much it was asked each day.

import type { Db } from "../../../db/connect.ts";
import type { ModelHealth } from "../../../domain/receiving/model-health.ts";

export type ModelWords = {
  baseUrl: string;
  model: string;
  guidance: string;
  timeoutMs: number;
  dailyCalls: number;
  maxTokens: number;
  tokenLimitName: "max_tokens" | "max_completion_tokens";
  draftsOpeners: boolean;
  suggestsClasses: boolean;
};

export type ModelRow = ModelWords &
  ModelHealth & {
    sealedKey: Buffer | null;
    classesSince: Temporal.Instant | null;
    createdAt: Temporal.Instant;
    updatedAt: Temporal.Instant;
  };

const COLUMNS = `base_url, model, sealed_key, guidance, timeout_ms, daily_calls, max_tokens, token_limit_name, drafts_openers,
  suggests_classes, classes_since, failures, paused_until, last_error, created_at, updated_at`;

export function findModel(db: Db, teamId: string) {
  return db.row<ModelRow>(`select ${COLUMNS} from language_models where team_id = $1`, [teamId]);
}

export function lockModel(db: Db, teamId: string) {
  return db.row<ModelRow>(`select ${COLUMNS} from language_models where team_id = $1 for update`, [teamId]);
}

/** A changed model is tried anew. */
export function writeModel(
  db: Db,
  teamId: string,
  one: ModelWords & { sealedKey: Buffer | null; classesSince: Temporal.Instant | null },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into language_models (team_id, base_url, model, sealed_key, guidance, timeout_ms, daily_calls, max_tokens,
            token_limit_name, drafts_openers, suggests_classes, classes_since, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (team_id) do update
        set base_url = $2, model = $3, sealed_key = $4, guidance = $5, timeout_ms = $6, daily_calls = $7, max_tokens = $8,
            token_limit_name = $9, drafts_openers = $10, suggests_classes = $11, classes_since = $12, updated_at = $13,
            failures = 0, paused_until = null, last_error = null`,
    [
      ...[teamId, one.baseUrl, one.model, one.sealedKey, one.guidance, one.timeoutMs, one.dailyCalls],
      ...[one.maxTokens, one.tokenLimitName, one.draftsOpeners, one.suggestsClasses, one.classesSince, now],
    ],
  );
}

export function deleteModel(db: Db, teamId: string) {
  return db.run("delete from language_models where team_id = $1", [teamId]);
}

export function noteModelHealth(db: Db, teamId: string, { failures, pausedUntil, lastError }: ModelHealth) {
  return db.run(
    "update language_models set failures = $2, paused_until = $3, last_error = $4 where team_id = $1",
    [teamId, failures, pausedUntil, lastError],
  );
}

type ModelCallsUsed = {
  calls: number;
  failed: number;
  unfit: number;
  promptTokens: number;
  completionTokens: number;
};

export type UsedOn = ModelCallsUsed & { day: string };

export function addUsage(db: Db, teamId: string, { day, ...used }: UsedOn) {
  return db.run(
    `insert into model_usage as u (team_id, day, calls, failed, unfit, prompt_tokens, completion_tokens)
     values ($1, $2::date, $3, $4, $5, $6, $7)
     on conflict (team_id, day) do update
        set calls = u.calls + $3, failed = u.failed + $4, unfit = u.unfit + $5, prompt_tokens = u.prompt_tokens + $6,
            completion_tokens = u.completion_tokens + $7`,
    [teamId, day, used.calls, used.failed, used.unfit, used.promptTokens, used.completionTokens],
  );
}

export async function callsOn(db: Db, teamId: string, day: string) {
  const row = await db.row<{ calls: number }>(
    "select calls from model_usage where team_id = $1 and day = $2::date",
    [teamId, day],
  );
  return row?.calls ?? 0;
}

/** The newest first. */
export function usageSince(db: Db, teamId: string, day: string) {
  return db.rows<UsedOn>(
    `select day::text, calls, failed, unfit, prompt_tokens, completion_tokens
       from model_usage where team_id = $1 and day >= $2::date order by day desc`,
    [teamId, day],
  );
}

export function deleteOldUsage(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from model_usage where team_id = $1 and day < $2::timestamptz::date", [
    teamId,
    before,
  ]);
}
