// Somebody has seen to an incoming mail, or finds that it is not done with after all.

import type { Act } from "../../app.ts";
import { Refusal } from "../../refusal.ts";
import { byCaller, record } from "../events/store.ts";
import * as store from "./store.ts";

/** Saying it twice changes nothing. */
export async function handle(act: Act, id: string, isHandled: boolean) {
  const { db, now, caller } = act;
  const row = await store.lockIncoming(db, caller.teamId, id);
  if (!row) throw new Refusal("record_not_found");
  if ((row.handledAt !== null) === isHandled) return;
  await store.setHandled(db, caller.teamId, id, isHandled ? { at: now, by: caller.userId } : null);
  await record(byCaller(act), {
    type: isHandled ? "incoming_mail.handled" : "incoming_mail.reopened",
    subject: { type: "incoming_mail", id },
    data: { kind: row.kind, ...(row.contactId && { contact_id: row.contactId }) },
  });
}
