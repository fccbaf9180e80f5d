import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { importSuppressions, liftSuppression, suppress } from "./commands.ts";
import { presentSuppression, presentSuppressionLine, SUPPRESSION_COLUMNS } from "./present.ts";
import { type SuppressionRow, searchSuppressions, suppressionsAfter } from "./store.ts";

const LINES_AT_ONCE = 2_000;

export const routes = [
  routeAlsoCsv(
    contract.suppressions.list,
    async ({ db, caller, input }) => {
      const { suppressions, total } = await searchSuppressions(db, caller.teamId, {
        ...filterOf(input),
        ...rowsOf(input),
      });
      return { suppressions: suppressions.map(presentSuppression), pagination: pagination(input, total) };
    },
    async ({ input, caller }) => {
      let last: SuppressionRow | null = null;
      return {
        name: "suppressions",
        columns: SUPPRESSION_COLUMNS,
        async next(db) {
          const rows: SuppressionRow[] = await suppressionsAfter(
            db,
            caller.teamId,
            filterOf(input),
            last,
            LINES_AT_ONCE,
          );
          last = rows.at(-1) ?? last;
          return rows.map(presentSuppressionLine);
        },
      };
    },
  ),

  route(contract.suppressions.create, async ({ input, ...act }) => ({
    suppression: presentSuppression(
      await suppress(act, { kind: input.kind, value: input.value, reason: input.reason || null }),
    ),
  })),

  route(contract.suppressions.remove, async ({ input, ...act }) => ({
    suppression: presentSuppression(await liftSuppression(act, input.id)),
  })),

  route(contract.suppressions.import, async ({ input, ...act }) =>
    importSuppressions(act, { text: input.text, kind: input.kind ?? null, reason: input.reason || null }),
  ),
];

function filterOf(input: z.output<typeof contract.suppressions.list.input>) {
  return { kind: input.kind ?? null, keywords: input.q_keywords?.trim() || null };
}
