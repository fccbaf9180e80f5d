import type { Example } from "../endpoint.ts";

const tariff = {
  id: "64f0aa0000000000000000f1",
  modality: "contact",
  name: "Tariff",
  type: "string",
  picklist_options: [],
  mapped_crm_field: null,
  additional_mapped_crm_field: null,
  is_readonly_mapped_crm_field: null,
  picklist_options_last_synced_at: null,
  picklist_value_set_id: null,
  mirrored: false,
  system_name: null,
  text_field_max_length: 120,
  finder_view_ids: [],
  is_local: true,
  picklist_values: [],
};

export const customFields: Record<string, readonly Example[]> = {
  "customFields.create": [
    {
      title: "A line of text on contacts",
      input: { label: "Tariff", modality: "contact", type: "string", meta: { max_length: 120 } },
      answer: { typed_custom_fields: [tariff] },
    },
  ],
  "typedCustomFields.list": [{ title: "All of them", input: {}, answer: { typed_custom_fields: [tariff] } }],
};
