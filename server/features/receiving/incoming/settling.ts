// A person or an API call says what an answer was: the contact is no longer held because of it.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { settleHolds } from "../../contacts/answer-holds/commands.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import { byCaller } from "../../events/events/store.ts";
import { type Overruling, overrule } from "./overruling.ts";
import * as store from "./store.ts";
import type { Left } from "./taking-back.ts";

/** Null: it is what it was read as. What was only probable follows now, because a person has said so. */
export async function settleIncoming(
  act: Act,
  id: string,
  said: Overruling | null,
): Promise<{ left: Left[] }> {
  if (said) return overrule(act, id, said);
  const { db, caller } = act;
  await holdSuppressions(db, caller.teamId); // before the mail, as everywhere
  const row = await store.lockIncoming(db, caller.teamId, id, viewerIn(caller));
  if (!row) throw new Refusal("record_not_found");
  const asRead = row.certainty === "sure" || !isKnown(row) ? null : wishOf(row);
  if (asRead) return overrule(act, id, asRead);
  await settleHolds(byCaller(act), [id], "as_read");
  return { left: [] };
}

const isKnown = ({ messageId, contactId }: store.IncomingRow) => messageId !== null || contactId !== null;

/** Null for a mail that a user cannot correct: a list's mail, or an unreadable one. */
function wishOf({ kind, replyClass, returnsOn, bounceClass }: store.IncomingRow): Overruling | null {
  const said = { replyClass, returnsOn, bounceClass };
  switch (kind) {
    case "reply":
    case "unsubscribe":
    case "out_of_office":
    case "auto_reply":
    case "bounce":
      return { ...said, kind };
    case "complaint":
      return { ...said, kind: "unsubscribe" };
    default:
      return null;
  }
}
