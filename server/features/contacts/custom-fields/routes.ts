import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { changeFields, createField, deleteField, type FieldChange } from "./commands.ts";
import { presentField, presentSystemFields, presentTypedCustomField } from "./present.ts";
import { listAllFields } from "./store.ts";

const { customFields, typedCustomFields } = contract;

export const routes = [
  route(customFields.list, async ({ db, caller, input: { source } }) => {
    const isWanted = (kind: string) => source === undefined || source === kind;
    const system = isWanted("system") ? presentSystemFields() : [];
    const custom = isWanted("custom") ? (await listAllFields(db, caller.teamId)).map(presentField) : [];
    return { fields: [...system, ...custom] };
  }),

  route(typedCustomFields.list, async ({ db, caller }) => ({
    typed_custom_fields: (await listAllFields(db, caller.teamId)).map(presentTypedCustomField),
  })),

  route(customFields.create, async ({ input, ...act }) => {
    refuseMapping(input.mapped_crm_field);
    const { label: name = input.name, modality = input.entity_type } = input;
    if (name === undefined) throw new Refusal("parameter_missing", { name: "label" });
    if (modality === undefined) throw new Refusal("parameter_missing", { name: "modality" });
    const type = input.type === "text" ? "string" : input.type;
    const isText = type === "string" || type === "textarea";
    const field = await createField(act, {
      modality,
      name,
      type,
      textMaxLength: isText ? (input.meta?.max_length ?? null) : null,
      optionNames: input.meta?.picklist_values?.map(({ name }) => name) ?? [],
    });
    return { typed_custom_fields: [presentTypedCustomField(field)] };
  }),

  route(customFields.update, async ({ input, ...act }) => {
    const changed = await changeFields(act, input.fields.map(readChange));
    return {
      fields: changed.map((field) => ({ ...presentField(field), deleted: false })),
      field_groups: [],
      picklist_value_sets: [],
      finder_views: [],
      typed_custom_fields: changed.map(presentTypedCustomField),
    };
  }),

  route(customFields.delete, async ({ input, ...act }) => ({
    typed_custom_field: presentTypedCustomField(await deleteField(act, input.id)),
  })),
];

type Given = z.output<typeof customFields.update.input>["fields"][number];

function readChange(given: Given): FieldChange {
  refuseMapping(given.mapped_crm_field);
  refuseFilling(given);
  return {
    id: given.id,
    modality: given.modality,
    name: given.label,
    type: given.type,
    textMaxLength: given.meta?.max_length,
    options: given.meta?.picklist_values?.map(({ id, name, mapped_crm_id, reassign_from }) => {
      refuseMapping(mapped_crm_id);
      return { id: id ?? null, name, reassignFrom: reassign_from ?? [] };
    }),
  };
}

function refuseMapping(given: unknown) {
  if (given !== undefined && given !== null && given !== "") throw new Refusal("crm_mapping_not_offered");
}

/** What Apollo does with fields by itself: nothing of Cadenza fills, groups or shares them. */
function refuseFilling(given: Given) {
  const asked = {
    field_group_id: given.field_group_id,
    autorun_downstream_enrichment: given.autorun_downstream_enrichment,
    schedule: given.schedule,
    picklist_value_set_id: given.meta?.picklist_value_set_id,
  };
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== null && value !== "" && value !== false)
      throw new Refusal("field_setting_not_offered", { name });
}
