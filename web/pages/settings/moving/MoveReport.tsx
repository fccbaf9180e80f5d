import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { figure } from "../../../parts/figures.ts";
import type { MoveReport, TeamMove } from "./queries.ts";
import { kindWord } from "./words.ts";

type RecordLine = MoveReport["records"][number];
type LeftOut = MoveReport["left_out"][number];
type LostValue = MoveReport["values_left_out"][number];
type UndoneLine = NonNullable<TeamMove["undone"]>[number];

/** What came, what was here already, and what was left out with its reason. */
export function MoveReportTables({ report, isOnlyRead }: { report: MoveReport; isOnlyRead: boolean }) {
  return (
    <>
      <DataTable
        label={t("Records")}
        columns={isOnlyRead ? TO_COME : CAME}
        rows={report.records}
        rowKey={({ kind }) => kind}
        empty={t("The source has no records.")}
      />
      {report.left_out.length > 0 && (
        <DataTable
          label={t("Left out")}
          columns={LEFT_OUT}
          rows={report.left_out}
          rowKey={({ kind, why }) => `${kind} ${why}`}
          empty=""
        />
      )}
      {report.values_left_out.length > 0 && (
        <DataTable
          label={t("Values left out")}
          columns={LOST}
          rows={report.values_left_out}
          rowKey={({ kind, field }) => `${kind} ${field}`}
          empty=""
        />
      )}
      {report.notes.length > 0 && (
        <ul>
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

export function UndoneTable({ undone }: { undone: readonly UndoneLine[] }) {
  return (
    <DataTable
      label={t("Undone")}
      columns={UNDONE}
      rows={undone}
      rowKey={({ kind }) => kind}
      empty={t("Nothing was undone.")}
    />
  );
}

const kind = <Line extends { kind: string }>(): Column<Line> => ({
  header: t("Kind"),
  width: "22%",
  cell: (line) => kindWord(line.kind),
});

const figures = (headers: readonly [made: string, existing: string]): Column<RecordLine>[] => [
  kind(),
  { header: headers[0], align: "right", cell: ({ made }) => figure(made) },
  { header: headers[1], align: "right", cell: ({ existing }) => figure(existing) },
  { header: t("Left out"), align: "right", cell: ({ left_out }) => figure(left_out) },
];

const CAME = perLanguage(() => figures([t("Created"), t("Here already")]));
const TO_COME = perLanguage(() => figures([t("To be created"), t("Here already")]));

const LEFT_OUT: Column<LeftOut>[] = perLanguage(() => [
  kind(),
  { header: t("Left out because"), width: "38%", cell: ({ why }) => why },
  { header: t("For example"), cell: ({ examples }) => examples.join(", ") },
  { header: t("Number"), align: "right", width: "12%", cell: ({ count }) => figure(count) },
]);

const LOST: Column<LostValue>[] = perLanguage(() => [
  kind(),
  { header: t("Value left out"), cell: ({ field }) => field },
  { header: t("For example"), width: "44%", cell: ({ examples }) => examples.join("; ") },
  { header: t("Number"), align: "right", width: "12%", cell: ({ count }) => figure(count) },
]);

const UNDONE: Column<UndoneLine>[] = perLanguage(() => [
  kind(),
  { header: t("Undone"), align: "right", cell: ({ undone }) => figure(undone) },
  { header: t("Still here"), align: "right", cell: ({ left }) => figure(left) },
  { header: t("Still here because"), cell: ({ why }) => why ?? "" },
]);
