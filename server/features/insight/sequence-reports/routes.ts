import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { reachedBy, reportOn } from "./commands.ts";
import { presentReached, presentSequenceReport } from "./present.ts";

export const routes = [
  route(contract.reports.sequence, async ({ input, ...act }) => {
    const days = { from: input.from ?? null, until: input.until ?? null };
    return { report: presentSequenceReport(await reportOn(act, input.id, days)) };
  }),

  route(contract.reports.reached, async ({ input, ...act }) => {
    const { id, from = null, until = null, emailer_step_id: stepId = null, page, per_page } = input;
    const found = await reachedBy(act, id, { days: { from, until }, stepId, page, perPage: per_page });
    const total_pages = Math.ceil(found.total / per_page);
    return {
      contacts: found.rows.map(presentReached),
      pagination: { page, per_page, total_entries: found.total, total_pages },
    };
  }),
];
