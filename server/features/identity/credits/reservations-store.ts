// Credits that are held for work at hand, until it is settled or its time is over.

import type { Db } from "../../../db/connect.ts";
import type { CreditKind } from "../../../domain/identity/credits.ts";

type ReservationRow = {
  id: string;
  kind: CreditKind;
  amount: number;
  action: string;
  subjectId: string | null;
  userId: string | null;
  heldUntil: Temporal.Instant;
  settledAt: Temporal.Instant | null;
  /** Null while it is held, and where it expired before it was settled. */
  spent: number | null;
};

const COLUMNS = "id, kind, amount, reason as action, subject_id, user_id, held_until, settled_at, spent";

export function insertReservation(
  db: Db,
  teamId: string,
  held: Omit<ReservationRow, "settledAt" | "spent">,
  now: Temporal.Instant,
) {
  const { id, kind, amount, action, subjectId, userId, heldUntil } = held;
  return db.run(
    `insert into credit_reservations (team_id, id, kind, amount, reason, subject_id, user_id, held_at, held_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [teamId, id, kind, amount, action, subjectId, userId, now, heldUntil],
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
    `select ${COLUMNS} from credit_reservations where team_id = $1 and id = $2 for update`,
    [teamId, id],
  );
}

/** Holds whose process was killed, or has forgotten them. Skips those that are being settled at this moment. */
export function lockExpired(db: Db, teamId: string, now: Temporal.Instant, most: number) {
  return db.rows<ReservationRow>(
    `select ${COLUMNS} from credit_reservations
      where team_id = $1 and settled_at is null and held_until <= $2
      order by held_until limit $3 for update skip locked`,
    [teamId, now, most],
  );
}

/** The work goes on. What was let go already stays so. */
export function holdLonger(
  db: Db,
  teamId: string,
  id: string,
  until: Temporal.Instant,
  now: Temporal.Instant,
) {
  return db.run(
    `update credit_reservations set held_until = greatest(held_until, $3)
      where team_id = $1 and id = $2 and settled_at is null and held_until > $4`,
    [teamId, id, until, now],
  );
}

export function closeReservations(
  db: Db,
  teamId: string,
  ids: readonly string[],
  spent: number | null,
  now: Temporal.Instant,
) {
  return db.run(
    "update credit_reservations set settled_at = $3, spent = $4 where team_id = $1 and id = any($2::text[])",
    [teamId, ids, now, spent],
  );
}
