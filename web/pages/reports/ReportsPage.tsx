import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { download, save } from "../../parts/download.ts";
import { Empty } from "../../parts/Empty.tsx";
import { readFilter, writeFilter } from "../../parts/filters/filter.ts";
import { Page } from "../../parts/Page.tsx";
import { TableSkeleton } from "../../parts/TableSkeleton.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { useView } from "../views/useView.ts";
import { ViewPicker } from "../views/ViewPicker.tsx";
import { Asking } from "./Asking.tsx";
import { type Asked, callOf, type Metric, readAsked } from "./asked.ts";
import { Behind } from "./Behind.tsx";
import { type Cell, reportQuery } from "./queries.ts";
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
  const shown = useView("reports", "reports");
  const asked = readAsked(readFilter(address.filter), READY[0].asked);
  const found = useQuery(reportQuery(asked));
  const ready = READY.find((one) => isAlike(one.asked, asked));
  const ask = (next: Asked) => change({ filter: writeFilter(callOf(next)), ...CLOSED });
  const open = ({ metric, group, pivot }: Cell) =>
    change({ kind: metric, open: group ?? undefined, peek: pivot ?? undefined });
  const cell = address.kind
    ? { metric: address.kind as Metric, group: address.open ?? null, pivot: address.peek ?? null }
    : null;
  const counted = found.data;
  const unfit = Object.keys(counted?.unfit ?? {}) as Metric[];
  const [sequenceId, ...others] = asked.filters.emailer_campaign_ids ?? [];
  return (
    <Page title="Reports" state={sayAsked(asked)}>
      <div className="stack" style={{ gap: 20 }}>
        <div className="row" style={{ flexWrap: "wrap" }}>
          <Menu position="bottom-start" width={248}>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size="0.75rem" />}>
                {ready ? `Ready-made: ${ready.name}` : "Ready-made"}
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
            all="Not kept"
          />
          {shown.view && (
            <Button variant="default" onClick={() => change({ do: "send" })}>
              Send …
            </Button>
          )}
          <Downloads asked={asked} />
        </div>
        <Asking asked={asked} onChange={ask} />
        {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
        {unfit.length > 0 && (
          <p className="soft small">
            {unfit.map(sayMetric).join(", ")}: not known by what is asked, so there is no number.
          </p>
        )}
        {counted ? (
          <>
            {asked.by && counted.groups.length > 0 && (
              <div className={classes.chart}>
                <Suspense>
                  <Chart asked={asked} counted={counted} />
                </Suspense>
              </div>
            )}
            {asked.by && counted.groups.length === 0 ? (
              <Empty says="Nothing of this happened in this time." />
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
            <p className="soft small">
              Choose one sequence to see which variant does better, and where it is too early to tell.
            </p>
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

function isAlike(one: Asked, other: Asked) {
  return JSON.stringify(callOf(one)) === JSON.stringify(callOf(other));
}

function sayAsked({ by, across, period }: Asked) {
  const groups = [
    by && `by ${sayDimension(by).toLowerCase()}`,
    across && `across ${sayDimension(across).toLowerCase()}`,
  ];
  return [sayPeriod(period), ...groups].filter(Boolean).join(", ");
}

function Downloads({ asked }: { asked: Asked }) {
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
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void fetchAs("text/csv", "report.csv")}>As CSV, for spreadsheets</Menu.Item>
        <Menu.Item onClick={() => void fetchAs("application/json", "report.json")}>As JSON</Menu.Item>
        <Menu.Item
          onClick={() =>
            save(
              new Blob([JSON.stringify(callOf(asked), null, 2)], { type: "application/json" }),
              "question.json",
            )
          }
        >
          The question, for the API
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
