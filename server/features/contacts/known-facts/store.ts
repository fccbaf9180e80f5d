// Writing what a source knows, many rows at once: what it does not say stays as it was, and what was never said is empty.

type Columns = Readonly<Record<string, readonly [column: string, type: string]>>;

// Columns that are never null: nothing said is an empty list.
const EMPTY: Readonly<Record<string, string>> = { "text[]": "'{}'" };
const EMPTY_JSON: Readonly<Record<string, string>> = {
  departmental_head_count: "'{}'",
  headcount_growth: "'{}'",
};

/** The SQL for writing a table of columns; `g` is the given row, `t` the existing one. */
export function writingOf(columns: Columns) {
  const all = Object.values(columns);
  const given = all.map(([column, type]) => {
    const empty = type === "jsonb" ? (EMPTY_JSON[column] ?? "'[]'") : EMPTY[type];
    return [column, empty ? `coalesce(g.${column}, ${empty})` : `g.${column}`] as const;
  });
  return {
    names: all.map(([column]) => column).join(", "),
    types: all.map(([column, type]) => `${column} ${type}`).join(", "),
    given: given.map(([, value]) => value).join(", "),
    changed: all.map(([column]) => `${column} = coalesce(g.${column}, t.${column})`).join(", "),
    /** As it was before: what is among `g.told` becomes what is given, or nothing. */
    restored: given
      .map(
        ([column, value]) =>
          `${column} = case when '${column}' = any (g.told) then ${value} else t.${column} end`,
      )
      .join(", "),
  };
}

/** What is known by our words, nothing where it is empty: facts that can be compared, and put back. */
export function factsFromRow(columns: Columns, row: Readonly<Record<string, unknown>>) {
  const facts: Record<string, unknown> = {};
  for (const key of Object.keys(columns)) facts[key] = isEmpty(row[key]) ? null : row[key];
  return facts;
}

export function isEmpty(value: unknown) {
  if (value === null || value === undefined) return true;
  return typeof value === "object" && Object.keys(value).length === 0 && isPlain(value);
}

function isPlain(value: object) {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** For `restored`: a row, and which of its columns are told of. */
export function toldRow(columns: Columns, facts: Readonly<Record<string, unknown>>) {
  const told = Object.entries(columns).flatMap(([key, [column]]) => (key in facts ? [column] : []));
  return { told, ...rowFromFacts(columns, facts) };
}

/** Without what was not said: most of a row, and of the text it is sent as. */
export function rowFromFacts(columns: Columns, facts: Readonly<Record<string, unknown>>) {
  const row: Record<string, unknown> = {};
  for (const [key, [column]] of Object.entries(columns)) {
    const value = facts[key];
    if (value !== undefined && value !== null) row[column] = value;
  }
  return row;
}
