// A list of what to bar, as people have it: bare lines, or CSV out of a spreadsheet.

import { codeWords } from "../../kernel/code-words.ts";
import { say } from "../../kernel/say.ts";
import {
  guessKind,
  readSuppression,
  SUPPRESSION_KINDS,
  type SuppressedValue,
  type SuppressionKind,
} from "./suppression.ts";

export type ListRow = SuppressedValue & { reason: string | null };
export type ListError = { row: number; value: string; error: string };

/** What each line says, one by one: a list may be long, and who reads it lets others be served in between. */
export function* suppressionsIn(
  text: string,
  kind: SuppressionKind | null,
  reason: string | null,
): Generator<{ entry: ListRow } | { fault: ListError }> {
  let columns: Columns | null = null;
  for (const { cells, row } of linesOfCsv(text.replace(/^\uFEFF/, ""))) {
    if (columns === null) {
      const header = headerIn(cells);
      columns = header ?? { value: 0, kind: -1, reason: 1 };
      if (header) continue;
    }
    const { value: given, kind: column, reason: why } = cellsBy(columns, cells);
    const value = given?.replace(/^'(?=[=+\-@])/, ""); // as files of ours keep spreadsheets from running a cell
    if (!value) continue;
    const as = kind ?? kindIn(column) ?? guessKind(value);
    const read = readSuppression(as, value);
    if (read !== null) yield { entry: { kind: as, value: read, reason: why?.slice(0, 1000) || reason } };
    else {
      const error = kind
        ? say("is not a valid {kind}", { kind: codeWords(as) })
        : say("is not an email address, a domain or a pattern");
      yield { fault: { row, value: value.slice(0, 100), error } };
    }
  }
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
function* linesOfCsv(text: string): Generator<Line> {
  const separator = [",", ";", "\t"].find((mark) => (text.split("\n", 1)[0] ?? "").includes(mark)) ?? ",";
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let row = 1;
  let startsAt = 1;
  const endCell = () => {
    cells.push(cell);
    cell = "";
  };
  const endLine = (): Line => {
    endCell();
    const line = { cells, row: startsAt };
    cells = [];
    startsAt = row;
    return line;
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
    else if (mark === "\n") yield endLine();
    else if (mark !== "\r") cell += mark;
  }
  if (cell !== "" || cells.length > 0) yield endLine();
}
