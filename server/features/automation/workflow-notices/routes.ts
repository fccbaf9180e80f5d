import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { markRead } from "./commands.ts";
import { presentNotice } from "./present.ts";
import { searchNotices } from "./store.ts";

export const routes = [
  route(contract.workflowNotices.list, async ({ db, caller, input }) => {
    const { page, per_page, unread } = input;
    const { rows, total } = await searchNotices(db, caller.teamId, {
      userId: caller.userId,
      isUnread: unread ?? null,
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    return {
      workflow_notices: rows.map(presentNotice),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),

  route(contract.workflowNotices.read, async ({ input, ...act }) => ({
    workflow_notice: presentNotice(await markRead(act, input.id)),
  })),
];
