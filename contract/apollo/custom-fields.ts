// The fields of contacts, accounts and deals: those Cadenza has, and those a team adds.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
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
  id: fields.id.describe("The key under typed_custom_fields of a record"),
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
});

export const field = z.strictObject({
  id: z.string().describe("contact.<name> of a field Cadenza has, contact.<id> of one the team added"),
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
  meta: z.strictObject({
    max_length: z.int().nullable(),
    computed_type: z.string().nullable(),
    visibility_status: z.string(),
  }),
});

const maxLength = z.int().min(1).max(100_000);
const optionName = fields.name(200);

/** Mapping to a CRM is not for the API: whoever sends one is told so. */
const mapping = z.unknown().optional();

export const customFields = {
  list: endpoint({
    method: "GET",
    path: "/fields",
    scope: "fields/index",
    oauth: "custom_fields_list",
    access: "scoped",
    effect: "read",
    summary: "Lists the fields of contacts, accounts and deals",
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
    summary: "Adds a field to contacts, accounts or deals",
    input: z.object({
      label: fields.name(200).optional().describe("Required"),
      name: fields.name(200).optional().describe("As label, like the next one for Apollo's n8n node"),
      modality: fieldModality.optional().describe("Required"),
      entity_type: fieldModality.optional().describe("As modality"),
      type: z.enum([...fieldType.options, "text"]).describe("`text` is string"),
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
    summary: "Renames a field, or changes its length or its choices",
    description:
      "The choices are given in full: those not named are gone. `reassign_from` names choices whose records go " +
      "over to this one.",
    input: z.object({
      fields: z
        .array(
          z.object({
            id: fields.text(200),
            label: fields.name(200).optional(),
            type: fields.text(100).optional(),
            field_group_id: z.unknown().optional(),
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
                picklist_value_set_id: z.unknown().optional(),
              })
              .optional(),
            mapped_crm_field: mapping,
          }),
        )
        .max(100),
    }),
    output: z.strictObject({
      fields: z.array(field),
      typed_custom_fields: z.array(typedCustomField),
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
    summary: "Lists the fields the team has added",
    input: z.object({}),
    output: z.strictObject({ typed_custom_fields: z.array(typedCustomField) }),
  }),
};
