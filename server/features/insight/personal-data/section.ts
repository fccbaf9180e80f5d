// How a table of the database becomes a part of what is kept about a person. In statements `t` is the table, $1 the team and $2 the
// contact.

export type Section = {
  name: string;
  title: string;
  /** What it is and what for, in a sentence that the person can read. */
  about: string;
  table: string;
  /** Which of its rows are about the person. */
  where: string;
  order: string;
  /** What is shown of a row: its name there, and the expression. */
  shows: Readonly<Record<string, string>>;
  /** Columns that say nothing about a person: keys, locks, what is reckoned from the others. */
  leaves: readonly string[];
};

export const OF_CONTACT = "t.contact_id = $2";
/** Mails to them, and copies of them to others. */
export const THEIR_MAILS = "(select m.id from messages m where m.team_id = $1 and m.contact_id = $2)";
export const THEIR_ADDRESSES = `(select lower(c.email) from contacts c where c.team_id = $1 and c.id = $2 and c.email is not null
  union select lower(e.email) from contact_emails e where e.team_id = $1 and e.contact_id = $2)`;

/** Columns shown as they stand. */
export function plain<const Column extends string>(...columns: readonly Column[]): Record<Column, string> {
  return Object.fromEntries(columns.map((column) => [column, `t.${column}`])) as Record<Column, string>;
}

/** The name of the record that a column names, since its id says nothing to a reader. */
export function named(column: string, table: string, name = "name") {
  return `(select n.${name} from ${table} n where n.team_id = t.team_id and n.id = t.${column})`;
}

export function colleague(column: string) {
  return named(column, "users", "email");
}

export function statementOf({ table, where, order, shows }: Section) {
  const pairs = Object.entries(shows).map(([name, expression]) => `'${name}', ${expression}`);
  return `select jsonb_strip_nulls(${objectOf(pairs)}) as record from ${table} t where t.team_id = $1 and ${where} order by ${order}`;
}

/** A function takes at most a hundred arguments. */
function objectOf(pairs: readonly string[]) {
  const parts: string[] = [];
  for (let at = 0; at < pairs.length; at += 40)
    parts.push(`jsonb_build_object(${pairs.slice(at, at + 40).join(", ")})`);
  return parts.join(" || ");
}
