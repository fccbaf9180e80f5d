// The proof that everything arrived. Without it the folders are not exchanged.

import type pg from "pg";
import { OWNER } from "../embedded/cluster.ts";
import { CannotStartDatabase } from "../embedded/errors.ts";
import { readRoles } from "./roles.ts";
import { digestOf } from "./rows.ts";
import { refuseOtherSchema } from "./schema.ts";
import { type Copied, placeOf, reading, sequencesIn, type Table } from "./tables.ts";

/** `compared` is told the share of the tables that are compared. */
export async function refuseDifference(
  from: pg.Client,
  to: pg.Client,
  copied: readonly Copied[],
  compared: (share: number) => void,
) {
  await refuseOtherSchema(from, to);
  let checked = 0;
  for (const { table, digest } of copied) {
    const here = await digestOf(to, reading(table));
    if (here.rows !== digest.rows || here.sum !== digest.sum) throw differs(table, digest.rows, here.rows);
    compared(++checked / copied.length);
  }
  const [was, is] = [await sequencesIn(from), await sequencesIn(to)].map((all) => JSON.stringify(all));
  if (was !== is) throw notEqual("the numbers that are given out next");
  const [logins, here] = [await readRoles(from), await readRoles(to)].map((all) =>
    JSON.stringify({
      ...all,
      roles: all.roles.map(({ name, options, password }) => [name, options, name === OWNER || password]),
    }),
  );
  if (logins !== here) throw notEqual("the logins");
}

function differs({ schema, name }: Table, before: number, after: number) {
  return notEqual(`the table ${placeOf({ schema, name })} (${before} rows before, ${after} after)`);
}

function notEqual(what: string) {
  return new CannotStartDatabase(
    `The copy of the database was compared with the one before, and is not equal: ${what}. Nothing was changed. ` +
      "Start the earlier version of Cadenza, and report this.",
  );
}
