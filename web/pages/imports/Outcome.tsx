import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import classes from "./Imports.module.css";
import type { Imported, RowOfImport, Verdict } from "./queries.ts";
import { KINDS, say, sayLeftOut, sayNothingAdded, VERDICTS } from "./words.ts";

/** What a file came to, and why: the counts, and the reasons behind them. */
export function Counts({
  found,
  chosen = null,
  onChoose,
}: {
  found: Imported;
  chosen?: Verdict | null;
  onChoose?: (verdict: Verdict | null) => void;
}) {
  const nothing = sayNothingAdded(found);
  // Which sequence it was may be hidden from whoever looks.
  const joined = found.sequence_id !== null || found.enrolled + found.not_enrolled > 0;
  return (
    <>
      {nothing && <p role="status">{nothing}</p>}
      <div className={classes.counts}>
        {(Object.keys(VERDICTS) as Verdict[]).map((verdict) => (
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
            {say(found.enrolled)} joined{" "}
            {found.sequence_id === null ? "a sequence you cannot see" : "the sequence"},{" "}
            {say(found.not_enrolled)} did not.
          </p>
        )}
      </div>
      {found.reasons.length > 0 && (
        <ul className="bullets small" aria-label="Reasons">
          {found.reasons.map(({ code, count, sentence }) => (
            <li key={code}>
              {say(count)} {count === 1 ? "row" : "rows"}: {sentence ?? code}
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
    { header: "Row", cell: ({ row }) => `Row ${row}`, width: "4.5rem" },
    { header: "Verdict", cell: ({ verdict }) => VERDICTS[verdict], width: "7rem" },
    { header: "Who", cell: (row) => <Who row={row} kind={kind} /> },
    { header: "Why", cell: (row) => <Why row={row} /> },
    ...(hasJoined ? [{ header: "Sequence", cell: sayJoined }] : []),
    ...(isUndone
      ? [{ header: "Taken back", cell: ({ undone }: RowOfImport) => undone?.replaceAll("_", " ") }]
      : []),
  ];
  return (
    <DataTable
      label="Rows"
      columns={columns}
      rows={rows}
      rowKey={({ row }) => String(row)}
      empty="There is no such row."
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
    const field = key.replace(/^typed_custom_fields\..*/, "own field").replaceAll("_", " ");
    const [before, after] = [row.before?.[key], row.after?.[key]];
    const isShort = typeof after === "string" && (before === null || typeof before === "string");
    return isShort ? `${field}: ${before ?? "nothing"} → ${after}` : field;
  });
  const leftOut = Object.entries(row.left_out).map((one) => sayLeftOut(...one));
  const parts = [
    row.sentence && (row.same_as_row ? `${row.sentence} (row ${row.same_as_row})` : row.sentence),
    changed.length > 0 && changed.join("; "),
    leftOut.length > 0 && `Left out: ${leftOut.join("; ")}`,
  ].filter(Boolean);
  return <span className="small">{parts.join(" ")}</span>;
}

function sayJoined({ enrollment, enrollment_sentence }: RowOfImport) {
  if (enrollment === null) return null;
  return enrollment === "enrolled" ? "Joined" : <span className="small">{enrollment_sentence}</span>;
}
