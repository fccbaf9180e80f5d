// Which column goes to which field: as the caller says, and where they say nothing, as the columns look.

import type { Act } from "../../../app.ts";
import { type FieldType, isSameName } from "../../../domain/contacts/custom-fields.ts";
import { type ColumnMatch, placeColumns } from "../../../domain/imports/import-columns.ts";
import { OPT_OUT_FIELDS, optOutOfStatus, unheardOptOuts } from "../../../domain/imports/import-opt-outs.ts";
import { OWN_FIELD_PREFIX } from "../../../domain/imports/row-values.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { fieldNamed } from "../../contacts/custom-fields/commands.ts";
import { type FieldRow, listFields } from "../../contacts/custom-fields/store.ts";
import type { KindName, MappedColumn } from "../../prospecting/import-rows/store.ts";
import { KINDS } from "./kinds.ts";
import type { Inspected } from "./understanding.ts";

export type ColumnMapping = Readonly<Record<string, string | null>>;
export type Mapped = { name: string; field: string | null; foundBy: "name" | "content" | "mapping" | null };

const NEW = `${OWN_FIELD_PREFIX}new`;
const TYPES: readonly FieldType[] = ["string", "textarea", "number", "date", "datetime", "boolean"];

export type Fields = {
  own: readonly FieldRow[];
  choices: { field: string; label: string; isCustom: boolean }[];
};

export async function fieldsFor({ db, caller }: Pick<Act, "db" | "caller">, kind: KindName): Promise<Fields> {
  const { modality } = KINDS[kind];
  const own = modality === null ? [] : await listFields(db, caller.teamId, modality);
  return {
    own,
    choices: [
      ...KINDS[kind].targets.map(({ field, label }) => ({ field, label, isCustom: false })),
      ...own.map(({ id, name }) => ({ field: OWN_FIELD_PREFIX + id, label: name, isCustom: true })),
    ],
  };
}

export function mapColumns(
  kind: KindName,
  columns: Inspected["columns"],
  fields: Fields,
  said: ColumnMapping | undefined,
): Mapped[] {
  const mapping = new Map(Object.entries(said ?? {}));
  const names = new Set(columns.map(({ name }) => name));
  const unknown = [...mapping.keys()].find((name) => !names.has(name));
  if (unknown !== undefined) throw new Refusal("import_column_unknown", { name: unknown.slice(0, 100) });
  const known = new Set(fields.choices.map(({ field }) => field));
  const mayHaveOwn = KINDS[kind].modality !== null;
  for (const [name, field] of mapping) refuseUnknownField(name, field, known, mayHaveOwn);
  const free = columns.filter(({ name }) => !mapping.has(name));
  const taken = new Set(mapping.values());
  const targets = KINDS[kind].targets.filter(({ field, takesSeveral }) => takesSeveral || !taken.has(field));
  const own = fields.choices.filter(({ field, isCustom }) => isCustom && !taken.has(field));
  const guesses = new Map<string, ColumnMatch>();
  for (const [at, guess] of placeColumns(free, targets, own).entries())
    guesses.set(free[at]?.name ?? "", guess);
  const isTarget = new Set(targets.map(({ field }) => field));
  return columns.map((column) => {
    const { name } = column;
    if (mapping.has(name)) return { name, field: mapping.get(name) ?? null, foundBy: "mapping" };
    const guess = guesses.get(name);
    const status = optOutOfStatus(column, guess?.field ?? null, kind === "contacts");
    if (status && isTarget.has(status)) return { name, field: status, foundBy: "content" };
    return { name, field: guess?.field ?? null, foundBy: guess?.by ?? null };
  });
}

function refuseUnknownField(
  name: string,
  field: string | null,
  known: ReadonlySet<string>,
  mayHaveOwn: boolean,
) {
  if (field === null || known.has(field) || (mayHaveOwn && newType(field))) return;
  throw new Refusal("import_field_unknown", { name: name.slice(0, 100), field: field.slice(0, 100) });
}

/** Columns that read like an opt-out, and that nothing is done about. */
export function optOutsUnmapped(kind: KindName, columns: Inspected["columns"], mapped: readonly Mapped[]) {
  return unheardOptOuts(columns, mapped, kind === "contacts");
}

/** Contacts who opted out elsewhere must not get mail because an opt-out column was left unmapped. */
export function refuseUnheard(kind: KindName, columns: Inspected["columns"], mapped: readonly Mapped[]) {
  const [name] = optOutsUnmapped(kind, columns, mapped);
  if (name === undefined) return;
  const fields = [...OPT_OUT_FIELDS].filter((field) =>
    KINDS[kind].targets.some((one) => one.field === field),
  );
  if (fields.length === 0) throw new Refusal("import_opt_out_unkept", { name: name.slice(0, 100), kind });
  throw new Refusal("import_opt_out_unheard", { name: name.slice(0, 100), fields: fields.join(", ") });
}

function newType(field: string): FieldType | null {
  if (field === NEW) return "string";
  if (!field.startsWith(`${NEW}.`)) return null;
  return TYPES.find((type) => type === field.slice(NEW.length + 1)) ?? null;
}

/** Rows that do not say who they are about can neither find nor create a record. */
export function refuseNobody(kind: KindName, mapped: readonly Mapped[]) {
  const { knownBy } = KINDS[kind];
  if (!mapped.some(({ field }) => field !== null && knownBy.includes(field)))
    throw new Refusal("import_nothing_mapped", { fields: knownBy.join(", ") });
}

/** Of each column that is to make a field: what bears its name already, a field or an earlier column. Capitals make no other name. */
export function sharedNames(mapped: readonly Mapped[], { own }: Fields): (string | null)[] {
  const isNew = ({ field }: Mapped) => field !== null && newType(field) !== null;
  return mapped.map((column, at) => {
    if (!isNew(column)) return null;
    const earlier = mapped.slice(0, at).filter(isNew);
    return [...own, ...earlier].find(({ name }) => isSameName(name, column.name))?.name ?? null;
  });
}

/** Makes the fields that are to be made; one that there is under this name already is taken, and two columns of it share it. */
export async function withNewFields(
  act: Act,
  kind: KindName,
  mapped: readonly Mapped[],
  fields: Fields,
): Promise<MappedColumn[]> {
  const { modality } = KINDS[kind];
  const own = [...fields.own];
  const columns: MappedColumn[] = [];
  for (const { name, field } of mapped) {
    const type = field === null ? null : newType(field);
    if (type === null || modality === null) {
      columns.push({ name, field });
      continue;
    }
    const there = own.find((one) => isSameName(one.name, name));
    const taken =
      there ?? (await fieldNamed(act, { modality, name, type, textMaxLength: null, optionNames: [] }));
    if (!there) own.push(taken);
    columns.push({ name, field: OWN_FIELD_PREFIX + taken.id });
  }
  return columns;
}
