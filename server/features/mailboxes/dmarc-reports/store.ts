import type { Db } from "../../../db/connect.ts";
import type { DmarcAdvice } from "../../../domain/contacts/dmarc-advice.ts";
import type { DomainFacts } from "../../../domain/contacts/domain-facts.ts";
import type { DmarcPolicy, ReportedSource } from "../../../domain/receiving/aggregate-report.ts";

/** A domain that the team sends from, and what the DNS said of it. */
/** Also one whose mailboxes are disconnected by now: what was reported of it stays readable. */
export function findSendingDomain(db: Db, teamId: string, domain: string) {
  return db.row<{ facts: DomainFacts | null }>(
    `select (select d.facts from sending_domains d where d.team_id = $1 and d.domain = $2) as facts
      where exists (select from mailboxes m where m.team_id = $1 and domain_of(m.email) = $2)
         or exists (select from mailbox_aliases a join mailboxes m on m.team_id = a.team_id and m.id = a.mailbox_id
                     where a.team_id = $1 and domain_of(a.email) = $2)`,
    [teamId, domain],
  );
}

/** Addresses whose mail is read. */
export async function addressesRead(db: Db, teamId: string) {
  const rows = await db.rows<{ email: string }>(
    `select lower(e.email) as email
       from mailboxes m,
            lateral (select m.email union all
                     select a.email from mailbox_aliases a where a.team_id = m.team_id and a.mailbox_id = m.id) e
      where m.team_id = $1 and m.revoked_at is null and m.is_active and (m.imap_host is not null or m.type = 'catcher')
      order by m.created_at, m.id, e.email`,
    [teamId],
  );
  return rows.map(({ email }) => email);
}

/** Of the registered domain above it, those rows count that are about mail from the domain itself. */
type Scope = { domain: string; parent: string; since: Temporal.Instant };

const ABOUT_IT = "(r.domain = $2 or (r.domain = $3 and s.header_from = $2))";
const REPORTED = `dmarc_reports r join dmarc_sources s on s.team_id = r.team_id and s.dmarc_report_id = r.id
  where r.team_id = $1 and r.begins_at >= $4 and ${ABOUT_IT}`;
const PASSED = "(s.dkim_aligned or s.spf_aligned)";
const EXCUSED = "s.reasons && array['forwarded', 'trusted_forwarder', 'mailing_list']";
const sumOf = (condition: string) => `coalesce(sum(s.emails) filter (where ${condition}), 0)::float8`;
const FIGURES = `coalesce(sum(s.emails), 0)::float8 as emails, ${sumOf(PASSED)} as passed, ${sumOf("s.dkim_aligned")} as dkim_passed,
  ${sumOf("s.spf_aligned")} as spf_passed`;

export type Figures = { emails: number; passed: number; dkimPassed: number; spfPassed: number };

const paramsOf = (teamId: string, { domain, parent, since }: Scope) => [teamId, domain, parent, since];

export function totalsOf(db: Db, teamId: string, scope: Scope) {
  return db.row<Figures>(`select ${FIGURES} from ${REPORTED}`, paramsOf(teamId, scope));
}

export function daysOf(db: Db, teamId: string, scope: Scope) {
  return db.rows<Figures & { day: Temporal.PlainDate }>(
    `select (r.begins_at at time zone 'UTC')::date as day, ${FIGURES} from ${REPORTED} group by 1 order by 1`,
    paramsOf(teamId, scope),
  );
}

type SourceFigures = Figures & {
  ip: string | null;
  quarantined: number;
  rejected: number;
  forwarded: number;
};

/** Those first of which most fail. */
export function sourcesOf(db: Db, teamId: string, scope: Scope, limit: number) {
  return db.rows<SourceFigures>(
    `select s.ip, ${FIGURES}, ${sumOf("s.disposition = 'quarantine'")} as quarantined,
            ${sumOf("s.disposition = 'reject'")} as rejected, ${sumOf(`not ${PASSED} and ${EXCUSED}`)} as forwarded
       from ${REPORTED} group by s.ip
      order by ${sumOf(`not ${PASSED} and not ${EXCUSED}`)} desc, 2 desc, s.ip limit $5`,
    [...paramsOf(teamId, scope), limit],
  );
}

