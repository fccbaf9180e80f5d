// A person puts an incoming mail off: it is out of the inbox until a time, and comes back by itself. What holds its contact
// goes on holding them.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { leftFor } from "../../../runtime/savepoint-each.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { lockInInbox, setSnoozed } from "./inbox-store.ts";
import { unknownAmong } from "./unknown.ts";

const LONGEST = { hours: 24 * 366 };

/** Null brings them back. Answers which were changed, and which could not be. */
export async function snoozeAll(act: Act, ids: readonly string[], until: Temporal.Instant | null) {
  const { db, now, caller } = act;
  if (until && (Temporal.Instant.compare(until, now) <= 0 || isTooFar(until, now)))
    throw new Refusal("snooze_time");
  const rows = await lockInInbox(db, caller.teamId, ids, { viewerId: viewerIn(caller), assigneeId: null });
  const closed = until === null ? [] : rows.filter(({ isOpen }) => !isOpen);
  const changing = rows.filter((row) => !closed.includes(row) && !isSame(row.snoozedUntil, until));
  const changed = changing.map(({ id }) => id);
  if (changed.length > 0) {
    await setSnoozed(db, caller.teamId, changed, until);
    await record(
      byCaller(act),
      ...changing.map(({ id, kind, contactId }) => ({
        type: until ? ("incoming_mail.snoozed" as const) : ("incoming_mail.reopened" as const),
        subject: { type: "incoming_mail" as const, id },
        data: {
          kind,
          ...(contactId && { contact_id: contactId }),
          ...(until && { until: until.toString() }),
        },
      })),
    );
  }
  const refused = closed.map(({ id }) => leftFor(id, new Refusal("incoming_mail_not_open")));
  return { changed, left: [...refused, ...unknownAmong(ids, rows)] };
}

function isTooFar(until: Temporal.Instant, now: Temporal.Instant) {
  return Temporal.Instant.compare(until, now.add(LONGEST)) > 0;
}

function isSame(before: Temporal.Instant | null, until: Temporal.Instant | null) {
  return before === null || until === null ? before === until : before.equals(until);
}
