// A teammate is to answer an incoming mail. It is in their inbox then, and no longer in that of the owner of its mailbox or
// contact. Assigning shows nobody what they may not see.

import type { Act } from "../../../app.ts";
import { nameOf } from "../../../domain/basics/names.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { leftFor } from "../../../runtime/savepoint-each.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { lockInInbox, setAssigned } from "./inbox-store.ts";
import { unknownAmong } from "./unknown.ts";

/** Null takes the assignment back. Answers which were changed, and which could not be. */
export async function assignAll(act: Act, ids: readonly string[], userId: string | null) {
  const { db, caller } = act;
  const user = userId === null ? null : await getActive(act, userId);
  const assigneeId = user && viewerIn({ role: user.role, userId: user.id });
  const rows = await lockInInbox(db, caller.teamId, ids, { viewerId: viewerIn(caller), assigneeId });
  const unseen = user ? rows.filter(({ isSeenByAssignee }) => !isSeenByAssignee) : [];
  const changing = rows.filter((row) => !unseen.includes(row) && row.assignedTo !== userId);
  const changed = changing.map(({ id }) => id);
  if (changed.length > 0) {
    await setAssigned(db, caller.teamId, changed, userId);
    await record(
      byCaller(act),
      ...changing.map(({ id, kind, contactId }) => ({
        type: "incoming_mail.assigned" as const,
        subject: { type: "incoming_mail" as const, id },
        data: {
          kind,
          ...(contactId && { contact_id: contactId }),
          ...(user && { user_id: user.id, name: nameOf(user) }),
        },
      })),
    );
  }
  const refused = unseen.map(({ id }) =>
    leftFor(id, new Refusal("assignee_cannot_see", { name: user ? nameOf(user) : "" })),
  );
  return { changed, left: [...refused, ...unknownAmong(ids, rows)] };
}

async function getActive({ db, caller }: Act, id: string) {
  const user = await findUser(db, caller.teamId, id);
  if (!user) throw new Refusal("unknown_id", { value: id });
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
  return user;
}
