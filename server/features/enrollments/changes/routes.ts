import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { stored } from "../../../kernel/moments.ts";
import { undoChange } from "./commands.ts";

export const routes = [
  route(contract.changes.undo, async ({ input, ...act }) => {
    const { id, undoneAt, verdicts } = await undoChange(act, input.id);
    return {
      change: { id, undone_at: stored(undoneAt) },
      undone_contact_ids: [
        ...new Set(verdicts.flatMap(({ contactId, code }) => (code === null ? [contactId] : []))),
      ],
      skipped_contact_ids: Object.fromEntries(
        verdicts.flatMap(({ contactId, code }) => (code === null ? [] : [[contactId, code]])),
      ),
    };
  }),
];
