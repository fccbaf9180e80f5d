import { SYSTEM_FIELDS, type SystemField } from "../../../domain/contacts/system-fields.ts";
import { stored } from "../../../kernel/moments.ts";
import type { FieldRow } from "./store.ts";

export function presentTypedCustomField(field: FieldRow) {
  return {
    id: field.id,
    modality: field.modality,
    name: field.name,
    type: field.type,
    picklist_options: [],
    mapped_crm_field: null,
    additional_mapped_crm_field: null,
    is_readonly_mapped_crm_field: null,
    picklist_options_last_synced_at: null,
    picklist_value_set_id: null,
    mirrored: false,
    system_name: null,
    text_field_max_length: field.textMaxLength,
    finder_view_ids: [],
    is_local: true,
    picklist_values: field.options.map(({ id, name }) => ({
      _id: id,
      mapped_crm_values: {},
      name,
      id,
      key: id,
    })),
  };
}

const CATEGORIES = { contact: "person", account: "company", opportunity: "deal" } as const;

export function presentField(field: FieldRow) {
  return {
    ...COMMON,
    id: `${field.modality}.${field.id}`,
    category: CATEGORIES[field.modality],
    editable: true,
    field_name: field.id,
    label: field.name,
    modality: field.modality,
    parent: null,
    source: "custom" as const,
    type: field.type,
    is_local: true,
    created_at: stored(field.createdAt),
    updated_at: stored(field.updatedAt),
    meta: { ...COMMON.meta, max_length: field.textMaxLength },
  };
}

export function presentSystemFields() {
  return SYSTEM_FIELDS.map(presentSystemField);
}

function presentSystemField(field: SystemField) {
  return {
    ...COMMON,
    id: `${field.modality}.${field.name}`,
    category: field.category,
    editable: false,
    field_name: field.name,
    label: field.label,
    modality: field.modality,
    parent: field.parent === null ? null : `${field.modality}.${field.parent}`,
    source: "system" as const,
    type: field.type,
    is_local: false,
    created_at: null,
    updated_at: null,
  };
}

const COMMON = {
  context: [],
  description: null,
  example: null,
  group: null,
  icon_class: null,
  finder_view_ids: [],
  project_workspace_id: null,
  finder_views: [],
  meta: { max_length: null, computed_type: null, visibility_status: "visible" },
};
