import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { hideSequences } from "../../access/sharing/hiding.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { presentAddition, presentVerdict, presentVerdictLine, VERDICT_COLUMNS } from "./present.ts";
import {
  searchAdditions,
  searchVerdicts,
  type VerdictFilter,
  type VerdictRow,
  verdictsAfter,
} from "./store.ts";

const LINES_AT_ONCE = 2_000;

export const routes = [
  route(contract.joining.additions, async ({ db, caller, input }) => {
    const { id } = await getVisible({ db, caller }, input.id);
    const { page, per_page } = input;
    const window = { limit: per_page, offset: (page - 1) * per_page };
    const { rows, total } = await searchAdditions(db, caller.teamId, id, window);
    return {
      additions: rows.map(presentAddition),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),

  routeAlsoCsv(
    contract.joining.verdicts,
    async ({ input, ...act }) => {
      const { db, caller } = act;
      await getVisible(act, input.id);
      const { page, per_page } = input;
      const window = { limit: per_page, offset: (page - 1) * per_page };
      const { rows, total } = await searchVerdicts(db, caller.teamId, filterOf(input), window);
      return {
        verdicts: (await hideSequences(act, rows)).map(presentVerdict),
        pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
      };
    },
    async ({ input, ...act }) => {
      await getVisible(act, input.id);
      const { teamId } = act.caller;
      let last: VerdictRow | null = null;
      return {
        name: `verdicts-${input.request_id ?? input.id}`,
        columns: VERDICT_COLUMNS,
        async next(db) {
          const rows: VerdictRow[] = await verdictsAfter(db, teamId, filterOf(input), last, LINES_AT_ONCE);
          last = rows.at(-1) ?? last;
          return (await hideSequences({ db, caller: act.caller }, rows)).map(presentVerdictLine);
        },
      };
    },
  ),
];

type Input = z.output<typeof contract.joining.verdicts.input>;

function filterOf({ id, request_id, contact_id, code, verdict }: Input): VerdictFilter {
  return {
    sequenceId: id,
    requestId: request_id ?? null,
    contactId: contact_id ?? null,
    code: code ?? null,
    isAdded: verdict === undefined ? null : verdict === "added",
  };
}
