import type { ColumnId } from "@cadenza/contract";
import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { CandidateStory } from "./CandidateStory.tsx";
import { sayTold } from "./kept-filters.ts";
import {
  candidatesSource,
  type Run,
  runQuery,
  useCancelRun,
  type Workflow,
  type WorkflowCandidate,
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
          {t("All runs")}
        </Button>
        {run && <RunWords run={run} workflow={workflow} />}
        {run && mayChange && !run.finished_at && <Stop id={id} />}
      </div>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      <div>
        <Segmented
          aria-label={t("Result")}
          data={VERDICT_CHOICES}
          value={verdict}
          onChange={(status) => change({ status: status || undefined })}
        />
      </div>
      <div style={{ minHeight: "20rem" }}>
        <RecordTable
          label={t("Log")}
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          rowName={nameOf}
          onOpen={(row) => change({ peek: row.id })}
          onPeek={(row) => change({ peek: row.id })}
          table="workflow-candidates"
          rowState={(row) => (row.id === address.peek ? "peeked" : undefined)}
          empty={
            <Empty
              says={verdict ? t("No matching records in this run.") : t("No records in this run yet.")}
            />
          }
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

const nameOf = ({ name }: WorkflowCandidate) => name?.trim() || t("No name");

const COLUMNS: readonly RecordColumn<WorkflowCandidate, ColumnId<"workflow-candidates">>[] = perLanguage(
  () => [
    { id: "name", header: t("Name"), width: 176, cell: nameOf },
    {
      id: "verdict",
      header: t("Result"),
      width: 120,
      cell: ({ verdict }) => <VerdictWord verdict={verdict} />,
    },
    { id: "why", header: t("Reason"), width: 360, cell: (candidate) => sayTold(candidate) },
    {
      id: "done",
      header: t("Actions"),
      width: 80,
      align: "right",
      cell: ({ results }) => results.filter(({ outcome }) => outcome === "done").length,
    },
    { id: "at", header: t("Time"), width: 112, cell: ({ created_at }) => <Moment at={created_at} /> },
  ],
);

function RunWords({ run, workflow }: { run: Run; workflow: Workflow }) {
  return (
    <p className="row">
      <RunState status={run.status} />
      <span className="soft">
        {CAUSES[run.cause]}, <Moment at={run.started_at} />
        {t(". Found {num_found}{num_left_over}{num_missed}.", {
          num_found: people(run.num_found, workflow.entity),
          num_left_over:
            run.num_left_over > 0 &&
            t(", {num_left_over, number} over the limit", { num_left_over: run.num_left_over }),
          num_missed:
            run.num_missed > 0 && t("; missed runs before it: {num_missed}", { num_missed: run.num_missed }),
        })}
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
          onSuccess: () => toast(t("Run stopped. Actions already done are kept.")),
          onError: (error) => toast(accountFor(error, "writing").happened),
        })
      }
    >
      {t("Stop run")}
    </Button>
  );
}
