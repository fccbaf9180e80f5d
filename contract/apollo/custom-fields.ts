// The fields of contacts, accounts and deals: those Cadenza has, and those a team adds.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

export const fieldModality = z.enum(["contact", "account", "opportunity"]);
export const fieldType = z.enum([
  "string",
  "textarea",
  "number",
  "date",
  "datetime",
  "boolean",
  "picklist",
  "multipicklist",
]);

const picklistValue = z.strictObject({
  _id: fields.id,
  mapped_crm_values: z.strictObject({}),
  name: z.string(),
  id: fields.id,
  key: fields.id,
});

export const typedCustomField = z.strictObject({
  id: fields.id.describe("Key of this field in `typed_custom_fields`"),
  modality: fieldModality,
  name: z.string(),
  type: fieldType,
  picklist_options: z.array(z.string()),
  mapped_crm_field: z.null(),
  additional_mapped_crm_field: z.null(),
  is_readonly_mapped_crm_field: z.null(),
  picklist_options_last_synced_at: fields.stamp.nullable(),
  picklist_value_set_id: fields.id.nullable(),
  mirrored: z.boolean(),
  system_name: z.string().nullable(),
  text_field_max_length: z.int().nullable(),
  finder_view_ids: z.array(fields.id),
  is_local: z.boolean(),
  picklist_values: z.array(picklistValue),
  etag: etag(),
});

export const field = z.strictObject({
  id: z.string().describe("contact.<name> for built-in fields, contact.<id> for custom fields"),
  category: z.string(),
  context: z.array(z.string()),
  description: z.string().nullable(),
  editable: z.boolean(),
  example: z.string().nullable(),
  field_name: z.string(),
  group: z.string().nullable(),
  icon_class: z.string().nullable(),
  label: z.string(),
  modality: fieldModality,
  parent: z.string().nullable(),
  source: z.enum(["system", "custom"]),
  type: fieldType,
  finder_view_ids: z.array(fields.id),
  project_workspace_id: fields.id.nullable(),
  finder_views: z.array(z.unknown()),
  is_local: z.boolean(),
  created_at: fields.stamp.nullable(),
  updated_at: fields.stamp.nullable(),
  meta: z.strictObject({
    max_length: z.int().nullable(),
    computed_type: z.string().nullable(),
    visibility_status: z.string(),
  }),
});

const maxLength = z.int().min(1).max(100_000);
const optionName = fields.name(200);

/** The API does not map fields to a CRM: a mapping that is sent is refused. */
const mapping = z.unknown().optional();

export const customFields = {
  list: endpoint({
    method: "GET",
    path: "/fields",
    scope: "fields/index",
    oauth: "custom_fields_list",
    access: "scoped",
    effect: "read",
    summary: "List the fields of contacts, accounts and deals",
    input: z.object({ source: z.enum(["system", "custom", "crm_synced"]).optional() }),
    output: z.strictObject({ fields: z.array(field) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/fields",
    scope: "fields/create",
    oauth: "custom_field_write",
    access: "scoped",
    effect: "write",
    summary: "Add a custom field to contacts, accounts or deals",
    input: z.object({
      label: fields.name(200).optional().describe("Required"),
      name: fields.name(200).optional().describe("Same as `label`, for Apollo's n8n node"),
      modality: fieldModality.optional().describe("Required"),
      entity_type: fieldModality.optional().describe("Same as `modality`, for Apollo's n8n node"),
      type: z.enum([...fieldType.options, "text"]).describe("`text` means `string`"),
      meta: z
        .object({
          max_length: maxLength.nullish(),
          picklist_values: z
            .array(z.object({ name: optionName }))
            .max(1000)
            .optional(),
        })
        .optional(),
      mapped_crm_field: mapping,
    }),
    output: z.strictObject({ typed_custom_fields: z.array(typedCustomField) }),
  }),

  update: endpoint({
    method: "PATCH",
    path: "/fields",
    scope: "fields/update",
    oauth: "custom_field_write",
    access: "scoped",
    effect: "write",
    summary: "Update custom fields",
    description:
      "Change the name, length or options. Send all options: options you leave out are deleted. `reassign_from` names options whose records move to this one.",
    ifMatch: {
      record: typedCustomField,
      read: { call: "typedCustomFields.list" },
      among: "fields",
      shows: { fields: ["name", "type", "modality", "text_field_max_length", "picklist_values"] },
    },
    input: z.object({
      fields: z
        .array(
          z.object({
            id: fields.text(200),
            label: fields.name(200).optional(),
            type: fields.text(100).optional(),
            modality: fieldModality.optional().describe("Must be the field's own"),
            field_group_id: z.unknown().optional().describe("Refused: Cadenza has no groups of fields"),
            autorun_downstream_enrichment: z
              .unknown()
              .optional()
              .describe("Refused if true: nothing fills a field"),
            schedule: z.unknown().optional().describe("Refused: nothing fills a field at set times"),
            meta: z
              .object({
                max_length: maxLength.nullish(),
                picklist_values: z
                  .array(
                    z.object({
                      id: fields.id.nullish(),
                      name: optionName,
                      mapped_crm_id: mapping,
                      reassign_from: z.array(fields.id).max(1000).nullish(),
                    }),
                  )
                  .max(1000)
                  .optional(),
                picklist_value_set_id: z
                  .unknown()
                  .optional()
                  .describe("Refused: each field has its own options"),
              })
              .optional(),
            mapped_crm_field: mapping,
          }),
        )
        .max(100),
    }),
    output: z.strictObject({
      fields: z.array(z.strictObject({ ...field.shape, deleted: z.boolean() })),
      typed_custom_fields: z.array(typedCustomField),
      field_groups: z.array(z.never()),
      picklist_value_sets: z.array(z.never()),
      finder_views: z.array(z.never()),
    }),
  }),
};

export const typedCustomFields = {
  list: endpoint({
    method: "GET",
    path: "/typed_custom_fields",
    scope: "typed_custom_fields/index",
    oauth: "custom_fields_list",
    access: "scoped",
    effect: "read",
    summary: "List custom fields",
    input: z.object({}),
    output: z.strictObject({ typed_custom_fields: z.array(typedCustomField) }),
  }),
};
