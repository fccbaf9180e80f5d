import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

export async function seeMention(act: Act, noteId: string) {
  const { db, caller, now } = act;
  const { teamId, userId } = caller;
  const seen = await store.seeMention(db, teamId, { noteId, userId, viewerId: viewerIn(caller) }, now);
  if (!seen) throw new Refusal("record_not_found");
  await record(byCaller(act), { type: "note.mention_seen", subject: { type: "note", id: noteId } });
  return seen;
}
