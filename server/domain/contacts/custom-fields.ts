// What a caller may put into a custom field: what was sent, checked against the team's definitions.
//
// One bad value must not lose the good ones beside it, so problems are part of the answer (`custom_field_errors`)
// and never a refusal. Null and empty text clear. A choice may be sent by its id or, as people do, by its name.

import { say } from "../../kernel/say.ts";
import { fromOneCell } from "./cell-lists.ts";

export type FieldType =
  | "string"
  | "textarea"
  | "number"
  | "date"
  | "datetime"
  | "boolean"
  | "picklist"
  | "multipicklist";

/** Capitals make no other name. */
export function isSameName(one: string, other: string) {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

export type FieldDefinition = {
  id: string;
  name: string;
  type: FieldType;
  textMaxLength: number | null;
  options: readonly { id: string; name: string }[];
};

/** At most one value is filled. With none the field is cleared. */
export type FieldValue = {
  fieldId: string;
  text?: string;
  number?: string; // digits as they were sent: no binary fraction holds them
  date?: string;
  moment?: string;
  boolean?: boolean;
  optionIds?: readonly string[];
};

export type CheckedFields = {
  values: FieldValue[];
  /** By the key that was sent: why it was left alone. */
  errors: Record<string, string>;
};

type Read = Omit<FieldValue, "fieldId"> | { why: string };

const LONGEST: Record<"string" | "textarea", number> = { string: 10_000, textarea: 100_000 };

export function checkFieldValues(
  definitions: readonly FieldDefinition[],
  given: Readonly<Record<string, unknown>>,
): CheckedFields {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  const values = new Map<string, FieldValue>();
  const errors: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    const definition = byId.get(bareId(key));
    if (!definition) {
      errors[key] = say("This custom field does not exist");
      continue;
    }
    const read = isEmpty(value) ? {} : READERS[definition.type](value, definition);
    if ("why" in read) errors[key] = `${definition.name} ${read.why}`;
    else values.set(definition.id, { fieldId: definition.id, ...read });
  }
  return { values: [...values.values()], errors };
}

/** `GET /fields` names them with a prefix, `typed_custom_fields` without one; clients mix them up. */
function bareId(key: string) {
  return key
    .trim()
    .toLowerCase()
    .replace(/^(?:contact|account|opportunity)\./, "");
}

function isEmpty(value: unknown) {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

const READERS: Record<FieldType, (value: unknown, definition: FieldDefinition) => Read> = {
  string: readText,
  textarea: readText,
  number: readNumber,
  date: readDate,
  datetime: readMoment,
  boolean: readBoolean,
  picklist: readChoice,
  multipicklist: readChoices,
};

function readText(value: unknown, { type, textMaxLength }: FieldDefinition): Read {
  if (typeof value === "object" || typeof value === "function") return { why: say("must be text") };
  const text = String(value);
  const most = textMaxLength ?? LONGEST[type as keyof typeof LONGEST];
  return text.length > most ? { why: say("must have at most {most} characters", { most }) } : { text };
}

function readNumber(value: unknown): Read {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  const isNumber = text.length <= 100 && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text);
  return isNumber && Number.isFinite(Number(text)) ? { number: text } : { why: say("must be a number") };
}

// A date stays the day that was written, whatever time or offset follows it.
function readDate(value: unknown): Read {
  const day =
    typeof value === "string" ? /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(value.trim())?.[1] : undefined;
  return day !== undefined && isDay(day) ? { date: day } : { why: say("must be a date such as 2026-03-31") };
}

function readMoment(value: unknown): Read {
  const why = say("must be a time such as 2026-03-31T09:30:00Z");
  const text = typeof value === "string" ? value.trim() : "";
  if (!isDay(text.slice(0, 10))) return { why };
  const full = text.length === 10 ? `${text}T00:00` : text;
  try {
    const instant = Temporal.Instant.from(/(?:z|[+-]\d{2}:?\d{2})$/i.test(full) ? full : `${full}Z`);
    return { moment: instant.toString() };
  } catch {
    return { why };
  }
}

function isDay(text: string) {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

const FLAGS = new Map<unknown, boolean>([
  ...["true", "yes", "1"].map((word) => [word, true] as const),
  ...["false", "no", "0"].map((word) => [word, false] as const),
]);

function readBoolean(value: unknown): Read {
  const flag = FLAGS.get(String(value).trim().toLowerCase());
  return flag === undefined ? { why: say("must be true or false") } : { boolean: flag };
}

function readChoice(value: unknown, definition: FieldDefinition): Read {
  const wanted = Array.isArray(value) ? value : [value];
  if (wanted.length > 1) return { why: say("accepts one option only") };
  return readChoices(wanted, definition);
}

// As one text, several choices are separated by semicolons: so spreadsheets write them.
function readChoices(value: unknown, { options }: FieldDefinition): Read {
  const wanted = Array.isArray(value) ? value : fromOneCell(String(value));
  const optionIds = new Set<string>();
  for (const one of wanted) {
    const word = String(one).trim().toLowerCase();
    const option = options.find(({ id, name }) => id === word || name.toLowerCase() === word);
    if (!option) return { why: say("has no option {one}", { one: String(one).trim().slice(0, 100) }) };
    optionIds.add(option.id);
  }
  return { optionIds: [...optionIds] };
}
