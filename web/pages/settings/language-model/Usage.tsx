import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { figure } from "../../../parts/figures.ts";
import { dayOf } from "../../../parts/when.ts";
import type { UsedOn } from "./queries.ts";

export function Usage({ usage }: { usage: readonly UsedOn[] }) {
  return (
    <DataTable
      label={t("Usage by day")}
      columns={COLUMNS}
      rows={usage}
      rowKey={({ day }) => day}
      empty={t("Not used yet.")}
    />
  );
}

const COLUMNS: Column<UsedOn>[] = perLanguage(() => [
  { header: t("Day"), width: "28%", cell: ({ day }) => dayOf(day, currentTime()) },
  { header: t("Calls"), align: "right", cell: ({ calls }) => figure(calls) },
  { header: t("Failed"), align: "right", cell: ({ failed }) => figure(failed) },
  { header: t("Rejected"), align: "right", cell: ({ unfit }) => figure(unfit) },
  {
    header: t("Tokens"),
    align: "right",
    cell: ({ prompt_tokens, completion_tokens }) => figure(prompt_tokens + completion_tokens),
  },
]);
