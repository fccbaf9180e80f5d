// Movements and their legs, as they are written and read again.

import type { Db } from "../../../db/connect.ts";
import type { Leg } from "../../../domain/identity/credit-movements.ts";
import type { CreditKind } from "../../../domain/identity/credits.ts";
import { newId } from "../../../kernel/ids.ts";

type MovementType = "spend" | "hold" | "settle" | "release" | "refund";

type Movement = {
  kind: CreditKind;
  type: MovementType;
  action: string;
  userId: string | null;
  reservationId: string | null;
  countedAt: Temporal.Instant;
  legs: readonly (Leg & { refunds?: string })[];
};

/** Any number of movements with their legs. What moves nothing is not written down. */
export async function insertMovements(
  db: Db,
  teamId: string,
  movements: readonly Movement[],
  now: Temporal.Instant,
) {
  const moving = movements.filter(({ legs }) => legs.length > 0).map((one) => ({ ...one, id: newId() }));
  if (moving.length === 0) return;
  const heads = moving.map(({ id, kind, type, action, userId, reservationId, countedAt }) => ({
    id,
    kind,
    type,
    action,
    user_id: userId,
    reservation_id: reservationId,
    counted_at: countedAt.toString(),
  }));
  const legs = moving.flatMap(({ id, legs: all }) =>
    all.map(({ account, amount, subjectId, refunds }, n) => ({
      movement_id: id,
      position: n + 1,
      account,
      amount,
      subject_id: subjectId,
      refunds: refunds ?? null,
    })),
  );
  await db.run(
    `insert into credit_movements (team_id, id, kind, type, action, user_id, reservation_id, occurred_at, counted_at)
     select $1, id, kind, type, action, user_id, reservation_id, $3, counted_at
       from jsonb_to_recordset($2::jsonb) as m (id text, kind text, type text, action text, user_id text,
                                                reservation_id text, counted_at timestamptz)`,
    [teamId, JSON.stringify(heads), now],
  );
  await db.run(
    `insert into credit_legs (team_id, movement_id, position, account, amount, subject_id, refunds)
     select $1, movement_id, position, account, amount, subject_id, refunds
       from jsonb_to_recordset($2::jsonb) as l (movement_id text, position int, account text, amount int,
                                                subject_id text, refunds text)`,
    [teamId, JSON.stringify(legs)],
  );
}

type PurchaseRow = {
  movementId: string;
  subjectId: string;
  kind: CreditKind;
  action: string;
  userId: string | null;
  amount: number;
  boughtAt: Temporal.Instant;
};

/** What was paid for these contacts, or for the people they were found as, and not given back yet. */
export function listPurchases(
  db: Db,
  teamId: string,
  wish: { contactIds: readonly string[]; actions: readonly string[]; since: Temporal.Instant },
) {
  return db.rows<PurchaseRow>(
    `with about as (
       select id as subject_id from unnest($2::text[]) as id
       union select person_id from contacts where team_id = $1 and id = any($2::text[]) and person_id is not null
     )
     select m.id as movement_id, l.subject_id, m.kind, m.action, m.user_id, l.amount, m.occurred_at as bought_at
       from about
       join credit_legs l on l.team_id = $1 and l.subject_id = about.subject_id and l.account = 'spent' and l.amount > 0
       join credit_movements m on m.team_id = $1 and m.id = l.movement_id
      where m.action = any($3::text[]) and m.occurred_at >= $4
        and not exists (select from credit_legs r
                         where r.team_id = $1 and r.refunds = m.id and r.subject_id = l.subject_id and r.account = 'spent')`,
    [teamId, wish.contactIds, wish.actions, wish.since],
  );
}

/** A contact, and the person they were found as. */
export async function listSubjects(db: Db, teamId: string, contactId: string) {
  const rows = await db.rows<{ id: string }>(
    `select id from contacts where team_id = $1 and id = $2
     union select person_id from contacts where team_id = $1 and id = $2 and person_id is not null`,
    [teamId, contactId],
  );
  return rows.map(({ id }) => id);
}

type UsageFilter = { since: Temporal.Instant; until: Temporal.Instant; userId: string | null };

export type CreditUsageRow = {
  day: string;
  userId: string | null;
  userName: string | null;
  action: string;
  kind: CreditKind;
  spent: number;
  refunded: number;
};

/** By day (UTC), person and action; the latest day first. */
export function listCreditUsage(db: Db, teamId: string, { since, until, userId }: UsageFilter) {
  return db.rows<CreditUsageRow>(
    `select to_char(m.occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day, m.user_id,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name, m.action, m.kind,
            coalesce(sum(l.amount) filter (where l.amount > 0), 0)::bigint as spent,
            coalesce(-sum(l.amount) filter (where l.amount < 0), 0)::bigint as refunded
       from credit_movements m
       join credit_legs l on l.team_id = m.team_id and l.movement_id = m.id and l.account = 'spent'
       left join users u on u.team_id = m.team_id and u.id = m.user_id
      where m.team_id = $1 and m.occurred_at >= $2 and m.occurred_at < $3 and ($4::text is null or m.user_id = $4)
      group by 1, 2, 3, 4, 5
      order by 1 desc, 3, 4, 5`,
    [teamId, since, until, userId],
  );
}

export type MovementRow = {
  id: string;
  type: MovementType;
  kind: CreditKind;
  action: string;
  userId: string | null;
  reservationId: string | null;
  occurredAt: Temporal.Instant;
  countedAt: Temporal.Instant;
  legs: { account: string; amount: number; subject_id: string | null }[];
};

const SHOWN_LEGS = 100;

export async function searchMovements(
  db: Db,
  teamId: string,
  { subjectIds, limit, offset }: { subjectIds: readonly string[] | null; limit: number; offset: number },
) {
  const about = `($2::text[] is null or exists (select from credit_legs a
      where a.team_id = m.team_id and a.movement_id = m.id and a.subject_id = any($2)))`;
  const found = await db.row<{ total: number }>(
    `select count(*) as total from credit_movements m where m.team_id = $1 and ${about}`,
    [teamId, subjectIds],
  );
  const rows = await db.rows<MovementRow>(
    `select m.id, m.type, m.kind, m.action, m.user_id, m.reservation_id, m.occurred_at, m.counted_at,
            (select jsonb_agg(jsonb_build_object('account', l.account, 'amount', l.amount, 'subject_id', l.subject_id)
                              order by l.position)
               from credit_legs l
              where l.team_id = m.team_id and l.movement_id = m.id and l.position <= ${SHOWN_LEGS}) as legs
       from credit_movements m
      where m.team_id = $1 and ${about}
      order by m.occurred_at desc, m.id desc
      limit $3 offset $4`,
    [teamId, subjectIds, limit, offset],
  );
  return { rows, total: found?.total ?? 0 };
}
