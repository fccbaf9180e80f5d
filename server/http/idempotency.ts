// Idempotency-Key: the first answer again, for 24 hours. The answer is stored in the transaction of
// its effect, so a crash between the two cannot happen: either both are there or neither is.
//
// It is stored sealed: some answers hold a key or a link that is shown once and kept nowhere else.

import type { Db } from "../db/connect.ts";
import { findKept, holdKey, insertKept } from "../db/kept-answers.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { SecretLocation, Secrets } from "../kernel/secrets.ts";
import { canonical } from "./canonical.ts";

type KeptAnswer = { status: number; answer: string };

/** `asked` is the whole request as text, the same for the same call; only its keyed digest is kept. */
export type IdempotentRequest = { callerId: string; key: string; asked: string };

export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header !== "string" || !/^[\x20-\x7e]{1,255}$/.test(header))
    throw new Refusal("idempotency_key_malformed");
  return header;
}

/** The same call with the same parameters is the same text, however its keys were ordered. */
export function printRequest(
  method: string,
  path: string,
  input: unknown,
  ifMatch: readonly string[] | "any" | null = null,
) {
  return `${method} ${path}\n${canonical(input)}${ifMatch ? `\n${canonical(ifMatch)}` : ""}`;
}

/** Takes the key for this transaction. Answers what was answered before, or null if this is the first time. */
export async function takeKey(
  db: Db,
  secrets: Secrets,
  teamId: string,
  request: IdempotentRequest,
  now: Temporal.Instant,
): Promise<KeptAnswer | null> {
  if (!(await holdKey(db, teamId, request))) throw new Refusal("idempotency_in_progress");
  const kept = await findKept(db, teamId, request, now);
  if (!kept) return null;
  if (!secrets.isDigestOf(request.asked, kept.requestHash)) throw new Refusal("idempotency_key_reused");
  return { status: kept.status, answer: secrets.open(placeOf(teamId, request), kept.answer) };
}

export async function keepAnswer(
  db: Db,
  secrets: Secrets,
  teamId: string,
  request: IdempotentRequest,
  { status, answer }: KeptAnswer,
  now: Temporal.Instant,
) {
  const sealed = secrets.seal(placeOf(teamId, request), answer);
  await insertKept(
    db,
    teamId,
    request,
    { requestHash: secrets.digest(request.asked), status, answer: sealed },
    now,
  );
}

function placeOf(teamId: string, { callerId, key }: IdempotentRequest): SecretLocation {
  return { teamId, table: "idempotent_answers", rowId: `${callerId} ${key}`, column: "answer" };
}
