import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { stored } from "../../../kernel/moments.ts";
import type { DmarcSummary, Figures, ReportRow, SourceRow } from "./store.ts";

type Summary = z.input<typeof contract.sendingDomains.dmarc.output>["dmarc"];
type Report = z.input<typeof contract.sendingDomains.reports.output>["dmarc_reports"][number];

function presentFigures({ emails, passed, dkimPassed, spfPassed }: Figures) {
  return { emails, passed, dkim_passed: dkimPassed, spf_passed: spfPassed };
}

export function presentSummary({
  totals,
  byDay,
  sources,
  organizations,
  addresses,
  ...rest
}: DmarcSummary): Summary {
  return {
    ...rest,
    ...presentFigures(totals),
    by_day: byDay.map(({ day, ...figures }) => ({ day: day.toString(), ...presentFigures(figures) })),
    sources: sources.map(({ ip, quarantined, rejected, forwarded, namedBy, ...figures }) => ({
      ip,
      ...presentFigures(figures),
      quarantined,
      rejected,
      forwarded,
      spf_name: namedBy,
    })),
    organizations: organizations.map(({ name, reports, emails, lastEndsAt }) => ({
      name,
      reports,
      emails,
      last_ends_at: stored(lastEndsAt),
    })),
    report_addresses: addresses.map(({ email, isRead }) => ({ email, read: isRead })),
  };
}

export function presentReport(row: ReportRow, sources: readonly SourceRow[]): Report {
  return {
    id: row.id,
    domain: row.domain,
    organization: row.organization,
    report_id: row.reportId,
    from_email: row.fromEmail,
    begins_at: stored(row.beginsAt),
    ends_at: stored(row.endsAt),
    received_at: stored(row.receivedAt),
    policy: row.policy,
    subdomain_policy: row.subdomainPolicy,
    percent: row.percent,
    dkim_alignment: row.dkimAlignment,
    spf_alignment: row.spfAlignment,
    unread_rows: row.unreadRows,
    ...presentFigures(row),
    rows: sources.map((one) => ({
      ip: one.ip,
      emails: one.emails,
      disposition: one.disposition,
      dkim_aligned: one.dkimAligned,
      spf_aligned: one.spfAligned,
      dkim_result: one.dkimResult,
      dkim_domain: one.dkimDomain,
      spf_result: one.spfResult,
      spf_domain: one.spfDomain,
      header_from: one.headerFrom,
      reasons: one.reasons,
    })),
  };
}
