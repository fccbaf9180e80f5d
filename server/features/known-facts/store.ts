// Writing what a source knows, many rows at once: what it does not say stays as it was, and what was never said is empty.

type Columns = Readonly<Record<string, readonly [column: string, type: string]>>;

// Columns that are never null: nothing said is an empty list.
const EMPTY: Readonly<Record<string, string>> = { "text[]": "'{}'" };
const EMPTY_JSON: Readonly<Record<string, string>> = {
  departmental_head_count: "'{}'",
  headcount_growth: "'{}'",
};

/** The pieces of SQL that a table of columns comes to; `g` is what was given, `t` the row that is there. */
export function writingOf(columns: Columns) {
  const all = Object.values(columns);
  return {
    names: all.map(([column]) => column).join(", "),
    types: all.map(([column, type]) => `${column} ${type}`).join(", "),
    given: all
      .map(([column, type]) => {
        const empty = type === "jsonb" ? (EMPTY_JSON[column] ?? "'[]'") : EMPTY[type];
        return empty ? `coalesce(g.${column}, ${empty})` : `g.${column}`;
      })
      .join(", "),
    changed: all.map(([column]) => `${column} = coalesce(g.${column}, t.${column})`).join(", "),
  };
}

/** Without what was not said: most of a row, and of the text it is sent as. */
export function rowOf(columns: Columns, facts: Readonly<Record<string, unknown>>) {
  const row: Record<string, unknown> = {};
  for (const [key, [column]] of Object.entries(columns)) {
    const value = facts[key];
    if (value !== undefined && value !== null) row[column] = value;
  }
  return row;
}
