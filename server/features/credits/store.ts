// What a team may spend in a cycle, and the ledger of what it has: entries are added, never changed.

import type { Db } from "../../db/connect.ts";
import type { CreditCycle, CreditKind } from "../../domain/credits.ts";
import { newId } from "../../ids.ts";

/** Nothing here costs money, so a new team's limits are there to catch a runaway, not to sell more. */
const AT_FIRST = 1_000_000;

export async function seedCreditLimits(db: Db, teamId: string) {
  await db.run(
    `insert into credit_limits (team_id, kind, amount)
     select $1, kind, $2 from unnest($3::text[]) as kind
     on conflict do nothing`,
    [teamId, AT_FIRST, KINDS],
  );
}

// Typed so that a kind added to the domain is asked for here too.
const KINDS: readonly CreditKind[] = Object.keys({
  lead_credit: true,
  direct_dial_credit: true,
  export_credit: true,
  conversation_credit: true,
  ai_credit: true,
  power_up_credit: true,
  inbound_website_visitor_credit: true,
  contact_website_visitor_credit: true,
  web_search_record_credit: true,
  dialer: true,
} satisfies Record<CreditKind, true>) as CreditKind[];

export type CreditRow = { kind: CreditKind; limit: number; spent: number; reserved: number };

/**
 * Limit, spending within a cycle, and what is held at this moment, of every kind. One statement, because what is settled
 * goes from held to spent, and must be seen in one of them.
 */
export function listCredits(
  db: Db,
  teamId: string,
  { startsAt, endsAt }: CreditCycle,
  now: Temporal.Instant,
) {
  return db.rows<CreditRow>(
    `select l.kind, l.amount as limit,
            (select coalesce(sum(e.amount), 0)::bigint from credit_entries e
              where e.team_id = l.team_id and e.kind = l.kind and e.occurred_at >= $2 and e.occurred_at < $3) as spent,
            (select coalesce(sum(r.amount), 0)::bigint from credit_reservations r
              where r.team_id = l.team_id and r.kind = l.kind and r.settled_at is null and r.held_until > $4) as reserved
       from credit_limits l
      where l.team_id = $1`,
    [teamId, startsAt, endsAt, now],
  );
}

/** Held until the act ends: two who spend at once see each other's entries. */
export function lockLimit(db: Db, teamId: string, kind: CreditKind) {
  return db.run("select 1 from credit_limits where team_id = $1 and kind = $2 for update", [teamId, kind]);
}

export type CreditEntry = {
  kind: CreditKind;
  /** Spent is positive, given back is negative. */
  amount: number;
  reason: string;
  userId: string | null;
  subjectId: string | null;
};

export function insertCreditEntry(db: Db, teamId: string, entry: CreditEntry, now: Temporal.Instant) {
  return db.run(
    `insert into credit_entries (team_id, id, kind, amount, reason, user_id, subject_id, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [teamId, newId(), entry.kind, entry.amount, entry.reason, entry.userId, entry.subjectId, now],
  );
}

export type ReservationRow = {
  amount: number;
  reason: string;
  subjectId: string | null;
  userId: string | null;
  heldUntil: Temporal.Instant;
  settledAt: Temporal.Instant | null;
  /** Null while it is held, and where its time was over before anybody settled it. */
  spent: number | null;
};

export function insertReservation(
  db: Db,
  teamId: string,
  held: CreditEntry & { id: string; heldUntil: Temporal.Instant },
  now: Temporal.Instant,
) {
  const { id, kind, amount, reason, subjectId, userId, heldUntil } = held;
  return db.run(
    `insert into credit_reservations (team_id, id, kind, amount, reason, subject_id, user_id, held_at, held_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [teamId, id, kind, amount, reason, subjectId, userId, now, heldUntil],
  );
}

export async function kindOfReservation(db: Db, teamId: string, id: string) {
  const row = await db.row<{ kind: CreditKind }>(
    "select kind from credit_reservations where team_id = $1 and id = $2",
    [teamId, id],
  );
  return row?.kind ?? null;
}

export function lockReservation(db: Db, teamId: string, id: string) {
  return db.row<ReservationRow>(
    `select amount, reason, subject_id, user_id, held_until, settled_at, spent
       from credit_reservations where team_id = $1 and id = $2 for update`,
    [teamId, id],
  );
}

export function settleReservation(db: Db, teamId: string, id: string, spent: number, now: Temporal.Instant) {
  return db.run("update credit_reservations set settled_at = $3, spent = $4 where team_id = $1 and id = $2", [
    teamId,
    id,
    now,
    spent,
  ]);
}

/** Whoever held these was killed, or has forgotten them. */
export function freeExpiredReservations(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run(
    "update credit_reservations set settled_at = $2 where team_id = $1 and settled_at is null and held_until <= $2",
    [teamId, now],
  );
}
