import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import * as store from "./store.ts";

export async function seeMention({ db, caller, now }: Act, noteId: string) {
  const { teamId, userId } = caller;
  const seen = await store.seeMention(db, teamId, { noteId, userId, viewerId: viewerIn(caller) }, now);
  if (!seen) throw new Refusal("record_not_found");
  return seen;
}
