// Lists and fields.

import type { Calls } from "../calls.ts";

export const fields: Calls = {
  "GET /labels": () => [{}],
  "POST /labels": () => [{ body: { name: "New list", modality: "contacts", book_of_business: true } }],
  "PATCH /labels/{id}": async (at) => [
    {
      path: { id: await at.newLabel(`Old ${Math.random()}`) },
      body: { name: "Renamed", book_of_business: true },
    },
  ],
  "POST /labels/add_entity_ids_to_label_names": (at) => [
    { body: { entity_ids: [at.contact], label_names: ["Added"], modality: "contacts" } },
    { body: { entity_ids: [at.contact], label_names: ["Added"], modality: "contacts", async: true } },
    { body: { entity_ids: [], label_names: [], modality: "contacts" } },
  ],
  "POST /labels/remove_entity_ids_from_label_names": (at) => [
    { body: { entity_ids: [at.contact], label_names: ["Q3 plants"], modality: "contacts" } },
    { body: { entity_ids: [at.contact], label_names: ["Q3 plants"], modality: "contacts", async: true } },
    { body: { entity_ids: [], label_names: [], modality: "contacts" } },
  ],
  "GET /fields": () => [{ query: { source: "custom" } }, {}],
  "POST /fields": () => [
    { body: { label: "Floor", modality: "contact", type: "string", meta: { max_length: 80 } } },
  ],
  "PATCH /fields": (at) => {
    const [kept, lost] = at.picklist.values;
    const schedule = {
      enabled: true,
      schedule_type: "weekly",
      schedule_timezone: "Europe/Oslo",
      run_limit: 5,
      max_executions: 5,
      end_date: "2030-01-01",
      reset_execution_count: true,
      schedule_config: { hour: 8, minute: 30, day_of_week: 1, day_of_month: 1, interval: 1 },
    };
    const id = `contact.${at.contactField}`;
    return [
      { body: { fields: [{ id, label: "Size", type: "string", meta: { max_length: 90 } }] } },
      { body: { fields: [{ id, label: "Size", modality: "account" }] } },
      { body: { fields: [{ id, label: "Size", field_group_id: at.stage }] } },
      { body: { fields: [{ id, label: "Size", autorun_downstream_enrichment: true }] } },
      { body: { fields: [{ id, label: "Size", schedule }] } },
      { body: { fields: [{ id, label: "Size", meta: { picklist_value_set_id: at.stage } }] } },
      {
        body: {
          fields: [
            {
              id: `contact.${at.picklist.id}`,
              meta: { picklist_values: [{ id: kept, name: "Iron", reassign_from: [lost] }] },
            },
          ],
        },
      },
      {
        body: {
          fields: [
            {
              id: `contact.${at.picklist.id}`,
              meta: { picklist_values: [{ name: "Glass", mapped_crm_id: "crm-9" }] },
            },
          ],
        },
      },
    ];
  },
  "GET /typed_custom_fields": () => [{}],
};
