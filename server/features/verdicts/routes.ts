import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { getVisible } from "../sharing/commands.ts";
import { presentVerdict } from "./present.ts";
import { searchVerdicts } from "./store.ts";

export const routes = [
  route(contract.joining.verdicts, async ({ input, ...act }) => {
    const { db, caller } = act;
    await getVisible(act, input.id);
    const { page, per_page } = input;
    const filter = {
      sequenceId: input.id,
      requestId: input.request_id ?? null,
      contactId: input.contact_id ?? null,
      code: input.code ?? null,
      isAdded: input.verdict === undefined ? null : input.verdict === "added",
    };
    const window = { limit: per_page, offset: (page - 1) * per_page };
    const { rows, total } = await searchVerdicts(db, caller.teamId, filter, window);
    return {
      verdicts: rows.map(presentVerdict),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),
];
