// How a pause that a reader asked for begins and ends on the rows of contacts, which must be locked.

import * as pausing from "../../contacts/pausing/store.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";

export async function tellPaused(
  by: By,
  messageId: string,
  until: Temporal.Instant,
  contactIds: readonly string[],
) {
  const data = { until, source: "link", message_id: messageId };
  await record(by, ...contactIds.map((id) => told("contact.paused", id, data)));
}

/** Ends the pause until that moment, and no other. Answers for how many contacts. */
export async function liftPause(
  by: By,
  whose: { messageId: string; contactIds: readonly string[]; until: Temporal.Instant },
) {
  const { db, teamId, now } = by;
  const { messageId, contactIds, until } = whose;
  const lifted = await pausing.lift(db, teamId, contactIds, { until, now });
  if (lifted.length === 0) return 0;
  await pausing.wakePaused(db, teamId, lifted, now);
  const data = { source: "link", message_id: messageId };
  await record(by, ...lifted.map((id) => told("contact.unpaused", id, data)));
  return lifted.length;
}

function told(
  type: "contact.paused" | "contact.unpaused",
  id: string,
  data: Record<string, unknown>,
): Happening {
  return { type, subject: { type: "contact", id }, data };
}
