import type { Act } from "../../../app.ts";
import { checkFieldValues, type FieldType, isSameName } from "../../../domain/contacts/custom-fields.ts";
import { type OptionWish, planPicklist } from "../../../domain/contacts/picklists.ts";
import { SYSTEM_FIELDS } from "../../../domain/contacts/system-fields.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseWhileUsed } from "../../access/uses/commands.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

type NewCustomField = {
  modality: store.FieldModality;
  name: string;
  type: FieldType;
  textMaxLength: number | null;
  optionNames: readonly string[];
};

export async function createField(act: Act, wish: NewCustomField) {
  const made = await makeField(act, wish);
  if (!made) throw new Refusal("field_exists", { name: wish.name });
  return made;
}

/** Creates the field, or takes the existing one of this name, even if another caller creates it at this moment. */
export async function fieldNamed(act: Act, wish: NewCustomField) {
  const made = await makeField(act, wish);
  if (made) return made;
  const fields = await store.listFields(act.db, act.caller.teamId, wish.modality);
  const there = fields.find(({ name }) => isSameName(name, wish.name));
  if (!there) throw new Refusal("field_exists", { name: wish.name });
  return there;
}

/** Null where one bears the name already. */
async function makeField(act: Act, wish: NewCustomField) {
  const { db, now, caller } = act;
  refuseReserved(wish.name);
  const id = newId();
  const isNew = await store.insertField(db, caller.teamId, { ...wish, id }, now);
  if (!isNew) return null;
  if (isPicklist(wish.type)) {
    const wished = wish.optionNames.map((name) => ({ id: null, name, reassignFrom: [] }));
    await changeOptions(act, { id, modality: wish.modality, options: [] }, wished);
  }
  return told(act, "field.created", id);
}

export type FieldChange = {
  /** With its prefix or without: `contact.<id>`, `contact.<name>`, `<id>`. */
  id: string;
  name: string | undefined;
  modality?: string | undefined;
  type: string | undefined;
  textMaxLength: number | null | undefined;
  options: readonly OptionWish[] | undefined;
};

export async function changeFields(act: Act, changes: readonly FieldChange[]) {
  const { db, caller } = act;
  const ids = changes.map((change) => customIdOf(change.id));
  const known = new Map((await store.lockFields(db, caller.teamId, ids)).map((field) => [field.id, field]));
  if (!ids.every((id) => known.has(id))) throw new Refusal("fields_not_found");
  const changed: store.FieldRow[] = [];
  for (const [at, id] of ids.entries()) {
    changed.push(await changeField(act, known.get(id) as store.FieldRow, changes[at] as FieldChange));
  }
  return changed;
}

async function changeField(act: Act, field: store.FieldRow, change: FieldChange) {
  const { db, now, caller } = act;
  const { modality = field.modality } = change;
  if (modality !== field.modality) throw new Refusal("field_of_another_modality", { id: field.id, modality });
  if (change.type !== undefined && change.type !== field.type) throw new Refusal("field_type_fixed");
  if (change.name !== undefined) refuseReserved(change.name);
  const name = change.name ?? field.name;
  const textMaxLength = change.textMaxLength === undefined ? field.textMaxLength : change.textMaxLength;
  if (!(await store.updateField(db, caller.teamId, { id: field.id, name, textMaxLength }, now)))
    throw new Refusal("field_exists", { name });
  if (change.options && isPicklist(field.type)) await changeOptions(act, field, change.options);
  return told(act, "field.updated", field.id);
}

export async function deleteField(act: Act, givenId: string) {
  const { db, caller } = act;
  const [field] = await store.lockFields(db, caller.teamId, [customIdOf(givenId)]);
  if (!field) throw new Refusal("fields_not_found");
  await refuseWhileUsed(act, "custom_fields", field);
  await store.deleteField(db, caller.teamId, field.id);
  const subject = { type: "field", id: field.id } as const;
  const { name, modality, type } = field;
  await record(byCaller(act), { type: "field.deleted", subject, data: { name, modality, type } });
  return field;
}

async function changeOptions(
  { db, caller }: Act,
  field: Pick<store.FieldRow, "id" | "modality" | "options">,
  wished: readonly OptionWish[],
) {
  const plan = planPicklist(field.options, wished, newId);
  if (plan.problem !== null) throw new Refusal(`picklist_${plan.problem}`);
  await store.moveChoices(db, caller.teamId, field.modality, field.id, plan.moves);
  await store.writeOptions(db, caller.teamId, field.id, plan.options);
}

/** The id of a field the team added; a field everybody has cannot be changed. */
function customIdOf(given: string) {
  const id = given.trim().toLowerCase();
  const system = SYSTEM_FIELDS.find((field) => `${field.modality}.${field.name}` === id);
  if (system) throw new Refusal(system.parent === null ? "field_not_editable" : "field_is_child");
  return id.replace(/^(?:contact|account|opportunity)\./, "");
}

function refuseReserved(name: string) {
  if (name.toLowerCase().startsWith("powerup_")) throw new Refusal("field_name_reserved");
}

function isPicklist(type: FieldType) {
  return type === "picklist" || type === "multipicklist";
}

async function told(act: Act, type: EventType, id: string) {
  const [field] = await store.lockFields(act.db, act.caller.teamId, [id]);
  if (!field) throw new Refusal("fields_not_found");
  const data = { name: field.name, modality: field.modality, type: field.type };
  await record(byCaller(act), { type, subject: { type: "field", id }, data });
  return field;
}

export type FieldsAsked = Readonly<Record<string, unknown>>;

/** Fills the fields of any number of records. What is wrong with a value is answered by record, and refuses nothing. */
export async function fillFields(
  { db, caller }: Act,
  modality: store.FieldModality,
  records: readonly { id: string; fields: FieldsAsked | undefined }[],
) {
  const errors = new Map<string, Record<string, string>>();
  const asked = records.filter(({ fields }) => fields && Object.keys(fields).length > 0);
  if (asked.length === 0) return errors;
  const definitions = await store.holdFields(db, caller.teamId, modality);
  const checked = asked.map(({ id, fields }) => ({ id, ...checkFieldValues(definitions, fields ?? {}) }));
  for (const { id, errors: wrong } of checked) if (Object.keys(wrong).length > 0) errors.set(id, wrong);
  await store.writeFieldValues(db, caller.teamId, modality, checked);
  return errors;
}
