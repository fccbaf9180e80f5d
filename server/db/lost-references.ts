// Where rows were put in without those that they refer to, what was left out counts as deleted: a row that would be deleted with it is
// deleted, and a reference that would be emptied is emptied.

import type pg from "pg";
import { quoted } from "./snapshot-tables.ts";

type Reference = {
  table: string;
  to: string;
  columns: string[];
  keys: string[];
  /** What a deletion empties; null: it deletes the row. */
  emptied: string[] | null;
};

/** In a transaction in which foreign keys do not look. */
export async function endLostReferences(client: pg.Client) {
  const { rows: references } = await client.query<Reference>(REFERENCES);
  // A row that is deleted may be what another one refers to.
  for (let ended = 1; ended > 0; ) {
    ended = 0;
    for (const reference of references) ended += (await client.query(ending(reference))).rowCount ?? 0;
  }
}

function ending({ table, to, columns, keys, emptied }: Reference) {
  const isWhole = columns.map((column) => `t.${quoted(column)} is not null`).join(" and ");
  const isSame = columns.map((column, n) => `o.${quoted(keys[n] ?? "")} = t.${quoted(column)}`).join(" and ");
  const lost = `where ${isWhole} and not exists (select from ${to} o where ${isSame})`;
  if (emptied === null) return `delete from ${table} t ${lost}`;
  return `update ${table} t set ${emptied.map((column) => `${quoted(column)} = null`).join(", ")} ${lost}`;
}

const namesOf = (table: string, numbers: string) =>
  `array(select attname::text from unnest(${numbers}) with ordinality k (n, at)
           join pg_attribute on attrelid = ${table} and attnum = n order by at)`;

const REFERENCES = `
  select c.conrelid::regclass::text as table, c.confrelid::regclass::text as to,
         ${namesOf("c.conrelid", "c.conkey")} as columns, ${namesOf("c.confrelid", "c.confkey")} as keys,
         case c.confdeltype when 'n' then ${namesOf("c.conrelid", "coalesce(c.confdelsetcols, c.conkey)")} end as emptied
    from pg_constraint c
   where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0`;
