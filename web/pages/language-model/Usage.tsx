import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { figure } from "../../parts/figures.ts";
import { dayOf } from "../../parts/when.ts";
import type { UsedOn } from "./queries.ts";

export function Usage({ usage }: { usage: readonly UsedOn[] }) {
  return (
    <DataTable
      label="How much it was asked"
      columns={COLUMNS}
      rows={usage}
      rowKey={({ day }) => day}
      empty="It has not been asked yet."
    />
  );
}

const COLUMNS: Column<UsedOn>[] = [
  { header: "Day", width: "28%", cell: ({ day }) => dayOf(day, new Date()) },
  { header: "Calls", align: "right", cell: ({ calls }) => figure(calls) },
  { header: "Failed", align: "right", cell: ({ failed }) => figure(failed) },
  { header: "Dropped", align: "right", cell: ({ unfit }) => figure(unfit) },
  {
    header: "Tokens",
    align: "right",
    cell: ({ prompt_tokens, completion_tokens }) => figure(prompt_tokens + completion_tokens),
  },
];
