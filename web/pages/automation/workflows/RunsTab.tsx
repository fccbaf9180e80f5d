import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { type Run, runsSource, type Workflow } from "./queries.ts";
import { RunLog } from "./RunLog.tsx";
import { WhyNot } from "./WhyNot.tsx";
import type { TabProps } from "./WorkflowPage.tsx";
import { CAUSES, RunState } from "./words.tsx";

/** A workflow's runs, what became of each contact in a run, and why a contact is in no run. */
export function RunsTab({ workflow, mayChange }: TabProps) {
  const [address] = useAddress();
  if (address.open)
    return <RunLog key={address.open} id={address.open} workflow={workflow} mayChange={mayChange} />;
  return (
    <div className="stack">
      <WhyNot workflow={workflow} mayChange={mayChange} />
      <Runs workflow={workflow} />
    </div>
  );
}

const number = (
  of: "waiting" | "done" | "skipped" | "failed",
  header: string,
): RecordColumn<Run, ColumnId<"workflow-runs">> => ({
  id: of,
  header,
  width: 88,
  align: "right",
  cell: ({ counts }) => figure(counts[of]),
});

const COLUMNS: readonly RecordColumn<Run, ColumnId<"workflow-runs">>[] = perLanguage(() => [
  { id: "at", header: t("Started"), width: 136, cell: ({ started_at }) => <Moment at={started_at} /> },
  { id: "state", header: t("Status"), width: 136, cell: (run) => <RunState status={run.status} /> },
  { id: "cause", header: t("Trigger"), width: 136, cell: ({ cause }) => CAUSES[cause] },
  {
    id: "found",
    header: t("Found"),
    width: 80,
    align: "right",
    cell: ({ num_found }) => figure(num_found),
  },
  number("done", t("Done")),
  number("waiting", t("Waiting")),
  number("skipped", t("Skipped")),
  number("failed", t("Failed")),
  { id: "why", header: t("Reason"), width: 220, cell: ({ codes, error }) => error ?? sayCodes(codes) },
  {
    id: "version",
    header: t("Version"),
    width: 80,
    isExtra: true,
    align: "right",
    cell: ({ version }) => version,
  },
]);

function sayCodes(codes: Run["codes"]) {
  return codes.map(({ sentence, count }) => `${figure(count)}: ${sentence}`).join(" ");
}

function Runs({ workflow: { id } }: { workflow: Workflow }) {
  const [, change] = useAddress();
  const source = useMemo(() => runsSource(id), [id]);
  const rows = useWindowed(source);
  return (
    <div style={{ minHeight: "20rem" }}>
      <RecordTable
        label={t("Runs")}
        columns={COLUMNS}
        rows={rows}
        rowKey={(run) => run.id}
        rowName={({ started_at }) => t("Run of {started_at}", { started_at })}
        href={(run) => `/workflows/${id}?tab=runs&open=${run.id}`}
        onOpen={(run) => change({ open: run.id })}
        table="workflow-runs"
        empty={<Empty says={t("No runs yet. Each run appears here with the result for every record.")} />}
      />
    </div>
  );
}
