// Lists as people have arranged them. What a filter holds is the screen's own affair: it is kept as it was sent.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { columns, pinned, widths } from "./table-layouts.ts";

const subject = z.enum([
  "contacts",
  "accounts",
  "labels",
  "emailer_campaigns",
  "emailer_messages",
  "incoming_mails",
  "opportunities",
  "tasks",
  "people",
  "reports",
]);

const MOST_CHARACTERS = 20_000;

const filter = fields
  .freeForm(z.unknown(), z.string().max(100))
  .refine((value) => JSON.stringify(value).length <= MOST_CHARACTERS, "is too long")
  .describe("The filters of the list, as the app saves them");

const sort = fields.text(100).describe("A field name; a leading - sorts in descending order");

export const view = z.strictObject({
  id: fields.id,
  subject,
  name: z.string(),
  filter: z.record(z.string(), z.unknown()),
  columns: z.array(z.string()).nullable(),
  pinned: z.array(z.string()),
  widths: z.record(z.string(), z.number()),
  sort: z.string().nullable(),
  shared: z.boolean().describe("True if the whole team sees it"),
  user_id: fields.id.describe("The user who created it"),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  etag: etag(),
});

const one = z.strictObject({ view });

export const views = {
  list: endpoint({
    method: "GET",
    path: "/views",
    scope: "views/index",
    access: "scoped",
    effect: "read",
    summary: "List saved views",
    description: "The caller's own and shared views, sorted by name.",
    input: z.object({ subject: subject.optional() }),
    output: z.strictObject({ views: z.array(view) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/views",
    scope: "views/create",
    access: "scoped",
    effect: "write",
    summary: "Save a view",
    input: z.object({
      subject,
      name: fields.name(100),
      filter: filter.optional(),
      columns: columns.nullish(),
      pinned: pinned.optional(),
      widths: widths.optional(),
      sort: sort.nullish(),
      shared: fields.flag.default(false),
    }),
    output: one,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/views/{id}",
    scope: "views/update",
    access: "scoped",
    effect: "write",
    summary: "Update a saved view",
    description: "Allowed for its creator, and for admins if it is shared.",
    ifMatch: { record: view, read: { call: "views.list" } },
    input: z.object({
      id: fields.id,
      name: fields.name(100).optional(),
      filter: filter.optional(),
      columns: columns.nullish(),
      pinned: pinned.optional(),
      widths: widths.optional(),
      sort: sort.nullish(),
      shared: fields.flag.optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/views/{id}",
    scope: "views/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a saved view",
    description: "Allowed for its creator, and for admins if it is shared.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ view: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
