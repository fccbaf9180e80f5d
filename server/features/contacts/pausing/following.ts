// Contacts and their pauses are written together: a contact with a paused address is paused too, and one whose pause
// ends early goes on at once.

import type { Act } from "../../../app.ts";
import type { ContactDetails } from "../../../domain/contacts/contact-facts.ts";
import { pauseInForce } from "../../../domain/contacts/pausing.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

type Changed = { id: string; before: ContactDetails; after: ContactDetails; keys: readonly string[] };

/** Their rows are locked, or new. */
export async function inheritPauses(act: Act, contacts: readonly { id: string }[]) {
  const { db, caller, now } = act;
  const ids = contacts.map(({ id }) => id);
  const paused = await store.inherit(db, caller.teamId, ids, now);
  const happenings = paused.map(({ id, until }): Happening => {
    return { type: "contact.paused", subject: { type: "contact", id }, data: { until, source: "address" } };
  });
  if (happenings.length > 0) await record(byCaller(act), ...happenings);
}

/** Their rows are locked. */
export async function followPauses(act: Act, changed: readonly Changed[]) {
  const { db, now, caller } = act;
  const readdressed = changed.filter(({ keys }) => keys.includes("email") || keys.includes("emails"));
  if (readdressed.length > 0) await inheritPauses(act, readdressed);
  const early = changed.filter(({ before, after }) => endsEarlier(before, after, now)).map(({ id }) => id);
  if (early.length > 0) await store.wakePaused(db, caller.teamId, early, now);
}

function endsEarlier(before: ContactDetails, after: ContactDetails, now: Temporal.Instant) {
  const was = pauseInForce(before.facts.pausedUntil, now);
  const is = pauseInForce(after.facts.pausedUntil, now);
  return was !== null && (is === null || Temporal.Instant.compare(is, was) < 0);
}

export function pauseTold(id: string, before: ContactDetails, after: ContactDetails): Happening[] {
  const [was, is] = [before.facts.pausedUntil, after.facts.pausedUntil];
  if (was === is || (was && is?.equals(was))) return [];
  const subject = { type: "contact", id } as const;
  return is
    ? [{ type: "contact.paused", subject, data: { until: is, source: "person" } }]
    : [{ type: "contact.unpaused", subject, data: { source: "person" } }];
}
