import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { findNotes } from "../notes/store.ts";
import { seeMention } from "./commands.ts";
import { presentMentions } from "./present.ts";
import { searchMentions } from "./store.ts";

export const routes = [
  route(contract.notes.mentions, async ({ db, caller, input }) => {
    const { teamId, userId } = caller;
    const search = { userId, viewerId: viewerIn(caller), isUnseen: input.unseen ?? null, ...rowsOf(input) };
    const { rows, total } = await searchMentions(db, teamId, search);
    const ids = rows.map(({ noteId }) => noteId);
    const mentions = presentMentions(rows, await findNotes(db, teamId, ids));
    return { mentions, pagination: pagination(input, total) };
  }),

  route(contract.notes.see, async ({ input, ...act }) => {
    const seen = await seeMention(act, input.id);
    const [mention] = presentMentions([seen], await findNotes(act.db, act.caller.teamId, [input.id]));
    if (!mention) throw new Refusal("record_not_found");
    return { mention };
  }),
];
