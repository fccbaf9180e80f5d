// Lines of a file that spreadsheets read (RFC 4180).
//
// Easy to get wrong here: a spreadsheet takes a cell that begins with = + - or @ for a formula, and runs it; people's
// names come from strangers.

export type Cell = string | number | boolean | null;

export type Lines = readonly (readonly Cell[])[];

export function printLines(rows: Lines) {
  return rows.map((row) => `${row.map(printCell).join(",")}\r\n`).join("");
}

function printCell(cell: Cell) {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = /^["\s]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
