// Lines of a file that spreadsheets read (RFC 4180).
//
// Easy to get wrong here: a spreadsheet takes a cell that begins with = + - or @ for a formula, and runs it; people's
// names come from strangers. In some regions it separates cells by semicolons, even inside quotation marks, so what
// follows one begins a cell, too.

export type CsvCell = string | number | boolean | null;

export type Lines = readonly (readonly CsvCell[])[];

export function printLines(rows: Lines) {
  return rows.map((row) => `${row.map(printCell).join(",")}\r\n`).join("");
}

function printCell(cell: CsvCell) {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = disarmed(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const FORMULA = "[=+\\-@\\uff0b\\uff0d\\uff1d\\uff20]";
const BEGINS = `'*(?:["\\s]*${FORMULA}|[\\t\\r])`;
// Each run of separators, quotation marks and white space is looked at once, from its beginning: a cell may be a megabyte of tabs.
const RUN = `(?<![;"\\s])[;"\\s]+`;
const BEFORE_ARMED = [new RegExp(`^(?=${BEGINS})`), new RegExp(`${RUN}(?='*${FORMULA})`, "g")] as const;
const BEFORE_DISARMED = [new RegExp(`^'(?=${BEGINS})`), new RegExp(`${RUN}'(?='*${FORMULA})`, "g")] as const;
const SEPARATOR = /[;\t]/;

/** With an apostrophe before whatever would be run, and before one that stands there: so `rearmed` gives back what it was. */
export function disarmed(cell: string) {
  const [atStart, behind] = BEFORE_ARMED;
  return cell.replace(atStart, "'").replace(behind, (run) => (SEPARATOR.test(run) ? `${run}'` : run));
}

/** A cell of a file that was written so, by us or by others who do the same: what it was before. */
export function rearmed(cell: string) {
  if (!cell.includes("'")) return cell;
  const [atStart, behind] = BEFORE_DISARMED;
  const inner = cell.replace(behind, (run) => (SEPARATOR.test(run) ? run.slice(0, -1) : run));
  return inner.replace(atStart, ""); // what was done last is undone first
}
