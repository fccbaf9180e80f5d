import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hideNamed } from "../../access/sharing/hiding.ts";
import { cancelProgress, getProgress, markSeen } from "./commands.ts";
import { presentItem, presentProgressEntry } from "./present.ts";
import { findWork, jobViewerOf, searchItems, searchProgress } from "./store.ts";

export const routes = [
  route(contract.progress.get, async ({ input, ...act }) => {
    const progress = await getProgress(act, input.id);
    const seen = await hideNamed(act, presentProgressEntry(progress, act.app.config.publicUrl));
    return { entity_progress_job: seen };
  }),

  route(contract.progress.list, async ({ app, db, caller, input }) => {
    const { rows, total } = await searchProgress(db, caller.teamId, {
      status: input.status ?? null,
      unseenBy: input.unseen_failures ? jobViewerOf(caller) : null,
      ...windowOf(input),
    });
    const entries = rows.map((row) => {
      const { entity_ids: _, ...entry } = presentProgressEntry(row, app.config.publicUrl);
      return entry;
    });
    const seen = await hideNamed({ db, caller }, entries);
    return { entity_progress_jobs: seen, pagination: pagesOf(input, total) };
  }),

  route(contract.progress.markSeen, async ({ input, ...act }) => {
    const progress = await markSeen(act, input.id);
    const seen = await hideNamed(act, presentProgressEntry(progress, act.app.config.publicUrl));
    return { entity_progress_job: seen };
  }),

  route(contract.progress.items, async ({ db, caller, input }) => {
    if (!(await findWork(db, caller.teamId, input.id))) throw new Refusal("record_not_found");
    const filter = { outcome: input.outcome ?? null, ...windowOf(input) };
    const { rows, total } = await searchItems(db, caller.teamId, input.id, filter);
    return {
      items: await hideNamed({ db, caller }, rows.map(presentItem)),
      pagination: pagesOf(input, total),
    };
  }),

  route(contract.progress.cancel, async ({ input, ...act }) => {
    const progress = await cancelProgress(act, input.id);
    const seen = await hideNamed(act, presentProgressEntry(progress, act.app.config.publicUrl));
    return { entity_progress_job: seen };
  }),
];

type Paging = { page: number; per_page: number };

function windowOf({ page, per_page }: Paging) {
  return { limit: per_page, offset: (page - 1) * per_page };
}

function pagesOf({ page, per_page }: Paging, total: number) {
  return { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
}
