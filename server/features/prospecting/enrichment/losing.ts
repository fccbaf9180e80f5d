// Lookups that were lost when their process ended: reported once, by the process that finds them.

import type { Db } from "../../../db/connect.ts";
import { type By, record } from "../../events/events/store.ts";
import { deleteOldClaims, type Lost } from "./claims-store.ts";

/** No provider is asked about them again before a user wants it. */
export function tellLost(by: By, lost: readonly Lost[]) {
  return record(
    by,
    ...lost.map(({ providerId, count }) => ({
      type: "provider.lookups_lost" as const,
      subject: { type: "provider" as const, id: providerId },
      data: { count },
    })),
  );
}

/** Clears the claims of processes that never came back. Answers how many. */
export async function clearAbandoned(db: Db, teamId: string, now: Temporal.Instant) {
  const { lost, gone } = await deleteOldClaims(db, teamId, now);
  const origin = { requestId: null, address: null, cause: "sweep" };
  if (lost.length > 0) await tellLost({ db, now, origin, teamId, userId: null, apiKeyId: null }, lost);
  return gone;
}
