// Reading what a line of a file says, whichever of the usual names its fields have. Whatever cannot be read is left out.

export type FieldsByName = ReadonlyMap<string, unknown>;

/** By plain names: `First Name` and `first_name` are the same. Only what the line itself says. */
export function lineOf(entries: Iterable<readonly [string, unknown]>): FieldsByName {
  return new Map([...entries].map(([name, value]) => [plainName(name), value]));
}

function plainName(name: string) {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What no database stores (NUL, half a letter) is left out. */
export function text(line: FieldsByName, names: readonly string[], most = 1_000): string | null {
  for (const name of names) {
    const value = line.get(name);
    if (typeof value !== "string" && typeof value !== "number") continue;
    const said = clean(String(value)).slice(0, most);
    if (said) return said;
  }
  return null;
}

function clean(value: string) {
  return value.replaceAll("\0", "").toWellFormed().trim();
}

const MOST_TEXTS = 200;

/** A list, or a cell with `;` or `|` between. */
export function texts(line: FieldsByName, names: readonly string[]): string[] | null {
  for (const name of names) {
    const value = line.get(name);
    const all = Array.isArray(value) ? value : typeof value === "string" ? value.split(/[;|]/) : [];
    const said = all
      .filter((one) => typeof one === "string" || typeof one === "number")
      .map((one) => clean(String(one)).slice(0, 200))
      .filter(Boolean)
      .slice(0, MOST_TEXTS);
    if (said.length > 0) return [...new Set(said)];
  }
  return null;
}

/** `1,200`, `1 200` and `1200` are one number. */
export function number(line: FieldsByName, names: readonly string[], most = 1e15): number | null {
  for (const name of names) {
    const value = line.get(name);
    const digits =
      typeof value === "number"
        ? String(value)
        : typeof value === "string"
          ? value.replace(/[\s,_']/g, "")
          : "";
    if (!/^\d+(?:\.\d+)?$/.test(digits)) continue;
    const number = Math.round(Number(digits));
    if (number <= most) return number;
  }
  return null;
}

export function day(value: unknown): string | null {
  const found = typeof value === "string" ? /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(value.trim()) : null;
  if (!found) return null;
  const text = `${found[1]}-${found[2]}-${found[3] ?? "01"}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && text >= "1000-01-01"
    ? text
    : null;
}
