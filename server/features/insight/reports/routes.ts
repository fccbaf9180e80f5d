import { contract } from "@cadenza/contract";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { lookBehind, makeReport } from "./commands.ts";
import { columnsFor, presentBehind, presentLines, presentReport } from "./present.ts";
import { DIMENSION, namesIn, saidFor, scopeIn, wishOf } from "./report-input.ts";

export const routes = [
  routeAlsoCsv(
    contract.reports.sync,
    async ({ input, ...act }) => {
      const report = await makeReport(act, wishOf(input));
      return {
        response: presentReport(report, namesIn(input), {
          ofGroups: input.group_by_totals_selected,
          ofPivots: input.pivot_group_by_totals_selected,
        }),
        incompatible_filters: Object.fromEntries(
          [...report.unfit].map(([metric, dimensions]) => [
            metric,
            dimensions.flatMap((one) => saidFor(one, input)),
          ]),
        ),
        goals: [],
      };
    },
    async ({ input, ...act }) => {
      const wish = wishOf(input);
      let isTold = false;
      return {
        name: "report",
        columns: columnsFor(input.metrics, namesIn(input)),
        async next(db) {
          if (isTold) return [];
          isTold = true;
          return presentLines(await makeReport({ ...act, db }, wish), namesIn(input));
        },
      };
    },
  ),

  route(contract.reports.behind, async ({ input, ...act }) => {
    const { page, per_page, metric, group, pivot } = input;
    const cell = (one: typeof group) => (one ? { dimension: DIMENSION[one.name], key: one.key } : null);
    const wish = { ...scopeIn(input), metric, group: cell(group), pivot: cell(pivot) };
    const { rows, total } = await lookBehind(act, wish, { limit: per_page, offset: (page - 1) * per_page });
    return presentBehind(metric, rows, { page, perPage: per_page, total });
  }),
];
