import type { Db } from "../../../db/connect.ts";
import type { AggregateReport, ReportedSource } from "../../../domain/receiving/aggregate-report.ts";

type NewReport = Omit<AggregateReport, "sources" | "beginsAt" | "endsAt"> & {
  id: string;
  fromEmail: string | null;
  receivedAt: Temporal.Instant;
  beginsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};

export async function countSince(db: Db, teamId: string, domain: string, since: Temporal.Instant) {
  const row = await db.row<{ count: number }>(
    "select count(*)::int as count from dmarc_reports where team_id = $1 and domain = $2 and received_at > $3",
    [teamId, domain, since],
  );
  return row?.count ?? 0;
}

/** False where it is known already. */
export async function insertReport(db: Db, teamId: string, row: NewReport) {
  const inserted = await db.run(
    `insert into dmarc_reports (team_id, id, domain, organization, organization_email, report_id, from_email, begins_at, ends_at,
            received_at, policy, subdomain_policy, percent, dkim_alignment, spf_alignment, unread_rows)
     select $1::text, n."id", n."domain", n."organization", n."organizationEmail", n."reportId", n."fromEmail", n."beginsAt",
            n."endsAt", n."receivedAt", n."policy", n."subdomainPolicy", n."percent", n."dkimAlignment", n."spfAlignment",
            n."unreadRows"
       from jsonb_to_record($2::jsonb) as n ("id" text, "domain" text, "organization" text, "organizationEmail" text,
            "reportId" text, "fromEmail" text, "beginsAt" timestamptz, "endsAt" timestamptz, "receivedAt" timestamptz,
            "policy" text, "subdomainPolicy" text, "percent" int, "dkimAlignment" text, "spfAlignment" text, "unreadRows" int)
     on conflict (team_id, domain, organization, report_id) do nothing`,
    [teamId, JSON.stringify(row)],
  );
  return inserted > 0;
}

export function insertSources(db: Db, teamId: string, reportId: string, sources: readonly ReportedSource[]) {
  return db.run(
    `insert into dmarc_sources (team_id, dmarc_report_id, place, ip, emails, disposition, dkim_aligned, spf_aligned, dkim_result,
            dkim_domain, spf_result, spf_domain, header_from, reasons)
     select $1::text, $2::text, s.place, n."ip", n."emails", n."disposition", n."dkimAligned", n."spfAligned", n."dkimResult",
            n."dkimDomain", n."spfResult", n."spfDomain", n."headerFrom", array(select jsonb_array_elements_text(n."reasons"))
       from jsonb_array_elements($3::jsonb) with ordinality as s (source, place),
            jsonb_to_record(s.source) as n ("ip" text, "emails" bigint, "disposition" text, "dkimAligned" boolean,
            "spfAligned" boolean, "dkimResult" text, "dkimDomain" text, "spfResult" text, "spfDomain" text, "headerFrom" text,
            "reasons" jsonb)`,
    [teamId, reportId, JSON.stringify(sources)],
  );
}
