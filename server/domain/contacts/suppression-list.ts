// A list of what to bar, as people have it: bare lines, or CSV out of a spreadsheet.

import {
  guessKind,
  readSuppression,
  SUPPRESSION_KINDS,
  type SuppressedValue,
  type SuppressionKind,
} from "./suppression.ts";

type ListRow = SuppressedValue & { reason: string | null };
type ListError = { row: number; value: string; error: string };
type ReadList = { rows: ListRow[]; errors: ListError[]; total: number };

export function readSuppressionList(
  text: string,
  kind: SuppressionKind | null,
  reason: string | null,
): ReadList {
  const lines = parseCsv(text.replace(/^\uFEFF/, ""));
  const header = headerIn(lines[0]?.cells);
  const rows: ListRow[] = [];
  const errors: ListError[] = [];
  let total = 0;
  for (const { cells, row } of header ? lines.slice(1) : lines) {
    const {
      value: given,
      kind: column,
      reason: why,
    } = cellsBy(header ?? { value: 0, kind: -1, reason: 1 }, cells);
    const value = given?.replace(/^'(?=[=+\-@])/, ""); // as files of ours keep spreadsheets from running a cell
    if (!value) continue;
    total++;
    const as = kind ?? kindIn(column) ?? guessKind(value);
    const read = readSuppression(as, value);
    if (read === null)
      errors.push({
        row,
        value: value.slice(0, 100),
        error: `is not ${kind ? `a valid ${as}` : "an email address, a domain or a pattern"}`,
      });
    else rows.push({ kind: as, value: read, reason: why?.slice(0, 1000) || reason });
  }
  return { rows, errors, total };
}

type Columns = { value: number; kind: number; reason: number };

const VALUE_NAMES = ["value", "email", "email address", "e-mail", "address", "domain", "pattern"];

function headerIn(cells: readonly string[] | undefined): Columns | null {
  const names = (cells ?? []).map((cell) => cell.trim().toLowerCase());
  const value = names.findIndex((name) => VALUE_NAMES.includes(name));
  if (value < 0) return null;
  return {
    value,
    kind: names.findIndex((name) => name === "kind" || name === "type"),
    reason: names.indexOf("reason"),
  };
}

function cellsBy(columns: Columns, cells: readonly string[]) {
  const at = (index: number) => cells[index]?.trim();
  return { value: at(columns.value), kind: at(columns.kind), reason: at(columns.reason) };
}

function kindIn(text: string | undefined) {
  return SUPPRESSION_KINDS.find((kind) => kind === text?.toLowerCase());
}

type Line = { cells: string[]; row: number };

/** RFC 4180, with comma, semicolon or tab, and rows counted as lines of the file. */
function parseCsv(text: string): Line[] {
  const separator = [",", ";", "\t"].find((mark) => (text.split("\n", 1)[0] ?? "").includes(mark)) ?? ",";
  const lines: Line[] = [];
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let row = 1;
  let startsAt = 1;
  const endCell = () => {
    cells.push(cell);
    cell = "";
  };
  const endLine = () => {
    endCell();
    lines.push({ cells, row: startsAt });
    cells = [];
    startsAt = row;
  };
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] as string;
    if (mark === "\n") row++;
    if (isQuoted) {
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (mark === '"' && cell.trim() === "") {
      cell = "";
      isQuoted = true;
    } else if (mark === separator) endCell();
    else if (mark === "\n") endLine();
    else if (mark !== "\r") cell += mark;
  }
  if (cell !== "" || cells.length > 0) endLine();
  return lines;
}
