import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { download, save } from "../../../parts/download.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { readFilter, writeFilter } from "../../../parts/filters/filter.ts";
import { Page } from "../../../parts/Page.tsx";
import { TableSkeleton } from "../../../parts/TableSkeleton.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useView } from "../../contacts/views/useView.ts";
import { ViewPicker } from "../../contacts/views/ViewPicker.tsx";
import { Asking } from "./Asking.tsx";
import { callOf, type Metric, type ReportQuery, readAsked } from "./asked.ts";
import { Behind } from "./Behind.tsx";
import { type ReportCell, reportQuery } from "./queries.ts";
import classes from "./Reports.module.css";
import { ReportTable } from "./ReportTable.tsx";
import { READY } from "./ready.ts";
import { Sending } from "./Sending.tsx";
import { sayDimension, sayMetric, sayPeriod } from "./words.ts";

const Chart = lazy(async () => ({ default: (await import("./ReportChart.tsx")).ReportChart }));
const Variants = lazy(async () => ({ default: (await import("./VariantsOf.tsx")).VariantsOf }));

/** Anything counted, by anything: ready-made, put together here, or kept. */
export function ReportsPage() {
  const [address, change] = useAddress();
  const shown = useView("reports", null);
  const asked = readAsked(readFilter(address.filter), READY[0].asked);
  const found = useQuery(reportQuery(asked));
  const ready = READY.find((one) => isAlike(one.asked, asked));
  const ask = (next: ReportQuery) => change({ filter: writeFilter(callOf(next)), ...CLOSED });
  const open = ({ metric, group, pivot }: ReportCell) =>
    change({ kind: metric, open: group ?? undefined, peek: pivot ?? undefined });
  const cell = address.kind
    ? { metric: address.kind as Metric, group: address.open ?? null, pivot: address.peek ?? null }
    : null;
  const counted = found.data;
  const unfit = Object.keys(counted?.unfit ?? {}) as Metric[];
  const [sequenceId, ...others] = asked.filters.emailer_campaign_ids ?? [];
  return (
    <Page title={t("Reports")} state={sayAsked(asked)}>
      <div className="stack" style={{ gap: 20 }}>
        <div className="row" style={{ flexWrap: "wrap" }}>
          <Menu position="bottom-start" width={248}>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size="0.75rem" />}>
                {ready ? t("Template: {name}", { name: ready.name }) : t("Templates")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown mah={400} style={{ overflowY: "auto" }}>
              {READY.map((one) => (
                <Menu.Item
                  key={one.name}
                  onClick={() =>
                    change({ view: undefined, filter: writeFilter(callOf(one.asked)), ...CLOSED })
                  }
                >
                  {one.name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <ViewPicker
            subject="reports"
            shown={{ ...shown, now: { ...shown.now, filter: callOf(asked) } }}
            all={t("Unsaved")}
          />
          {shown.view && (
            <Button variant="default" onClick={() => change({ do: "send" })}>
              {t("Schedule …")}
            </Button>
          )}
          <Downloads asked={asked} />
        </div>
        <Asking asked={asked} onChange={ask} />
        {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
        {unfit.length > 0 && (
          <p className="soft small">
            {t("Not available for this grouping: {sayMetric}.", {
              sayMetric: unfit.map(sayMetric).join(", "),
            })}
          </p>
        )}
        {counted ? (
          <>
            {asked.by && counted.groups.length > 0 && (
              <div className={classes.chart}>
                <Suspense>
                  <Chart asked={asked} counted={counted} onOpen={open} />
                </Suspense>
              </div>
            )}
            {asked.by && counted.groups.length === 0 ? (
              <Empty says={t("No data in this period.")} />
            ) : (
              <ReportTable asked={asked} counted={counted} isStale={found.isPlaceholderData} onOpen={open} />
            )}
          </>
        ) : (
          !found.error && <TableSkeleton columns={["", ...asked.metrics.map(sayMetric)]} isNarrow={false} />
        )}
        {asked.by === "emailer_touch_id" &&
          (sequenceId && others.length === 0 ? (
            <Suspense>
              <Variants sequenceId={sequenceId} />
            </Suspense>
          ) : (
            <p className="soft small">{t("Filter by one sequence to compare its variants.")}</p>
          ))}
      </div>
      {cell && <Behind asked={asked} cell={cell} counted={counted} onClose={() => change(CLOSED)} />}
      {address.do === "send" && shown.view && (
        <Sending view={shown.view} onClose={() => change({ do: undefined })} />
      )}
    </Page>
  );
}

const CLOSED = { kind: undefined, open: undefined, peek: undefined };

function isAlike(one: ReportQuery, other: ReportQuery) {
  return JSON.stringify(callOf(one)) === JSON.stringify(callOf(other));
}

function sayAsked({ by, across, period }: ReportQuery) {
  const groups = [
    by && t("by {by}", { by: inSentence(sayDimension(by)) }),
    across && t("broken down by {across}", { across: inSentence(sayDimension(across)) }),
  ];
  return [sayPeriod(period), ...groups].filter(Boolean).join(", ");
}

function Downloads({ asked }: { asked: ReportQuery }) {
  const [isBusy, setBusy] = useState(false);
  const fetchAs = async (accept: string, name: string) => {
    setBusy(true);
    try {
      await download("/api/v1/reports/sync_report", accept, name, callOf(asked));
    } catch (error) {
      toast(accountFor(error, "reading").happened);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" loading={isBusy} leftSection={<IconDownload size="0.875rem" />}>
          {t("Download")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void fetchAs("text/csv", "report.csv")}>{t("CSV file")}</Menu.Item>
        <Menu.Item onClick={() => void fetchAs("application/json", "report.json")}>
          {t("JSON file")}
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            save(
              new Blob([JSON.stringify(callOf(asked), null, 2)], { type: "application/json" }),
              "question.json",
            )
          }
        >
          {t("API request (JSON)")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
