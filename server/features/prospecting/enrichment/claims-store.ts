// Records which process asks providers about which question. Uses the database's clock, because several processes
// compare it.
//
// Easy to get wrong: only its holder may simply delete a claim that names an asked provider. A process that takes it
// over, or clears it away, notes those lookups as lost: they may have been paid.

import type { Db } from "../../../db/connect.ts";
import { hasEndedSql } from "../../../db/liveness-lock.ts";

type QuestionClaim = { question: Buffer; requestId: string };
type ClaimHolder = { id: string; life: string };

/**
 * A holder that shows no sign of life has lost its claim. Exception: a suspended holder whose provider may still answer
 * keeps it for as long as that may take, because the answer may be paid for.
 */
const IS_LOST = `(c.held_until < clock_timestamp()
  and (c.asking_until is null or c.asking_until < clock_timestamp() or c.life is null or ${hasEndedSql("c.life")}))`;

/**
 * The questions that this holder has claimed, and the request id that providers get: the same one that an earlier,
 * suspended holder used. Always in one order, so that two holders of the same questions do not block each other.
 */
export function claimQuestions(
  db: Db,
  teamId: string,
  holder: ClaimHolder,
  questions: readonly Buffer[],
  leaseMs: number,
) {
  return db.rows<QuestionClaim>(
    `insert into lookup_claims as c (team_id, question, holder, life, held_until)
     select $1::text, question, $2::text, $5::text, clock_timestamp() + $4::int * interval '1 millisecond'
       from unnest($3::bytea[]) as q (question)
     on conflict (team_id, question) do update
       set holder = excluded.holder, life = excluded.life, held_until = excluded.held_until, asking_until = null
      where ${IS_LOST}
     returning question, request_id`,
    [teamId, holder.id, [...questions].sort(Buffer.compare), leaseMs, holder.life],
  );
}

export type ClaimRequest = {
  question: Buffer;
  /** Those whose answers would be lost with the holder, the one that is about to be asked among them. */
  providerIds: readonly string[];
  longestMs: number;
};

/** A provider is about to be asked, which may take this long. Answers whether this holder still has the question. */
export async function noteAsking(
  db: Db,
  teamId: string,
  holder: string,
  { question, providerIds, longestMs }: ClaimRequest,
) {
  const changed = await db.run(
    `update lookup_claims
        set asking_until = clock_timestamp() + $4::int * interval '1 millisecond', asked = $5::text[]
      where team_id = $1 and question = $3 and holder = $2`,
    [teamId, holder, question, longestMs, providerIds],
  );
  return changed === 1;
}

/** How many lookups were lost with a provider. */
export type Lost = { providerId: string; count: number };

/**
 * Notes what the former holder of these questions had asked as lost, once. Except with providers that recognize a
 * repeated request: the new holder asks those again.
 */
export function noteLost(db: Db, teamId: string, questions: readonly Buffer[], now: Temporal.Instant) {
  return db.rows<Lost>(
    `${losing(`c.question = any($3::bytea[]) and ${IS_LOST}`, "not p.heeds_request_ids")}
     ${BY_PROVIDER}`,
    [teamId, now, questions],
  );
}

const BY_PROVIDER =
  "select provider_id, count(*)::int as count from noted group by provider_id order by provider_id";

function losing(which: string, whose: string) {
  return `
    with gone as (
      select question, asked from lookup_claims c
       where c.team_id = $1 and c.asked <> '{}' and ${which} order by question for update
    ), emptied as (
      update lookup_claims c set asked = '{}' from gone where c.team_id = $1 and c.question = gone.question
    ), noted as (
      insert into provider_calls (team_id, id, provider_id, question, outcome, error, price, took_ms, called_at)
      select p.team_id, new_ident(), p.id, gone.question, 'failed', 'lost', 0, 0, $2::timestamptz
        from gone cross join unnest(gone.asked) as asked (id)
        join enrichment_providers p on p.team_id = $1 and p.id = asked.id and ${whose}
      returning provider_id
    )`;
}

export function renew(db: Db, teamId: string, holder: string, leaseMs: number) {
  return db.run(
    `update lookup_claims set held_until = clock_timestamp() + $3::int * interval '1 millisecond'
      where team_id = $1 and holder = $2`,
    [teamId, holder, leaseMs],
  );
}

/** No other process takes them while the transaction is open. */
export async function lockHeld(db: Db, teamId: string, holder: string) {
  const rows = await db.rows<{ question: Buffer }>(
    "select question from lookup_claims where team_id = $1 and holder = $2 order by question for update",
    [teamId, holder],
  );
  return rows.map(({ question }) => question);
}

export function dropClaims(db: Db, teamId: string, holder: string) {
  return db.run("delete from lookup_claims where team_id = $1 and holder = $2", [teamId, holder]);
}

export async function areAllHeld(db: Db, teamId: string, questions: readonly Buffer[]) {
  const row = await db.row<{ held: boolean }>(
    `select count(*) >= $3::int as held from lookup_claims c
      where c.team_id = $1 and c.question = any ($2::bytea[]) and not ${IS_LOST}`,
    [teamId, questions, questions.length],
  );
  return row?.held ?? false;
}

/** A holder that came to no end leaves to the next what it has asked; the rest it lets go. */
export async function dropUnaskedClaims(db: Db, teamId: string, holder: string) {
  await db.run("delete from lookup_claims where team_id = $1 and holder = $2 and asked = '{}'", [
    teamId,
    holder,
  ]);
  await db.run(
    `update lookup_claims set held_until = clock_timestamp(), asking_until = null
      where team_id = $1 and holder = $2`,
    [teamId, holder],
  );
}

/**
 * Deletes the claims of engines that died, and reports what was lost: the request id is deleted with the claim, so a
 * provider could not recognize a repeated question.
 */
export async function deleteOldClaims(db: Db, teamId: string, now: Temporal.Instant) {
  const isOld = "held_until < clock_timestamp() - interval '1 hour'";
  const lost = await db.rows<Lost>(`${losing(isOld, "true")} ${BY_PROVIDER}`, [teamId, now]);
  return { lost, gone: await db.run(`delete from lookup_claims where team_id = $1 and ${isOld}`, [teamId]) };
}
