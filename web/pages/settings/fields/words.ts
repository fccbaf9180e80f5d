import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { CustomField } from "./queries.ts";

export const TYPES = perLanguage(() => [
  { value: "string", label: t("Text") },
  { value: "textarea", label: t("Long text") },
  { value: "number", label: t("Number") },
  { value: "date", label: t("Date") },
  { value: "datetime", label: t("Date and time") },
  { value: "boolean", label: t("Yes or no") },
  { value: "picklist", label: t("Single choice") },
  { value: "multipicklist", label: t("Multiple choice") },
]);

export const MODALITIES = perLanguage(() => [
  { value: "contact", label: t("Contacts") },
  { value: "account", label: t("Companies") },
  { value: "opportunity", label: t("Deals") },
]);

const labelOf = (list: readonly { value: string; label: string }[], value: string) =>
  list.find((entry) => entry.value === value)?.label ?? value;

export const sayType = (type: string) => labelOf(TYPES, type);
export const sayModality = (modality: string) => labelOf(MODALITIES, modality);

export function isPicklist(type: string) {
  return type === "picklist" || type === "multipicklist";
}

export function countFields(fields: readonly CustomField[]) {
  if (fields.length === 0) return t("No custom fields.");
  return t("{fields, plural, one {# custom field.} other {# custom fields.}}", { fields: fields.length });
}

/**
 * Choices as lines one may edit: a line that keeps its place and number keeps its id, so that a choice that is only spelled
 * anew keeps what stands in records.
 */
export function matchChoices(before: readonly { id: string; name: string }[], lines: readonly string[]) {
  const names = lines.map((line) => line.trim()).filter(Boolean);
  const kept = new Map(before.map((choice) => [choice.name, choice.id]));
  const gone = before.filter(({ name }) => !names.includes(name));
  const fresh = names.filter((name) => !kept.has(name));
  const isRenamed = gone.length === 1 && fresh.length === 1;
  return names.map((name) => {
    const id = kept.get(name) ?? (isRenamed ? gone[0]?.id : undefined);
    return id ? { id, name } : { name };
  });
}