type Organization = { name: string; reports: number; emails: number; lastEndsAt: Temporal.Instant };

export function organizationsOf(db: Db, teamId: string, scope: Scope) {
  return db.rows<Organization>(
    `select r.organization as name, count(distinct r.id)::int as reports, sum(s.emails)::float8 as emails,
            max(r.ends_at) as last_ends_at
       from ${REPORTED} group by 1 order by 3 desc, 1 limit 50`,
    paramsOf(teamId, scope),
  );
}

export type DmarcSummary = {
  domain: string;
  days: number;
  totals: Figures;
  byDay: (Figures & { day: Temporal.PlainDate })[];
  sources: (SourceFigures & { namedBy: string | null })[];
  organizations: Organization[];
  record: string | null;
  addresses: { email: string; isRead: boolean }[];
  advice: DmarcAdvice;
};

export type ReportRow = Figures & {
  id: string;
  domain: string;
  organization: string;
  reportId: string;
  fromEmail: string | null;
  beginsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  receivedAt: Temporal.Instant;
  policy: DmarcPolicy;
  subdomainPolicy: DmarcPolicy | null;
  percent: number;
  dkimAlignment: "relaxed" | "strict";
  spfAlignment: "relaxed" | "strict";
  unreadRows: number;
  total: number;
};

type ReportFilter = {
  domain: string;
  parent: string;
  /** On which they begin, in UTC. */
  day: string | null;
  limit: number;
  offset: number;
};

/** Newest first. Their figures are those of the domain, as in the summary. */
export function listReports(db: Db, teamId: string, { domain, parent, day, limit, offset }: ReportFilter) {
  return db.rows<ReportRow>(
    `select r.id, r.domain, r.organization, r.report_id, r.from_email, r.begins_at, r.ends_at, r.received_at, r.policy,
            r.subdomain_policy, r.percent, r.dkim_alignment, r.spf_alignment, r.unread_rows, f.*, count(*) over ()::int as total
       from dmarc_reports r,
            lateral (select ${FIGURES}, count(*) as sources from dmarc_sources s
                      where s.team_id = r.team_id and s.dmarc_report_id = r.id and ${ABOUT_IT}) f
      where r.team_id = $1 and (r.domain = $2 or (r.domain = $3 and f.sources > 0))
        and ($4::date is null or (r.begins_at >= $4::date::timestamp at time zone 'UTC'
                              and r.begins_at < ($4::date + 1)::timestamp at time zone 'UTC'))
      order by r.begins_at desc, r.id limit $5 offset $6`,
    [teamId, domain, parent, day, limit, offset],
  );
}

export type SourceRow = ReportedSource & { dmarcReportId: string };

type RowsWish = { ids: readonly string[]; domain: string; most: number };

/** Of each report those with the most emails; of a report about the domain above, those about this one. */
export function rowsOf(db: Db, teamId: string, { ids, domain, most }: RowsWish) {
  return db.rows<SourceRow>(
    `select s.dmarc_report_id, s.ip, s.emails::float8 as emails, s.disposition, s.dkim_aligned, s.spf_aligned, s.dkim_result,
            s.dkim_domain, s.spf_result, s.spf_domain, s.header_from, s.reasons
       from dmarc_sources s join dmarc_reports r on r.team_id = s.team_id and r.id = s.dmarc_report_id
      where s.team_id = $1 and s.dmarc_report_id = any($2::text[]) and s.place <= $3
        and (r.domain = $4 or s.header_from = $4)
      order by s.dmarc_report_id, s.place`,
    [teamId, ids, most, domain],
  );
}
