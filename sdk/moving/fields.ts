// Custom fields, and the values of records in them: a value of a picklist is the id of an option, which is another one at the target.

import type { Client, Output } from "../client.ts";
import { type Copying, copyOne, given, useExisting } from "./copying.ts";
import { listOf } from "./reading.ts";

type Field = Output<"typedCustomFields", "list">["typed_custom_fields"][number];

/** By the source's id of a field: what its values are at the target. */
type FieldValues = ReadonlyMap<string, { id: string; optionIds: ReadonlyMap<string, string> }>;

const list = (api: Client) =>
  listOf<Field>("typedCustomFields.list", "typed_custom_fields", () => api.typedCustomFields.list());

const markOf = ({ modality, name }: Pick<Field, "modality" | "name">) =>
  `${modality} ${name.trim().toLowerCase()}`;

export async function copyFields(copying: Copying) {
  const known = new Map((await list(copying.target)).map((field) => [markOf(field), field]));
  for (const field of await list(copying.source)) {
    const there = known.get(markOf(field));
    const isKnown = copying.ledger.get("fields", field.id) !== undefined;
    if (there && there.type !== field.type && !isKnown)
      copying.report.leaveOut("fields", "A field of this name has another type at the target.", field.name);
    else if (there && !isKnown) await useExisting(copying, "fields", field.id, there.id);
    else
      await copyOne(copying, { kind: "fields", from: field.id, name: field.name }, async (options) => {
        const { typed_custom_fields: made } = await copying.target.customFields.create(
          wishFor(field),
          options,
        );
        const [one] = made.filter((each) => markOf(each) === markOf(field));
        if (!one) throw new Error("a field that was made is not in the answer");
        return one.id;
      });
  }
}

function wishFor({ name, modality, type, picklist_values, text_field_max_length }: Field) {
  const values = (picklist_values ?? []).map((value) => ({ name: value.name }));
  const meta = given({ max_length: text_field_max_length, picklist_values: values });
  return { label: name, modality, type, ...(Object.keys(meta).length > 0 && { meta }) };
}

export async function readFieldValues({ source, target, ledger }: Copying): Promise<FieldValues> {
  if (ledger.all("fields").length === 0) return new Map();
  const ours = new Map((await list(target)).map((field) => [field.id, field]));
  const found = new Map<string, { id: string; optionIds: Map<string, string> }>();
  for (const field of await list(source)) {
    const id = ledger.get("fields", field.id);
    if (id === undefined) continue;
    const byName = new Map((ours.get(id)?.picklist_values ?? []).map((value) => [value.name, value.id]));
    const optionIds = new Map<string, string>();
    for (const value of field.picklist_values ?? []) {
      const at = byName.get(value.name);
      if (at !== undefined) optionIds.set(value.id, at);
    }
    found.set(field.id, { id, optionIds });
  }
  return found;
}

/** The values of a record, as the target takes them. */
export function valuesAt(fields: FieldValues, values: Record<string, unknown> | null | undefined) {
  const kept = Object.entries(values ?? {}).flatMap(([from, value]) => {
    const field = fields.get(from);
    if (!field || value === null || value === "") return [];
    return [[field.id, translated(field.optionIds, value)] as const];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function translated(optionIds: ReadonlyMap<string, string>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => translated(optionIds, one));
  return (typeof value === "string" && optionIds.get(value)) || value;
}
