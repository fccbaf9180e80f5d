import { useQuery } from "@tanstack/react-query";
import { Moment } from "../../parts/Moment.tsx";
import type { RecordColumn } from "../../parts/records/columns.ts";
import { usePeople } from "../people/queries.ts";
import { lastRunQuery, type Workflow } from "./queries.ts";
import { sayTrigger, triggerOf } from "./trigger.ts";
import { TARGETS, WorkflowState } from "./words.tsx";

export const WORKFLOW_COLUMNS: readonly RecordColumn<Workflow>[] = [
  { id: "name", header: "Name", width: 208, cell: ({ name }) => name },
  { id: "state", header: "State", width: 112, cell: (workflow) => <WorkflowState workflow={workflow} /> },
  { id: "target", header: "For", width: 88, cell: ({ entity }) => TARGETS[entity].many },
  { id: "trigger", header: "Trigger", width: 208, cell: (workflow) => sayTrigger(triggerOf(workflow)) },
  { id: "last", header: "Last run", width: 104, cell: ({ id }) => <LastRun id={id} shows="when" /> },
  {
    id: "took",
    header: "Took",
    width: 72,
    align: "right",
    cell: ({ id }) => <LastRun id={id} shows="took" />,
  },
  {
    id: "skipped",
    header: "Skipped",
    width: 80,
    align: "right",
    cell: ({ id }) => <LastRun id={id} shows="skipped" />,
  },
  {
    id: "waiting",
    header: "On the way",
    width: 96,
    isExtra: true,
    align: "right",
    cell: ({ num_waiting }) => num_waiting.toLocaleString("en"),
  },
  { id: "next", header: "Next run", width: 112, cell: ({ next_run_at }) => <Moment at={next_run_at} /> },
  { id: "owner", header: "Owner", width: 120, isExtra: true, cell: ({ user_id }) => <Owner id={user_id} /> },
  {
    id: "updated",
    header: "Changed",
    width: 112,
    isExtra: true,
    cell: ({ updated_at }) => <Moment at={updated_at} />,
  },
];

/** Asked for each row that is looked at, once for its three columns. */
function LastRun({ id, shows }: { id: string; shows: "when" | "took" | "skipped" }) {
  const { data: run } = useQuery(lastRunQuery(id));
  if (shows === "when") return <Moment at={run?.started_at ?? null} none={run === null ? "Never" : "–"} />;
  if (!run) return <span className="soft">–</span>;
  const { waiting, done, failed, skipped } = run.counts;
  return (
    <span data-figures>{(shows === "took" ? waiting + done + failed : skipped).toLocaleString("en")}</span>
  );
}

export function Owner({ id }: { id: string }) {
  const { data } = usePeople();
  return data?.find((person) => person.id === id)?.name ?? null;
}
