import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { changeView, deleteView, saveView } from "./commands.ts";
import { presentView } from "./present.ts";
import { listViews } from "./store.ts";

export const routes = [
  route(contract.views.list, async ({ db, caller, input }) => ({
    views: (await listViews(db, caller.teamId, caller.userId, input.subject ?? null)).map(presentView),
  })),

  route(contract.views.create, async ({ input, ...act }) => ({
    view: presentView(
      await saveView(act, {
        subject: input.subject,
        name: input.name,
        filter: input.filter ?? {},
        columns: input.columns ?? null,
        pinned: input.pinned ?? [],
        widths: input.widths ?? {},
        sort: input.sort || null,
        isShared: input.shared,
      }),
    ),
  })),

  route(contract.views.update, async ({ input, ...act }) => ({
    view: presentView(
      await changeView(act, input.id, {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.filter !== undefined && { filter: input.filter }),
        ...(input.columns !== undefined && { columns: input.columns }),
        ...(input.pinned !== undefined && { pinned: input.pinned }),
        ...(input.widths !== undefined && { widths: input.widths }),
        ...(input.sort !== undefined && { sort: input.sort || null }),
        ...(input.shared !== undefined && { isShared: input.shared }),
      }),
    ),
  })),

  route(contract.views.delete, async ({ input, ...act }) => {
    await deleteView(act, input.id);
    return { view: { id: input.id, deleted: true as const } };
  }),
];
