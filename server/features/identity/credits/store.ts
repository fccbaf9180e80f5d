// What a team and its people may spend in a cycle, and the ledger of what moved: movements are added, never changed.

import type { Db } from "../../../db/connect.ts";
import type { CreditBalance, CreditCycle, CreditKind } from "../../../domain/identity/credits.ts";

/** Without a limit: usage is counted, and nothing is blocked until an admin sets a limit. */
export async function seedCreditLimits(db: Db, teamId: string) {
  await db.run(
    `insert into credit_limits (team_id, kind, amount)
     select $1, kind, null from unnest($2::text[]) as kind
     on conflict do nothing`,
    [teamId, KINDS],
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

export type CreditStandingRow = CreditBalance & { kind: CreditKind; userId: string | null };

/**
 * Limit, spending within a cycle, and what is held at this moment, of every kind: of the team (no user), and of each of
 * its people who has an allowance or has moved anything. One statement, because what is settled goes from held to spent,
 * and must be seen in one of them.
 */
export function listStandings(
  db: Db,
  teamId: string,
  { startsAt, endsAt }: CreditCycle,
  now: Temporal.Instant,
  kind: CreditKind | null = null,
) {
  return db.rows<CreditStandingRow>(
    `with moved as (
       select m.kind, m.user_id, sum(l.amount) as spent, 0 as reserved
         from credit_movements m
         join credit_legs l on l.team_id = m.team_id and l.movement_id = m.id and l.account = 'spent'
        where m.team_id = $1 and m.counted_at >= $2 and m.counted_at < $3 and ($5::text is null or m.kind = $5)
        group by 1, 2
       union all
       select kind, user_id, 0, sum(amount) from credit_reservations
        where team_id = $1 and settled_at is null and held_until > $4 and ($5::text is null or kind = $5)
        group by 1, 2
     ), standing as (
       select kind, null as user_id, amount as "limit", 0 as spent, 0 as reserved from credit_limits where team_id = $1
       union all select kind, user_id, amount, 0, 0 from credit_allowances where team_id = $1
       union all select kind, null, null, spent, reserved from moved
       union all select kind, user_id, null, spent, reserved from moved where user_id is not null
     )
     select kind, user_id, max("limit") as "limit", sum(spent)::bigint as spent, sum(reserved)::bigint as reserved
       from standing where $5::text is null or kind = $5
      group by kind, user_id`,
    [teamId, startsAt, endsAt, now, kind],
  );
}

/** Whether an admin has set a limit for this. */
export async function isLimited(db: Db, teamId: string, userId: string, kind: CreditKind) {
  const row = await db.row<{ isLimited: boolean }>(
    `select exists (select from credit_limits where team_id = $1 and kind = $2 and amount is not null)
         or exists (select from credit_allowances where team_id = $1 and user_id = $3 and kind = $2) as is_limited`,
    [teamId, kind, userId],
  );
  return row?.isLimited ?? false;
}

/** Held until the act ends: two who spend at once see each other's movements. */
export function lockLimit(db: Db, teamId: string, kind: CreditKind) {
  return db.run("select 1 from credit_limits where team_id = $1 and kind = $2 for update", [teamId, kind]);
}

/** Null: none, from now on. */
export async function setLimit(
  db: Db,
  teamId: string,
  userId: string | null,
  kind: CreditKind,
  limit: number | null,
) {
  if (userId === null)
    return db.run("update credit_limits set amount = $3 where team_id = $1 and kind = $2", [
      teamId,
      kind,
      limit,
    ]);
  if (limit === null)
    return db.run("delete from credit_allowances where team_id = $1 and user_id = $2 and kind = $3", [
      teamId,
      userId,
      kind,
    ]);
  return db.run(
    `insert into credit_allowances (team_id, user_id, kind, amount) values ($1, $2, $3, $4)
     on conflict (team_id, user_id, kind) do update set amount = excluded.amount`,
    [teamId, userId, kind, limit],
  );
}
