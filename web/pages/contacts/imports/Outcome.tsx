import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import classes from "./Imports.module.css";
import type { Imported, ImportRowResult, RowOfImport } from "./queries.ts";
import { KINDS, say, sayLeftOut, sayNothingAdded, VERDICTS } from "./words.ts";

/** What a file came to, and why: the counts, and the reasons behind them. */
export function Counts({
  found,
  chosen = null,
  onChoose,
}: {
  found: Imported;
  chosen?: ImportRowResult | null;
  onChoose?: (verdict: ImportRowResult | null) => void;
}) {
  const nothing = sayNothingAdded(found);
  // The sequence may be hidden from the viewer.
  const joined = found.sequence_id !== null || found.enrolled + found.not_enrolled > 0;
  return (
    <>
      {nothing && <p role="status">{nothing}</p>}
      <div className={classes.counts}>
        {(Object.keys(VERDICTS) as ImportRowResult[]).map((verdict) => (
          <Button
            key={verdict}
            variant={chosen === verdict ? "light" : "default"}
            disabled={!onChoose}
            aria-pressed={chosen === verdict}
            onClick={() => onChoose?.(chosen === verdict ? null : verdict)}
          >
            {VERDICTS[verdict]}: {say(found[verdict])}
          </Button>
        ))}
        {joined && (
          <p className="soft">
            {found.sequence_id === null
              ? t("{added} added to a sequence you cannot see, {skipped} skipped.", {
                  added: say(found.enrolled),
                  skipped: say(found.not_enrolled),
                })
              : t("{added} added to the sequence, {skipped} skipped.", {
                  added: say(found.enrolled),
                  skipped: say(found.not_enrolled),
                })}
          </p>
        )}
      </div>
      {found.reasons.length > 0 && (
        <ul className="bullets small" aria-label={t("Reasons")}>
          {found.reasons.map(({ code, count, sentence }) => (
            <li key={code}>
              {say(count)} {t("{count, plural, one {row} other {rows}}", { count })}: {sentence ?? code}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function RowsTable({
  kind,
  rows,
}: {
  kind: Imported["kind"];
  rows: readonly RowOfImport[] | undefined;
}) {
  const isUndone = rows?.some(({ undone }) => undone !== null);
  const hasJoined = rows?.some(({ enrollment }) => enrollment !== null);
  const columns: Column<RowOfImport>[] = [
    { header: t("Row"), cell: ({ row }) => t("Row {row}", { row }), width: "4.5rem" },
    { header: t("Result"), cell: ({ verdict }) => VERDICTS[verdict], width: "7rem" },
    { header: t("Name"), cell: (row) => <Who row={row} kind={kind} /> },
    { header: t("Details"), cell: (row) => <Why row={row} /> },
    ...(hasJoined ? [{ header: t("Sequence"), cell: sayJoined }] : []),
    ...(isUndone
      ? [{ header: t("Undone"), cell: ({ undone }: RowOfImport) => undone?.replaceAll("_", " ") }]
      : []),
  ];
  return (
    <DataTable
      label={t("Rows")}
      columns={columns}
      rows={rows}
      rowKey={({ row }) => String(row)}
      empty={t("No rows with this result.")}
    />
  );
}

function Who({ row, kind }: { row: RowOfImport; kind: Imported["kind"] }) {
  const id = row.contact_id ?? row.account_id;
  if (row.person_id && row.name !== null)
    return (
      <Link to="/prospects" search={{ peek: row.person_id }}>
        {row.name}
      </Link>
    );
  if (row.organization_id && row.name !== null)
    return (
      <Link to="/prospects/companies/$id" params={{ id: row.organization_id }}>
        {row.name}
      </Link>
    );
  if (row.opportunity_id && row.name !== null)
    return (
      <Link to="/deals/$id" params={{ id: row.opportunity_id }}>
        {row.name}
      </Link>
    );
  if (!id || row.name === null) return <span className="soft">{row.name ?? "–"}</span>;
  const path = `${KINDS[kind].path}/$id` as "/contacts/$id";
  return (
    <Link to={path} params={{ id }}>
      {row.name}
    </Link>
  );
}

function Why({ row }: { row: RowOfImport }) {
  const changed = Object.keys(row.after ?? {}).map((key) => {
    const field = key.replace(/^typed_custom_fields\..*/, "custom field").replaceAll("_", " ");
    const [before, after] = [row.before?.[key], row.after?.[key]];
    const isShort = typeof after === "string" && (before === null || typeof before === "string");
    return isShort ? `${field}: ${before ?? t("empty")} → ${after}` : field;
  });
  const leftOut = Object.entries(row.left_out).map((one) => sayLeftOut(...one));
  const parts = [
    row.sentence && (row.same_as_row ? `${row.sentence} (row ${row.same_as_row})` : row.sentence),
    changed.length > 0 && changed.join("; "),
    leftOut.length > 0 && t("Skipped: {leftOut}", { leftOut: leftOut.join("; ") }),
  ].filter(Boolean);
  return <span className="small">{parts.join(" ")}</span>;
}

function sayJoined({ enrollment, enrollment_sentence }: RowOfImport) {
  if (enrollment === null) return null;
  return enrollment === "enrolled" ? t("Added") : <span className="small">{enrollment_sentence}</span>;
}
