// Answers for people: a table of a list, lines for one thing. What others wrote is shown without the control characters
// by which a text could take over a terminal.

export type Row = Record<string, unknown>;

/** The words people look for, in the order in which they are shown. */
const FIRST = [
  "id name title subject display_name email value key status state verdict type kind code active modality",
  "email_status role domain priority due_at amount sentence says count total done at created_at updated_at",
]
  .join(" ")
  .split(" ");
const MOST_COLUMNS = 6;

export function tableOf(
  rows: readonly Row[],
  { columns, width }: { columns?: readonly string[]; width: number },
): string {
  if (rows.length === 0) return "Nothing.";
  const shown = columns ?? columnsFor(rows);
  const cells = rows.map((row) => shown.map((column) => cell(row[column])));
  const heads = shown.map((column) => column.replaceAll("_", " ").toUpperCase());
  const widths = fit(
    shown.map((_, index) => Math.max(...[heads, ...cells].map((line) => lengthOf(line[index] ?? "")))),
    shown,
    width,
  );
  return [heads, ...cells]
    .map((line) =>
      line
        .map((text, index) => pad(text, widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function columnsFor(rows: readonly Row[]) {
  const sample = rows.slice(0, 50);
  const isShort = (key: string) =>
    sample.some((row) => isPlain(row[key]) && row[key] !== null && row[key] !== "");
  const keys = [...new Set(sample.flatMap((row) => Object.keys(row)))].filter(isShort);
  const known = FIRST.filter((key) => keys.includes(key));
  const rest = keys.filter((key) => !FIRST.includes(key) && !key.endsWith("_id"));
  return [...known, ...rest].slice(0, MOST_COLUMNS);
}

const isPlain = (value: unknown) => value === null || ["string", "number", "boolean"].includes(typeof value);

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return clean(value).replace(/\s+/g, " ");
  return clean(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** Without what a terminal would obey, and without what turns lines round. */
export function clean(text: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** Ids stay whole, because they are copied; the widest of the others gives way first. */
function fit(widths: readonly number[], columns: readonly string[], width: number) {
  const fitted = [...widths];
  const isWhole = (index: number) => /(?:^|_)id$/.test(columns[index] ?? "");
  const over = () => fitted.reduce((sum, one) => sum + one + 2, -2) - width;
  while (over() > 0) {
    const widest = fitted.reduce(
      (most, one, index) => (!isWhole(index) && one > (fitted[most] ?? 0) ? index : most),
      fitted.findIndex((_, index) => !isWhole(index)),
    );
    if (widest < 0 || (fitted[widest] ?? 0) <= 8) break;
    fitted[widest] = Math.max(8, (fitted[widest] ?? 0) - Math.max(1, over() >> 1));
  }
  return fitted;
}

const lengthOf = (text: string) => [...text].length;

function pad(text: string, width: number) {
  const letters = [...text];
  return letters.length > width
    ? `${letters.slice(0, width - 1).join("")}…`
    : text + " ".repeat(width - letters.length);
}

/** One thing, a line for each of what it has. What is empty is left out. */
export function linesOf(thing: Row): string {
  const shown = Object.entries(thing).filter(
    ([, value]) => value !== null && value !== "" && !isEmpty(value),
  );
  const width = Math.max(0, ...shown.map(([key]) => key.length));
  return shown.map(([key, value]) => `${key.padEnd(width)}  ${cell(value)}`).join("\n") || "Nothing.";
}

function isEmpty(value: unknown) {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Escaped so that it is the same JSON and harmless on a terminal. */
export function jsonOf(value: unknown) {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
