// What a user does to their own tables is no news to anybody else, and one drag of a border may save twice: nothing is recorded.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import * as store from "./store.ts";

/** What a table can show: its own columns, and custom fields. */
type Known = { columns: readonly string[]; hasFields: boolean };

export async function saveTableLayout({ db, caller, now }: Act, layout: store.LayoutRow, known: Known) {
  const { tableName, columns, pinned, widths } = layout;
  refuseUnknown(tableName, known, "columns", columns ?? []);
  refuseUnknown(tableName, known, "pinned", pinned);
  refuseUnknown(tableName, known, "widths", Object.keys(widths));
  await store.saveLayout(db, caller.teamId, caller.userId, layout, now);
  return layout;
}

export async function resetTableLayout({ db, caller }: Act, tableName: string): Promise<store.LayoutRow> {
  await store.deleteLayout(db, caller.teamId, caller.userId, tableName);
  return { tableName, columns: null, pinned: [], widths: {} };
}

/** A custom field that was deleted meanwhile is kept and not shown: the browser may not have heard of it yet. */
function refuseUnknown(table: string, { columns, hasFields }: Known, name: string, ids: readonly string[]) {
  const unknown = ids.find((id) => !columns.includes(id) && !(hasFields && /^field:[0-9a-f]{24}$/.test(id)));
  if (unknown === undefined) return;
  const fields = hasFields ? say(", or field:<id> for a custom field") : "";
  throw new Refusal("parameter_invalid", {
    name,
    why: say('has a column that {table} does not have: "{unknown}". Columns: {columns}{fields}', {
      table,
      unknown: unknown.slice(0, 40),
      columns: columns.join(", "),
      fields,
    }),
  });
}
