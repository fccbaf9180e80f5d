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

export type CreditRow = { kind: CreditKind; amount: number; spent: number };

/** Limit and spending of every kind, within a cycle. */
export function listCredits(db: Db, teamId: string, { startsAt, endsAt }: CreditCycle) {
  return db.rows<CreditRow>(
    `select l.kind, l.amount, coalesce(sum(e.amount), 0)::bigint as spent
       from credit_limits l
       left join credit_entries e
         on e.team_id = l.team_id and e.kind = l.kind and e.occurred_at >= $2 and e.occurred_at < $3
      where l.team_id = $1
      group by l.kind, l.amount`,
    [teamId, startsAt, endsAt],
  );
}

/** The limit, held until the act ends: two who spend at once see each other's entries. */
export async function lockLimit(db: Db, teamId: string, kind: CreditKind) {
  const row = await db.row<{ amount: number }>(
    "select amount from credit_limits where team_id = $1 and kind = $2 for update",
    [teamId, kind],
  );
  return row?.amount ?? 0;
}

export async function spentIn(db: Db, teamId: string, kind: CreditKind, { startsAt, endsAt }: CreditCycle) {
  const row = await db.row<{ spent: number }>(
    `select coalesce(sum(amount), 0)::bigint as spent from credit_entries
      where team_id = $1 and kind = $2 and occurred_at >= $3 and occurred_at < $4`,
    [teamId, kind, startsAt, endsAt],
  );
  return row?.spent ?? 0;
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
