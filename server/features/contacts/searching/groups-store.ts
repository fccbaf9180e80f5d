// A table of records in groups: one per stage, owner or company, in that order, with how many are in each. The rows of a page
// come in the same order, so each group begins where the one before ends.

import type { Db } from "../../../db/connect.ts";

/** More groups than this are not answered: the rows of the others follow without one. */
const MOST_GROUPS = 1_000;

export type Group = { id: string | null; name: string | null; count: number };

/** What rows are grouped by: an expression to order by, the id and the title of each row's group, and the name of a group `g` of them. */
export type Grouping = { by: string; id: string; title: string; name: string };

/** `from` and `where` are the caller's own, never anything that was sent. */
export function countGroups(
  db: Db,
  { by, id, title, name }: Grouping,
  { from, where }: { from: string; where: string },
  params: readonly unknown[],
) {
  return db.rows<Group>(
    `select g.id, ${name} as name, g.count
       from (select ${by} as place, min(${id}) as id, min(${title}) as title, count(*)::int as count
               from ${from} where ${where} group by 1) g
      order by g.place nulls last limit ${MOST_GROUPS}`,
    params,
  );
}
