import { useInfiniteQuery } from "@tanstack/react-query";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import { type DmarcReport, dmarcReportsQuery } from "./queries.ts";

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

const MOST_SERVERS = 5;

type Props = { domain: string; day: string; emails: number; onClose: () => void };

/** The reports behind a bar: who reported, and from which servers emails failed. */
export function DmarcDay({ domain, day, emails, onClose }: Props) {
  const found = useInfiniteQuery(dmarcReportsQuery(domain, day));
  return (
    <RowsPanel
      title={t("DMARC reports")}
      says={[
        DAY.format(new Date(day)),
        t("{emails, plural, one {# email} other {# emails}} reported", { emails }),
      ]}
      found={found}
      rows={found.data?.map((report) => ({
        id: report.id,
        at: report.ends_at,
        head: <span>{report.organization}</span>,
        note: sayReport(report),
      }))}
      empty={t("No reports of this day.")}
      onClose={onClose}
    />
  );
}

function sayReport({ emails, passed, rows }: DmarcReport) {
  const failed = emails - passed;
  const all = t("{emails, plural, one {# email} other {# emails}}", { emails });
  if (failed === 0) return t("{all}, all passed.", { all });
  const from = rows.filter(({ dkim_aligned, spf_aligned }) => !dkim_aligned && !spf_aligned);
  const servers = [...new Set(from.map(({ ip }) => ip ?? t("other sources")))].slice(0, MOST_SERVERS);
  return t("{all}, {failed, number} failed, from {servers}.", { all, failed, servers: servers.join(", ") });
}
