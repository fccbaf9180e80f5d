import type { Field } from "./queries.ts";

export const TYPES = [
  { value: "string", label: "Text" },
  { value: "textarea", label: "Long text" },
  { value: "number", label: "Number" },
  { value: "date", label: "Date" },
  { value: "datetime", label: "Date and time" },
  { value: "boolean", label: "Yes or no" },
  { value: "picklist", label: "One of several choices" },
  { value: "multipicklist", label: "Several of several choices" },
];

export const MODALITIES = [
  { value: "contact", label: "Contacts" },
  { value: "account", label: "Companies" },
  { value: "opportunity", label: "Deals" },
];

const labelOf = (list: readonly { value: string; label: string }[], value: string) =>
  list.find((entry) => entry.value === value)?.label ?? value;

export const sayType = (type: string) => labelOf(TYPES, type);
export const sayModality = (modality: string) => labelOf(MODALITIES, modality);

export function isPicklist(type: string) {
  return type === "picklist" || type === "multipicklist";
}

export function countFields(fields: readonly Field[]) {
  if (fields.length === 0) return "Only the fields everybody has.";
  return fields.length === 1 ? "One field of your own." : `${fields.length} fields of your own.`;
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
