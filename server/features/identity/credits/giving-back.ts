// Refunds: for work whose holder has died, and for paid addresses that turn out not to exist.

import type { Db } from "../../../db/connect.ts";
import { refundLegs, settleLegs } from "../../../domain/identity/credit-movements.ts";
import {
  ACTIONS_THAT_BUY_ADDRESSES,
  isRefunded,
  REFUNDED_WITHIN_DAYS,
} from "../../../domain/identity/credit-prices.ts";
import { creditCycle } from "../../../domain/identity/credits.ts";
import { insertMovements, listPurchases } from "./ledger-store.ts";
import { closeReservations, lockExpired } from "./reservations-store.ts";

const AT_ONCE = 1_000;

/** Lets go of what was held too long. Answers how many there were. */
export async function releaseExpired(db: Db, teamId: string, now: Temporal.Instant) {
  const expired = await lockExpired(db, teamId, now, AT_ONCE);
  if (expired.length === 0) return 0;
  await closeReservations(
    db,
    teamId,
    expired.map(({ id }) => id),
    null,
    now,
  );
  const movements = expired.map(({ id, kind, action, userId, amount }) => ({
    kind,
    type: "release" as const,
    action,
    userId,
    reservationId: id,
    countedAt: now,
    legs: settleLegs(amount, []),
  }));
  await insertMovements(db, teamId, movements, now);
  return expired.length;
}

/** Mail to these contacts has bounced for good. Given back once each, for the next cycle. */
export async function refundBounced(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  contactIds: readonly string[],
) {
  if (contactIds.length === 0) return;
  const since = now.subtract({ hours: (REFUNDED_WITHIN_DAYS + 1) * 24 });
  const bought = await listPurchases(db, teamId, { contactIds, actions: ACTIONS_THAT_BUY_ADDRESSES, since });
  const movements = bought
    .filter((purchase) => isRefunded(purchase, now))
    .map(({ movementId, subjectId, kind, action, userId, amount }) => ({
      kind,
      type: "refund" as const,
      action,
      userId,
      reservationId: null,
      countedAt: creditCycle(now).endsAt,
      legs: refundLegs([{ subjectId, amount }]).map((leg) => ({ ...leg, refunds: movementId })),
    }));
  await insertMovements(db, teamId, movements, now);
}
