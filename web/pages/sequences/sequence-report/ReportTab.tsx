import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { ChartSkeleton } from "../../../parts/charts/ChartSkeleton.tsx";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { useLate } from "../../../parts/late.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { Promised } from "../promises/Promised.tsx";
import { useSequence } from "../sequences/queries.ts";
import { ByStep } from "./ByStep.tsx";
import { Figures } from "./Figures.tsx";
import { MailRows } from "./MailRows.tsx";
import { reportQuery } from "./queries.ts";
import { REACHED, ReachedRows } from "./ReachedRows.tsx";
import classes from "./ReportTab.module.css";
import { VariantsCompared } from "./VariantsCompared.tsx";

const OverTime = lazy(async () => ({ default: (await import("./OverTime.tsx")).OverTime }));

const SPANS = perLanguage(() => [
  { value: "", label: t("All time") },
  { value: "90", label: t("90 days") },
  { value: "30", label: t("30 days") },
  { value: "7", label: t("7 days") },
]);

/** How it does: in all, step by step, variant against variant, day by day. Each number opens the mails it counts. */
export function ReportTab({ sequenceId }: { sequenceId: string }) {
  const [address, change] = useAddress();
  const span = SPANS.some(({ value }) => value === address.view) ? (address.view ?? "") : "";
  const from = span ? daysAgo(Number(span)) : undefined;
  const found = useQuery(reportQuery(sequenceId, from));
  const { data: whole } = useSequence(sequenceId);
  const report = found.data;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!report || !whole) return <Waiting />;
  return (
    <div className={classes.report} data-stale={found.isPlaceholderData || undefined}>
      <Segmented
        aria-label={t("Period")}
        data={SPANS}
        value={span}
        onChange={(view) => change({ view: view || undefined })}
        className={classes.span}
      />
      {report.mails.sent === 0 && report.people.added === 0 ? (
        <Empty
          says={t("Results appear here after the first emails are sent: by step, by variant and over time.")}
        />
      ) : (
        <>
          <Figures report={report} />
          <ByStep report={report} whole={whole} />
          <VariantsCompared report={report} whole={whole} />
          <Promised
            sequenceId={sequenceId}
            title={<h2 className={classes.title}>{t("Promised and started")}</h2>}
          />
          <section className={classes.section}>
            <h2 className={classes.title}>{t("Over time")}</h2>
            <Suspense fallback={<ChartSkeleton height={220} />}>
              <OverTime sequenceId={sequenceId} days={report.days} />
            </Suspense>
          </section>
        </>
      )}
      {address.kind === REACHED && <ReachedRows sequenceId={sequenceId} from={from} whole={whole} />}
      {address.kind && address.kind !== REACHED && (
        <MailRows sequenceId={sequenceId} from={from} whole={whole} />
      )}
    </div>
  );
}

function daysAgo(days: number) {
  return new Date(currentTimeMs() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className={classes.report} aria-busy="true" style={{ minHeight: "30rem" }}>
      {isLate &&
        ["8rem", "16rem", "12rem"].map((height) => <Skeleton key={height} height={height} radius="sm" />)}
    </div>
  );
}
