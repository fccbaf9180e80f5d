// A file of JSON, one object to a line, as rows of cells: each key is a column, in the order in which they turn up.
//
// Easy to get wrong: one line may say what the next does not, so the columns are only known once all of it was read; and what
// no database stores (half a letter) is made whole here. Lists become a cell with semicolons; what is deeper stays JSON.

import type { RowSkipCode } from "../../../domain/imports/import-rows.ts";
import { FileUnreadable } from "./unreadable.ts";

export type JsonRecord = { row: number; cells: string[]; fault?: RowSkipCode };

const LONGEST_NAME = 200;

/** Keys that are not among the `names` yet are added to them; a line is numbered from 1. */
export async function* jsonRecords(
  pieces: AsyncIterable<Buffer>,
  names: string[],
  limits: { columns: number; line: number },
  isPart: boolean,
): AsyncGenerator<JsonRecord> {
  const places = new Map(names.map((name, place) => [name, place]));
  let row = 0;
  for await (const line of linesOf(pieces, limits.line, isPart)) {
    row++;
    const text = line.toString();
    if (text.trim() === "") continue;
    const entries = entriesOf(text);
    if (typeof entries === "string") {
      yield { row, cells: [], fault: entries };
      continue;
    }
    const cells: string[] = [];
    for (const [name, cell] of entries) {
      const place = places.get(name) ?? names.length;
      if (place === names.length) {
        if (place === limits.columns)
          throw new FileUnreadable("import_too_many_columns", { count: place + 1, limit: limits.columns });
        names.push(name);
        places.set(name, place);
      }
      cells[place] ||= cell;
    }
    yield { row, cells: Array.from(cells, (cell) => cell ?? "") };
  }
}

function entriesOf(line: string): (readonly [string, string])[] | RowSkipCode {
  try {
    const read: unknown = JSON.parse(line);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return "line_no_object";
    const named = Object.entries(read).map(
      ([name, value]) => [name.trim().slice(0, LONGEST_NAME).toWellFormed().trim(), cellOf(value)] as const,
    );
    return named.filter(([name]) => name !== "");
  } catch {
    return "line_no_json"; // nor is what nests too deeply to be written out again
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value).toWellFormed();
  const isPlain =
    Array.isArray(value) && value.every((one) => typeof one === "string" && !/[;|[{]/.test(one));
  return (isPlain ? value.join("; ") : JSON.stringify(value)).toWellFormed();
}

/** Without their ends. What follows the last end is a line too, unless the file is cut off there. */
async function* linesOf(pieces: AsyncIterable<Buffer>, longest: number, isPart: boolean) {
  let held: Buffer[] = [];
  let length = 0;
  let row = 1;
  const hold = (piece: Buffer) => {
    held.push(piece);
    length += piece.length;
    if (length > longest) throw new FileUnreadable("import_row_too_long", { row, limit: "1 MB" });
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, from)) {
      hold(piece.subarray(from, end));
      yield held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
      held = [];
      length = 0;
      row++;
      from = end + 1;
    }
    if (from < piece.length) hold(piece.subarray(from));
  }
  if (length > 0 && !isPart) yield Buffer.concat(held);
}
