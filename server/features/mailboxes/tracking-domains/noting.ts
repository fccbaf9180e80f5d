// What a look at a domain came to is written down; that it works, or no longer does, is told.

import { nextLook, standingAfter } from "../../../domain/contacts/tracking-domains.ts";
import { type By, record } from "../../events/events/store.ts";
import type { LookedAt } from "./looking.ts";
import * as store from "./store.ts";

export async function noteLooks(by: By, looked: readonly LookedAt[]) {
  const { db, teamId } = by;
  const known = new Map((await store.lockTrackingDomains(db, teamId)).map((row) => [row.id, row]));
  for (const { id, fault, pointsTo, askedAt } of looked) {
    const before = known.get(id);
    if (!before || isLate(before, askedAt)) continue;
    const standing = standingAfter(before, { fault, at: askedAt });
    const checkAt = nextLook(standing, before.createdAt, askedAt);
    await store.writeLook(db, teamId, { id, ...standing, fault, pointsTo, checkedAt: askedAt, checkAt });
    if (standing.state !== before.state)
      await record(by, {
        type: "tracking_domain.changed",
        subject: { type: "team", id: teamId },
        data: { domain: before.domain, is: standing.state, ...(fault && { fault }) },
      });
  }
}

/** An answer to an earlier question says nothing against that to a later one. */
function isLate({ checkedAt }: store.TrackingDomain, askedAt: Temporal.Instant) {
  return checkedAt !== null && Temporal.Instant.compare(checkedAt, askedAt) > 0;
}
