import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { findingsOf } from "../sending-domains/findings-store.ts";
import { presentFinding } from "../sending-domains/present.ts";
import { presentReport, presentSummary } from "./present.ts";
import { listReports, rowsOf as rowsOfReports } from "./store.ts";
import { getSendingDomain, summarizeReports } from "./summary.ts";

const MOST_ROWS = 100;

export const routes = [
  route(contract.sendingDomains.dmarc, async ({ input, ...act }) => ({
    dmarc: presentSummary(await summarizeReports(act, input.domain, input.days)),
  })),

  route(contract.sendingDomains.reports, async ({ input, ...act }) => {
    const { db, caller } = act;
    const { domain, parent } = await getSendingDomain(act, input.domain);
    const about = { domain, parent, day: input.day ?? null };
    const reports = await listReports(db, caller.teamId, { ...about, ...rowsOf(input) });
    const ids = reports.map(({ id }) => id);
    const rows = Map.groupBy(
      await rowsOfReports(db, caller.teamId, { ids, domain, most: MOST_ROWS }),
      ({ dmarcReportId }) => dmarcReportId,
    );
    return {
      dmarc_reports: reports.map((row) => presentReport(row, rows.get(row.id) ?? [])),
      pagination: pagination(input, reports[0]?.total ?? 0),
    };
  }),

  route(contract.sendingDomains.findings, async ({ input, ...act }) => {
    const { domain } = await getSendingDomain(act, input.domain);
    const findings = await findingsOf(act.db, act.caller.teamId, { domain, ...rowsOf(input) });
    return {
      findings: findings.map(presentFinding),
      pagination: pagination(input, findings[0]?.total ?? 0),
    };
  }),
];
