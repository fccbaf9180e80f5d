import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

const kind = z.enum(["sequences", "templates"]);

export const folder = z.strictObject({
  id: fields.id,
  kind,
  name: z.string(),
  parent_id: fields.id.nullable(),
  created_at: fields.stamp,
  etag: etag(),
});

export const folders = {
  list: endpoint({
    method: "GET",
    path: "/folders",
    scope: "folders/index",
    access: "scoped",
    effect: "read",
    summary: "List folders of sequences and templates",
    description: "Sorted by name.",
    input: z.object({ kind: kind.optional() }),
    output: z.strictObject({ folders: z.array(folder) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/folders",
    scope: "folders/create",
    access: "scoped",
    effect: "write",
    summary: "Create a folder",
    input: z.object({ kind, name: fields.name(), parent_id: fields.id.nullish() }),
    output: z.strictObject({ folder }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/folders/{id}",
    scope: "folders/update",
    access: "scoped",
    effect: "write",
    summary: "Rename or move a folder",
    ifMatch: { record: folder, read: { call: "folders.list" } },
    input: z.object({ id: fields.id, name: fields.name().optional(), parent_id: fields.id.nullish() }),
    output: z.strictObject({ folder }),
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/folders/{id}",
    scope: "folders/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a folder",
    description: "Its contents move to the parent folder.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ folder: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
