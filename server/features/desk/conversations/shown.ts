// Conversations whole, with what was said and their deals.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { dealsBeside } from "../../work/deals/beside.ts";
import { presentConversation } from "./present.ts";
import { findConversations, transcriptsOf } from "./search-store.ts";

type Asking = Pick<Act, "db" | "caller" | "now">;

/** Those that the caller may see, in the order of the ids. */
export async function conversationsShown({ db, caller, now }: Asking, ids: readonly string[]) {
  const rows = await findConversations(db, caller.teamId, ids, viewerIn(caller));
  const [lines, deals] = await Promise.all([
    transcriptsOf(
      db,
      caller.teamId,
      rows.map(({ id }) => id),
    ),
    dealsBeside(
      { db, caller },
      rows.flatMap(({ deals: named }) => named.map(({ id }) => id)),
    ),
  ]);
  return rows.map((row) =>
    presentConversation(row, {
      lines: lines.get(row.id) ?? [],
      deals: row.deals.flatMap(({ id }) => deals.get(id) ?? []),
      now,
    }),
  );
}

export async function conversationShown(asking: Asking, id: string) {
  const [shown] = await conversationsShown(asking, [id]);
  if (!shown) throw new Refusal("record_not_found");
  return shown;
}
