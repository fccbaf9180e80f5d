import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useAddress } from "../../parts/address.ts";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Moment } from "../../parts/Moment.tsx";
import type { RecordColumn } from "../../parts/records/columns.ts";
import { RecordTable } from "../../parts/records/RecordTable.tsx";
import { useWindowed } from "../../parts/records/useWindowed.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import { SidePanel } from "../../parts/SidePanel.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { CandidateStory } from "./CandidateStory.tsx";
import { sayTold } from "./kept-filters.ts";
import {
  type Candidate,
  candidatesSource,
  type Run,
  runQuery,
  useCancelRun,
  type Workflow,
} from "./queries.ts";
import { CAUSES, people, RunState, VERDICT_CHOICES, VerdictWord } from "./words.tsx";

type Props = { id: string; workflow: Workflow; mayChange: boolean };

/** A run's log: a line for each whom it looked at. */
export function RunLog({ id, workflow, mayChange }: Props) {
  const [address, change] = useAddress();
  const { data: run, error, refetch } = useQuery(runQuery(id));
  const verdict = address.status ?? "";
  const source = useMemo(() => candidatesSource(id, verdict), [id, verdict]);
  const rows = useWindowed(source);
  const peeked = rows.rows(0, rows.total ?? 0).find((row) => row?.id === address.peek);
  return (
    <div className="stack">
      <div className="row">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size="0.875rem" aria-hidden />}
          onClick={() => change({ open: undefined, status: undefined, peek: undefined })}
        >
          All runs
        </Button>
        {run && <RunWords run={run} workflow={workflow} />}
        {run && mayChange && !run.finished_at && <Stop id={id} />}
      </div>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      <div>
        <Segmented
          aria-label="What became of them"
          data={VERDICT_CHOICES}
          value={verdict}
          onChange={(status) => change({ status: status || undefined })}
        />
      </div>
      <div style={{ minHeight: "20rem" }}>
        <RecordTable
          label="Log"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          rowName={nameOf}
          onOpen={(row) => change({ peek: row.id })}
          onPeek={(row) => change({ peek: row.id })}
          storageKey="workflow-candidates"
          rowState={(row) => (row.id === address.peek ? "peeked" : undefined)}
          empty={<Empty says={verdict ? "Nobody like that in this run." : "Nobody is in this run yet."} />}
        />
      </div>
      {peeked && (
        <SidePanel title={nameOf(peeked)} onClose={() => change({ peek: undefined })} takesFocus>
          <CandidateStory candidate={peeked} workflow={workflow} mayChange={mayChange} />
        </SidePanel>
      )}
    </div>
  );
}

const nameOf = ({ name }: Candidate) => name?.trim() || "No name";

const COLUMNS: readonly RecordColumn<Candidate>[] = [
  { id: "name", header: "Name", width: 176, cell: nameOf },
  { id: "verdict", header: "Became", width: 120, cell: ({ verdict }) => <VerdictWord verdict={verdict} /> },
  { id: "why", header: "Why", width: 360, cell: (candidate) => sayTold(candidate) },
  {
    id: "done",
    header: "Actions",
    width: 80,
    align: "right",
    cell: ({ results }) => results.filter(({ outcome }) => outcome === "done").length,
  },
  { id: "at", header: "Taken", width: 112, cell: ({ created_at }) => <Moment at={created_at} /> },
];

function RunWords({ run, workflow }: { run: Run; workflow: Workflow }) {
  return (
    <p className="row">
      <RunState status={run.status} />
      <span className="soft">
        {CAUSES[run.cause]}, <Moment at={run.started_at} />. It found {people(run.num_found, workflow.entity)}
        {run.num_left_over > 0 && `, and ${figure(run.num_left_over)} beyond what it may take`}
        {run.num_missed > 0 && `; it stands for ${run.num_missed} missed before it`}.
      </span>
    </p>
  );
}

function Stop({ id }: { id: string }) {
  const stop = useCancelRun();
  return (
    <Button
      variant="default"
      loading={stop.isPending}
      onClick={() =>
        stop.mutate(id, {
          onSuccess: () => toast("Stopped. What was done stays done."),
          onError: (error) => toast(accountFor(error, "writing").happened),
        })
      }
    >
      Stop it
    </Button>
  );
}
