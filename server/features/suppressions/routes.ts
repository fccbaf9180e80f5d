import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { pagination, rowsOf } from "../../pages.ts";
import { importSuppressions, liftSuppression, suppress } from "./commands.ts";
import { presentSuppression } from "./present.ts";
import { searchSuppressions } from "./store.ts";

export const routes = [
  route(contract.suppressions.list, async ({ db, caller, input }) => {
    const { suppressions, total } = await searchSuppressions(db, caller.teamId, {
      kind: input.kind ?? null,
      keywords: input.q_keywords?.trim() || null,
      ...rowsOf(input),
    });
    return { suppressions: suppressions.map(presentSuppression), pagination: pagination(input, total) };
  }),

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
