// Lists, which Apollo's API calls labels. A name means one list per modality.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { startedJob } from "../extras/progress.ts";
import * as fields from "../fields.ts";

const modality = z.enum(["contacts", "accounts", "emailer_campaigns"]);

export const label = z.strictObject({
  id: fields.id,
  modality,
  cached_count: z.int(),
  name: z.string(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  user_id: fields.id.nullable(),
  book_of_business: z.boolean().nullable(),
});

const entry = z.strictObject({
  _id: fields.id,
  cached_count: z.int(),
  concurrency_locks: z.strictObject({}),
  created_at: fields.stamp,
  modality,
  name: z.string(),
  need_cached_count_update: z.boolean(),
  needs_count_update_at: fields.stamp.nullable(),
  rule_config_template_id: fields.id.nullable(),
  team_id: fields.id,
  updated_at: fields.stamp,
  user_id: fields.id.nullable(),
  id: fields.id,
  key: fields.id,
});

// What is missing here is refused in Apollo's own words, so the schema lets it through.
const membership = z.object({
  entity_ids: z
    .array(fields.text())
    .max(10_000)
    .optional()
    .describe("Ids of contacts or accounts; unknown ids are skipped"),
  label_names: z.array(fields.text(200)).max(1000).optional(),
  modality: fields.text(100).optional().describe("`contacts` or `accounts`"),
  entity_type: fields.text(100).optional().describe("Used if `modality` is empty"),
  async: fields.flag.default(false).describe("Run in the background and answer with a job"),
});

const changed = z.union([
  z.strictObject({ labels: z.array(label) }),
  z.strictObject({ message: z.string() }),
  startedJob,
]);

export const labels = {
  list: endpoint({
    method: "GET",
    path: "/labels",
    scope: "labels/index",
    oauth: "tags_list",
    access: "scoped",
    effect: "read",
    summary: "List all lists",
    input: z.object({}),
    output: z.array(entry),
  }),

  create: endpoint({
    method: "POST",
    path: "/labels",
    scope: "labels/create",
    oauth: "lists_create",
    access: "scoped",
    effect: "write",
    summary: "Create a list",
    input: z.object({
      name: fields.text(200).optional(),
      modality: fields.text(100).optional().describe("`contacts` or `accounts`"),
      book_of_business: fields.flag.optional(),
    }),
    output: z.strictObject({ label }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/labels/{id}",
    scope: "labels/update",
    oauth: "lists_update",
    access: "scoped",
    effect: "write",
    summary: "Rename a list",
    input: z.object({
      id: fields.id,
      name: fields.text(200).optional(),
      book_of_business: fields.flag.nullish(),
    }),
    output: z.strictObject({ label }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/labels/{id}",
    scope: "labels/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a list",
    description: "Records on it stay.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ label }),
  }),

  addEntityIds: endpoint({
    method: "POST",
    path: "/labels/add_entity_ids_to_label_names",
    scope: "labels/add_entity_ids_to_label_names",
    oauth: "lists_add_entities",
    access: "scoped",
    effect: "write",
    summary: "Add records to lists",
    description: "Missing lists are created.",
    input: membership,
    output: changed,
  }),

  removeEntityIds: endpoint({
    method: "POST",
    path: "/labels/remove_entity_ids_from_label_names",
    scope: "labels/remove_entity_ids_from_label_names",
    oauth: "lists_remove_entities",
    access: "scoped",
    effect: "write",
    summary: "Remove records from lists",
    input: membership,
    output: changed,
  }),
};
