import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { ChartSkeleton } from "../../../parts/charts/ChartSkeleton.tsx";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./DmarcReports.module.css";
import { adviceSays } from "./dmarc-words.ts";
import { type DmarcSummary, dmarcQuery } from "./queries.ts";
import { share } from "./words.tsx";

const DmarcByDay = lazy(async () => ({ default: (await import("./DmarcByDay.tsx")).DmarcByDay }));

/** What receivers reported of the emails that came in under the domain's name, and what to do about it. */
export function DmarcReports({ domain }: { domain: string }) {
  const [days, setDays] = useState("30");
  const { data: told, error, refetch } = useQuery(dmarcQuery(domain, Number(days)));
  return (
    <Section
      title={t("DMARC reports")}
      note={t("Providers report which servers sent as {domain}, and whether SPF and DKIM passed.", {
        domain,
      })}
    >
      <div className="stack" style={{ gap: 16 }}>
        {error && <Trouble error={error} onRetry={() => void refetch()} />}
        {told && <Advice told={told} />}
        <Segmented
          aria-label={t("Period")}
          value={days}
          onChange={setDays}
          data={[
            { value: "30", label: t("30 days") },
            { value: "90", label: t("90 days") },
          ]}
          style={{ alignSelf: "flex-start" }}
        />
        {told && told.emails > 0 && <Figures told={told} />}
        {told && told.emails === 0 && <p className="soft">{t("No reports in this period.")}</p>}
      </div>
    </Section>
  );
}

function Advice({ told }: { told: DmarcSummary }) {
  const { record } = told.advice;
  return (
    <div className={classes.advice}>
      <p>{adviceSays(told)}</p>
      {record && (
        <>
          <p className="soft small">{t("Publish this {type} record:", { type: record.type })}</p>
          <CopyText
            text={record.name}
            label={t("the name of the {name} record", { name: t("DMARC reports") })}
            wraps
          />
          <CopyText
            text={record.value}
            label={t("the value of the {name} record", { name: t("DMARC reports") })}
            wraps
          />
        </>
      )}
    </div>
  );
}

function Figures({ told }: { told: DmarcSummary }) {
  const { emails, passed, dkim_passed, spf_passed } = told;
  const facts = [
    [t("Emails reported"), figure(emails)],
    [t("Pass DMARC"), share(passed, emails)],
    [t("Pass DKIM"), share(dkim_passed, emails)],
    [t("Pass SPF"), share(spf_passed, emails)],
  ] as const;
  return (
    <>
      <dl className={classes.figures}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Suspense fallback={<ChartSkeleton height={140} />}>
        <DmarcByDay domain={told.domain} days={told.by_day} />
      </Suspense>
      <DataTable
        label={t("Sources")}
        columns={sourceColumns()}
        rows={told.sources}
        rowKey={({ ip }) => ip ?? "others"}
      />
      <DataTable
        label={t("Reporting providers")}
        columns={organizationColumns()}
        rows={told.organizations}
        rowKey={({ name }) => name}
      />
    </>
  );
}

type Source = DmarcSummary["sources"][number];

const sourceColumns = (): Column<Source>[] => [
  {
    header: t("Source"),
    cell: ({ ip, spf_name }) => (
      <span className={classes.source}>
        <span>{ip ?? t("Other sources")}</span>
        {ip !== null && (
          <span className="soft small">
            {spf_name === null ? t("Not in your SPF record") : t("Yours: {name}", { name: spf_name })}
          </span>
        )}
      </span>
    ),
  },
  { header: t("Emails"), cell: ({ emails }) => figure(emails), align: "right", width: "6rem" },
  { header: "DKIM", cell: (one) => share(one.dkim_passed, one.emails), align: "right", width: "5rem" },
  { header: "SPF", cell: (one) => share(one.spf_passed, one.emails), align: "right", width: "5rem" },
  { header: t("Result"), cell: (one) => <Result source={one} />, width: "11rem" },
];

function Result({ source: { emails, passed, forwarded, quarantined, rejected } }: { source: Source }) {
  const failed = emails - passed - forwarded;
  if (failed > 0)
    return (
      <span className={classes.source}>
        <State kind="bad">{t("{failed, number} fail", { failed })}</State>
        {quarantined + rejected > 0 && (
          <span className="soft small">
            {t("{stopped, number} rejected or marked as spam", { stopped: quarantined + rejected })}
          </span>
        )}
      </span>
    );
  if (forwarded > 0) return <State kind="waiting">{t("{forwarded, number} forwarded", { forwarded })}</State>;
  return <State kind="good">{t("All pass")}</State>;
}

const organizationColumns = (): Column<DmarcSummary["organizations"][number]>[] => [
  { header: t("Reported by"), cell: ({ name }) => name },
  { header: t("Reports"), cell: ({ reports }) => figure(reports), align: "right", width: "6rem" },
  { header: t("Emails"), cell: ({ emails }) => figure(emails), align: "right", width: "6rem" },
  { header: t("Last report"), cell: ({ last_ends_at }) => <Moment at={last_ends_at} />, width: "10rem" },
];
