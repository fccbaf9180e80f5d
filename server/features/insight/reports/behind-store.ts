// The rows behind one number of a report: those that the number counts, by the same words (counting-store.ts).

import type { Db } from "../../../db/connect.ts";
import { COUNTS_OF_PEOPLE, type Count } from "../../../domain/insight/report-metrics.ts";
import { WHICH } from "../../sending/message-days/rows-store.ts";
import { type CountQuery, countedRows } from "./counting-store.ts";

/** Null: whatever belongs to none. Undefined: whatever it belongs to. */
export type ReportCell = { g: string | null | undefined; p: string | null | undefined };

export type Behind = {
  id: string;
  at: Temporal.Instant | null;
  contactId: string | null;
  contactName: string | null;
  title: string | null;
};

export type PageBounds = { limit: number; offset: number };

type Asked = Omit<CountQuery, "counts" | "cuts"> & { count: Count; cell: ReportCell };

/** The latest first. */
export async function listRowsBehind(db: Db, teamId: string, asked: Asked, { limit, offset }: PageBounds) {
  const { count, cell } = asked;
  const { rows, of, values, keep, shown } = countedRows(teamId, asked, (part) => cell[part] !== undefined);
  const inCell = (["g", "p"] as const).flatMap((part) => {
    const key = cell[part];
    if (key === undefined) return [];
    return key === null ? [`m.${part} is null`] : [`${shown(part)} = ${keep(key)}::text`];
  });
  const which = WHICH[count];
  const where = [...inCell, ...(which === null ? [] : [`(${which})`])];
  const { contact, title } = of.shown;
  // A person stands there once, with the latest of theirs.
  const isOfPeople = COUNTS_OF_PEOPLE.includes(count);
  const sql = `
    with found as (
      select ${isOfPeople ? "distinct on (m.contact_id) m.contact_id" : "m.id"}::text as id, m.at,
             (${contact})::text as contact_id, (${title})::text as title
        from (${rows}) m
       where ${[...where, ...(isOfPeople ? ["m.contact_id is not null"] : [])].join(" and ") || "true"}
       ${isOfPeople ? "order by m.contact_id, m.at desc nulls last" : ""})
    select t.total, f.*
      from (select count(*) as total from found) t
      left join lateral (
        select f.id, f.at, f.contact_id, f.title, coalesce(k.name, k.email) as contact_name
          from found f
          left join contacts k on k.team_id = $1 and k.id = f.contact_id
         order by f.at desc nulls last, f.id
         limit ${keep(limit)} offset ${keep(offset)}) f on true`;
  const found = (await db.raw(sql, values)).rows;
  return {
    total: Number(found[0]?.total ?? 0),
    rows: found.filter(({ id }) => id !== null).map(behindOf),
  };
}

function behindOf(row: Record<string, unknown>): Behind {
  return {
    id: row.id as string,
    at: row.at as Temporal.Instant | null,
    contactId: row.contact_id as string | null,
    contactName: row.contact_name as string | null,
    title: row.title as string | null,
  };
}
