// Who was sent what, as far as a choice among mails depends on it. Nothing is asked of a sequence in which no mail goes with another.

import type { Act } from "../../app.ts";
import { NOTHING_RECEIVED, type Received } from "../../domain/touch-choice.ts";
import type { TouchRow } from "../touches/store.ts";
import * as store from "./store.ts";

/** `position`: of the step at which they stand, null where at none. */
export type Past = { received: Received; position: number | null };

/** By contact. Who is not in the sequence is not in it; null where nothing depends on it. */
export type Pasts = ReadonlyMap<string, Past> | null;

export async function pastsOf(
  { db, caller }: Pick<Act, "db" | "caller">,
  sequenceId: string,
  touches: readonly Pick<TouchRow, "goesWithTouchId">[],
  contactIds: readonly string[],
): Promise<Pasts> {
  const touchIds = [...new Set(touches.flatMap(({ goesWithTouchId }) => goesWithTouchId ?? []))];
  if (touchIds.length === 0) return null;
  const rows = await store.receivedOf(db, caller.teamId, { sequenceId, contactIds, touchIds });
  return new Map(
    rows.map(({ contactId, position, ...row }) => [contactId, { position, received: new Set(row.touchIds) }]),
  );
}

export function receivedBy(pasts: Pasts, contactId: string): Received {
  return pasts?.get(contactId)?.received ?? NOTHING_RECEIVED;
}

/** Whether a step still lies before somebody. Who is not in the sequence begins at `beginsAt`. */
export function liesAhead(pasts: Pasts, contactId: string, position: number, beginsAt: number) {
  const past = pasts?.get(contactId);
  return position >= (past ? (past.position ?? Number.POSITIVE_INFINITY) : beginsAt);
}
