// The new database gets its tables from the migrations that the old one has. What a person added to the old one beside them is carried
// over where it holds no rows: indexes, views, rights. Anything else is refused with its name, for it would be lost.

import type pg from "pg";
import { CannotStartDatabase } from "../embedded/errors.ts";
import { readSchema } from "./schema-facts.ts";

const MOST_NAMED = 5;

/** Answers what was carried over. */
export async function carryAdditions(from: pg.Client, to: pg.Client): Promise<string[]> {
  const [old, here] = [await readSchema(from), await readSchema(to)];
  const added = [...old.keys()].filter((what) => !here.has(what));
  const carried: string[] = [];
  for (const what of [...added.filter(isView), ...added.filter(isIndex), ...added.filter(isExtension)]) {
    await to.query(await statementFor(from, what));
    carried.push(what);
  }
  const { here: now, left } = await leftOut(to, old);
  for (const what of left.filter((one) => one.startsWith("right "))) {
    await to.query(
      `grant ${what.slice("right ".length)}${old.get(what) === "true" ? " with grant option" : ""}`,
    );
    carried.push(what);
  }
  for (const what of [...now.keys()].filter((one) => one.startsWith("right ") && !old.has(one)))
    await to.query(`revoke ${what.slice("right ".length).replace(/ to (\S+)$/, " from $1")}`);
  return carried;
}

async function leftOut(to: pg.Client, old: ReadonlyMap<string, string>) {
  const here = await readSchema(to);
  return { here, left: [...old].filter(([what, how]) => here.get(what) !== how).map(([what]) => what) };
}

/** Everything that the old one has is in the new one, and made in the same way. */
export async function refuseOtherSchema(from: pg.Client, to: pg.Client) {
  const { left } = await leftOut(to, await readSchema(from));
  if (left.length === 0) return;
  const named = left.slice(0, MOST_NAMED).join("; ");
  const more = left.length > MOST_NAMED ? `; and ${left.length - MOST_NAMED} more` : "";
  throw new CannotStartDatabase(
    `The database has something that Cadenza did not make and cannot move: ${named}${more}. Nothing was changed. ` +
      "Start the earlier version of Cadenza, save and remove it, and start this version again.",
  );
}

const isIndex = (what: string) => what.startsWith("index ");
const isView = (what: string) => /^(?:materialized )?view /.test(what);
const isExtension = (what: string) => what.startsWith("extension ");

async function statementFor(from: pg.Client, what: string): Promise<string> {
  const name = what.replace(/^(?:index|materialized view|view|extension) /, "");
  if (isExtension(what)) return `create extension if not exists ${name} cascade`;
  const definition = isIndex(what) ? "pg_get_indexdef($1::regclass)" : "pg_get_viewdef($1::regclass)";
  const { rows } = await from.query<{ text: string }>(`select ${definition} as text`, [name]);
  const text = rows[0]?.text ?? "";
  return isIndex(what)
    ? text
    : `create ${what.startsWith("view") ? "view" : "materialized view"} ${name} as ${text}`;
}
