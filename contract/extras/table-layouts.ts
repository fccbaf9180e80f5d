// How each user has arranged the tables of the web app: kept by the server, so that it is the same in every browser.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { LEAST_WIDTH, MOST_WIDTH, TABLE_COLUMNS, type TableName } from "./table-columns.ts";

const MOST_COLUMNS = 100;
const table = z.enum(Object.keys(TABLE_COLUMNS) as [TableName, ...TableName[]]);

const ids = z
  .array(fields.sized(100))
  .max(MOST_COLUMNS)
  .refine((all) => new Set(all).size === all.length, "names a column twice");

export const columns = ids.describe("Columns in order; null: the default columns");
export const pinned = ids.describe("Columns that stay at the left while the table scrolls sideways");
export const widths = fields
  .freeForm(fields.whole(LEAST_WIDTH, MOST_WIDTH), fields.sized(100))
  .refine((all) => Object.keys(all).length <= MOST_COLUMNS, `has more than ${MOST_COLUMNS} columns`)
  .describe("Pixels by column; a column without an entry shares the space left");

export const tableLayout = z.strictObject({
  table,
  columns: z.array(z.string()).nullable(),
  pinned: z.array(z.string()),
  widths: z.record(z.string(), z.number()),
});

const one = z.strictObject({ table_layout: tableLayout });

export const tableLayouts = {
  list: endpoint({
    method: "GET",
    path: "/table_layouts",
    scope: "table_layouts/index",
    access: "scoped",
    effect: "read",
    summary: "List your table layouts",
    description: "The columns the caller chose in the web app. Tables with default columns are not listed.",
    input: z.object({}),
    output: z.strictObject({ table_layouts: z.array(tableLayout) }),
  }),

  save: endpoint({
    method: "PUT",
    path: "/table_layouts/{table}",
    scope: "table_layouts/update",
    access: "scoped",
    effect: "write",
    summary: "Save a table layout",
    description:
      "Replaces the caller's layout of the table. Other users keep theirs. A custom field is the column `field:<id>`.",
    input: z.object({
      table,
      columns: columns.nullish(),
      pinned: pinned.optional(),
      widths: widths.optional(),
    }),
    output: one,
  }),

  reset: endpoint({
    method: "DELETE",
    path: "/table_layouts/{table}",
    scope: "table_layouts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Reset a table to its default columns",
    input: z.object({ table }),
    output: one,
  }),
};
