import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { reportOn } from "./commands.ts";
import { presentSequenceReport } from "./present.ts";

export const routes = [
  route(contract.reports.sequence, async ({ input, ...act }) => {
    const days = { from: input.from ?? null, until: input.until ?? null };
    return { report: presentSequenceReport(await reportOn(act, input.id, days)) };
  }),
];
