import { contract, TABLE_COLUMNS, TABLES_WITH_FIELDS } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { resetTableLayout, saveTableLayout } from "./commands.ts";
import { presentLayout } from "./present.ts";
import { listLayouts } from "./store.ts";

export const routes = [
  route(contract.tableLayouts.list, async ({ db, caller }) => ({
    table_layouts: (await listLayouts(db, caller.teamId, caller.userId)).map(presentLayout),
  })),

  route(contract.tableLayouts.save, async ({ input, ...act }) => ({
    table_layout: presentLayout(
      await saveTableLayout(
        act,
        {
          tableName: input.table,
          columns: input.columns ?? null,
          pinned: input.pinned ?? [],
          widths: input.widths ?? {},
        },
        { columns: TABLE_COLUMNS[input.table], hasFields: TABLES_WITH_FIELDS.includes(input.table) },
      ),
    ),
  })),

  route(contract.tableLayouts.reset, async ({ input, ...act }) => ({
    table_layout: presentLayout(await resetTableLayout(act, input.table)),
  })),
];
