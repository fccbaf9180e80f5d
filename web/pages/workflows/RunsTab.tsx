import { useMemo } from "react";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Moment } from "../../parts/Moment.tsx";
import type { RecordColumn } from "../../parts/records/columns.ts";
import { RecordTable } from "../../parts/records/RecordTable.tsx";
import { useWindowed } from "../../parts/records/useWindowed.ts";
import { type Run, runsSource, type Workflow } from "./queries.ts";
import { RunLog } from "./RunLog.tsx";
import { WhyNot } from "./WhyNot.tsx";
import type { TabProps } from "./WorkflowPage.tsx";
import { CAUSES, RunState } from "./words.tsx";

/** What it has done: its runs, what became of everybody in one of them, and why somebody is in none. */
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

const number = (of: "waiting" | "done" | "skipped" | "failed", header: string): RecordColumn<Run> => ({
  id: of,
  header,
  width: 88,
  align: "right",
  cell: ({ counts }) => figure(counts[of]),
});

const COLUMNS: readonly RecordColumn<Run>[] = [
  { id: "at", header: "Began", width: 136, cell: ({ started_at }) => <Moment at={started_at} /> },
  { id: "state", header: "State", width: 136, cell: (run) => <RunState status={run.status} /> },
  { id: "cause", header: "Set off", width: 136, cell: ({ cause }) => CAUSES[cause] },
  {
    id: "found",
    header: "Found",
    width: 80,
    align: "right",
    cell: ({ num_found }) => figure(num_found),
  },
  number("done", "Done"),
  number("waiting", "On the way"),
  number("skipped", "Left out"),
  number("failed", "Failed"),
  { id: "why", header: "Why left out", width: 220, cell: ({ codes, error }) => error ?? sayCodes(codes) },
  {
    id: "version",
    header: "Version",
    width: 80,
    isExtra: true,
    align: "right",
    cell: ({ version }) => version,
  },
];

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
        label="Runs"
        columns={COLUMNS}
        rows={rows}
        rowKey={(run) => run.id}
        rowName={({ started_at }) => `The run of ${started_at}`}
        href={(run) => `/workflows/${id}?tab=runs&open=${run.id}`}
        onOpen={(run) => change({ open: run.id })}
        storageKey="workflow-runs"
        empty={<Empty says="It has not run yet. Here stands each run with what became of everybody in it." />}
      />
    </div>
  );
}
