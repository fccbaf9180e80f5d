// A person has seen to an incoming mail, or finds that it is not done with after all.
//
// Seeing to a mail that was surely understood also says that it was read right: the contact goes on. What is only
// probable has to be settled.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { reopenHolds, settleHolds } from "../../contacts/answer-holds/commands.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "./store.ts";
import { unknownAmong } from "./unknown.ts";

/** Saying it twice changes nothing. */
export async function handle(act: Act, id: string, isHandled: boolean) {
  const { left } = await handleAll(act, [id], isHandled);
  if (left.length > 0) throw new Refusal("record_not_found");
}

/** Answers which mails it has changed, and which do not exist. */
export async function handleAll(act: Act, ids: readonly string[], isHandled: boolean) {
  const { db, now, caller } = act;
  const rows = await store.lockToHandle(db, caller.teamId, ids, viewerIn(caller));
  const changing = rows.filter((row) => row.isHandled !== isHandled);
  const changed = changing.map(({ id }) => id);
  if (changed.length > 0) {
    await store.setHandled(db, caller.teamId, changed, isHandled ? { at: now, by: caller.userId } : null);
    const sure = changing.filter(({ certainty }) => certainty === "sure").map(({ id }) => id);
    if (isHandled) await settleHolds(byCaller(act), sure, "as_read");
    else await reopenHolds(byCaller(act), changed);
    await record(
      byCaller(act),
      ...changing.map(({ id, kind, contactId }) => ({
        type: isHandled ? ("incoming_mail.handled" as const) : ("incoming_mail.reopened" as const),
        subject: { type: "incoming_mail" as const, id },
        data: { kind, ...(contactId && { contact_id: contactId }) },
      })),
    );
  }
  return { changed, left: unknownAmong(ids, rows) };
}
