// Prepared statements: which are prepared, under which name, and how their rows become objects.

import type pg from "pg";

// A statement that is used again and again is prepared once per connection, under a name of its own. One that a search or a
// score puts together may have thousands of shapes, and each that is prepared is kept by every connection: a few uses
// come first, those that were used last are remembered, and a connection that keeps too many forgets them all.
type Statement = {
  name: string | undefined;
  uses: number;
  toObject: ((values: unknown[]) => unknown) | null;
};

const statements = new Map<string, Statement>();
const USES_BEFORE_NAMED = 3;
const MOST_REMEMBERED = 2_000;
const MOST_PREPARED = 1_500;
let named = 0;

export function statementFor(sql: string): Statement {
  const statement = statements.get(sql) ?? { name: undefined, uses: 0, toObject: null };
  if (++statement.uses === USES_BEFORE_NAMED) statement.name = `s${named++}`;
  // Set again, so that what is used stands last; not at every use, for it costs as much as all the rest here.
  if (statement.uses === 1 || statement.uses % 64 === 0) {
    statements.delete(sql);
    statements.set(sql, statement);
    if (statements.size > MOST_REMEMBERED) statements.delete(statements.keys().next().value as string);
  }
  return statement;
}

/** The two lists that the driver keeps of what a connection has prepared. */
type Prepared = {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
};

const preparedOn = new WeakMap<object, number>();

/** Nothing is under way on a connection that was just taken from the pool. */
export function forgetPrepared(client: pg.ClientBase) {
  const connection = (client as unknown as { connection: Prepared }).connection;
  const looks = (preparedOn.get(connection) ?? 0) + 1;
  preparedOn.set(connection, looks);
  if (looks % 256 !== 0 || Object.keys(connection.parsedStatements).length <= MOST_PREPARED) return "";
  connection.parsedStatements = {};
  connection.submittedNamedStatements = {};
  return "deallocate all; ";
}

export function camel(column: string) {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Written out as one literal, as drivers and schema libraries do: an object that is filled name by name costs seven times
 * as much. The names are columns of statements of ours, and whatever else they hold is quoted.
 */
export function objectMaker(keys: readonly string[]) {
  const fields = keys.map((key, i) => `${JSON.stringify(key)}: values[${i}]`);
  return new Function("values", `return { ${fields.join(", ")} };`) as (values: unknown[]) => unknown;
}
