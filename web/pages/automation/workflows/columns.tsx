import type { ColumnId } from "@cadenza/contract";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { usePeople } from "../../settings/people/queries.ts";
import type { Listed } from "./queries.ts";
import { sayTrigger, triggerOf } from "./trigger.ts";
import { TARGETS, WorkflowState } from "./words.tsx";
import { includedIn } from "./workflow-csv.ts";

export const WORKFLOW_COLUMNS: readonly RecordColumn<Listed, ColumnId<"workflows">>[] = perLanguage(() => [
  { id: "name", header: t("Name"), width: 208, sort: "name", cell: ({ name }) => name },
  {
    id: "state",
    header: t("Status"),
    width: 112,
    sort: "status",
    cell: (workflow) => <WorkflowState workflow={workflow} />,
  },
  { id: "target", header: t("For"), width: 88, sort: "entity", cell: ({ entity }) => TARGETS[entity].many },
  {
    id: "trigger",
    header: t("Trigger"),
    width: 208,
    sort: "trigger",
    cell: (workflow) => sayTrigger(triggerOf(workflow)),
  },
  {
    id: "last",
    header: t("Last run"),
    width: 104,
    sort: "last_run_at",
    sortFirst: "descending",
    cell: ({ last_run }) => <LastRun run={last_run} shows="when" />,
  },
  {
    id: "took",
    header: t("Included"),
    width: 88,
    align: "right",
    sort: "num_included",
    sortFirst: "descending",
    cell: ({ last_run }) => <LastRun run={last_run} shows="took" />,
  },
  {
    id: "skipped",
    header: t("Skipped"),
    width: 80,
    align: "right",
    sort: "num_skipped",
    sortFirst: "descending",
    cell: ({ last_run }) => <LastRun run={last_run} shows="skipped" />,
  },
  {
    id: "waiting",
    header: t("Waiting"),
    width: 96,
    isExtra: true,
    align: "right",
    sort: "num_waiting",
    sortFirst: "descending",
    cell: ({ num_waiting }) => figure(num_waiting),
  },
  {
    id: "next",
    header: t("Next run"),
    width: 112,
    sort: "next_run_at",
    cell: ({ next_run_at }) => <Moment at={next_run_at} />,
  },
  {
    id: "owner",
    header: t("Owner"),
    width: 120,
    isExtra: true,
    sort: "owner",
    cell: ({ user_id }) => <Owner id={user_id} />,
  },
  {
    id: "updated",
    header: t("Updated"),
    width: 112,
    isExtra: true,
    sort: "updated_at",
    sortFirst: "descending",
    cell: ({ updated_at }) => <Moment at={updated_at} />,
  },
]);

function LastRun({ run, shows }: { run: Listed["last_run"]; shows: "when" | "took" | "skipped" }) {
  if (shows === "when") return <Moment at={run?.started_at ?? null} none={t("Never")} />;
  if (!run) return <span className="soft">–</span>;
  return <span data-figures>{figure(shows === "took" ? includedIn(run) : run.counts.skipped)}</span>;
}

export function Owner({ id }: { id: string }) {
  const { data } = usePeople();
  return data?.find((person) => person.id === id)?.name ?? null;
}
