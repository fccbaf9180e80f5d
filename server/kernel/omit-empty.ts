/**
 * A row as Apollo's n8n node sends it, which sends every field of its form: what was left empty was not said there, and is
 * not to be taken away.
 */
export function withoutBlanks<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")) as Row;
}
