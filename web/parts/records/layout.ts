// How the user has arranged a table. The session brings all of it, so that no table is drawn once with other columns; a change is
// shown at once and written behind it, so that it is there in another browser too.

import type { TableName } from "@cadenza/contract";
import { t } from "../../language/t.ts";
import { api, queries, type SignedIn, sessionQuery, useMe } from "../../session.ts";
import { toast } from "../toast.tsx";
import { accountFor } from "../trouble.ts";
import { type ChangeLayout, DEFAULT_LAYOUT, isDefault, type Layout } from "./columns.ts";

export type TableLayout = {
  /** Null while a saved view is on its way. */
  now: Layout | null;
  change: ChangeLayout;
};

/** Without a table there is nothing to arrange. */
export function useLayout(table: TableName | null): TableLayout & { now: Layout } {
  const { table_layouts } = useMe();
  const now = layoutAmong(table_layouts, table);
  return { now, change: (how) => (table ? keepLayout(table, how) : how(now)) };
}

function layoutAmong(kept: SignedIn["table_layouts"], table: TableName | null): Layout {
  return kept.find((one) => one.table === table) ?? DEFAULT_LAYOUT;
}

function keepLayout(table: TableName, how: (now: Layout) => Layout) {
  const session = queries.getQueryData<SignedIn | null>(sessionQuery.queryKey);
  const next = how(layoutAmong(session?.table_layouts ?? [], table));
  queries.setQueryData<SignedIn | null>(sessionQuery.queryKey, (session) => {
    if (!session) return session;
    const others = session.table_layouts.filter((one) => one.table !== table);
    return { ...session, table_layouts: [...others, wishOf(table, next)] };
  });
  unsaved.set(table, next);
  void save(table);
  return next;
}

const unsaved = new Map<TableName, Layout>();
const beingSaved = new Set<TableName>();

/** One write after another, of the last state each time: keys held down change a width forty times a second. */
async function save(table: TableName) {
  if (beingSaved.has(table)) return;
  beingSaved.add(table);
  try {
    for (let next = unsaved.get(table); next; next = unsaved.get(table)) {
      unsaved.delete(table);
      if (isDefault(next)) await api.tableLayouts.reset({ table });
      else await api.tableLayouts.save(wishOf(table, next));
    }
  } catch (error) {
    toast(t("Your columns were not saved. {why}", { why: accountFor(error, "writing").happened }));
  } finally {
    beingSaved.delete(table);
  }
}

function wishOf(table: TableName, { columns, pinned, widths }: Layout) {
  return { table, columns: columns && [...columns], pinned: [...pinned], widths: { ...widths } };
}
