// The values of the names in one mail.
//
// Most templates only name variables, and each is looked up by itself. The rest of Liquid needs all names in one
// object: without a prototype, so that a template cannot reach `constructor`.

import type { DrawnFor } from "./alternatives.ts";
import { type Moment, shifted, shiftedDay } from "./mail-dates.ts";
import { type CustomValue, isAbsent, type MailFacts, type Value } from "./mail-facts.ts";
import { namesOf, TEMPLATE_VARIABLES, type TemplateVariable } from "./variables.ts";

/** Whom a mail is told of, and when. */
export type VariableInputs = { facts: MailFacts; at: Moment; drawnFor: DrawnFor };

/** A variable as a template names it. */
export type Reference = {
  name: string; // as it was written
  key: string; // `contact.first_name`
  shift: number; // of `->plus_2`
};

const BY_NAME: ReadonlyMap<string, TemplateVariable> = new Map(
  TEMPLATE_VARIABLES.flatMap((variable) => namesOf(variable).map((name) => [name, variable])),
);

/** "Favourite Sport" as it is written in a mail: `favourite_sport`. */
export function nameAsWritten(name: string) {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
}

/** Null where there is no such variable, or nothing in it. */
export function variableValueAt(
  told: VariableInputs,
  { key, shift }: Pick<Reference, "key" | "shift">,
): Value | null {
  const variable = BY_NAME.get(key);
  if (variable) {
    const at = variable.unit && shift !== 0 ? shifted(told.at, variable.unit, shift) : told.at;
    return present(variable.read(told.facts, at));
  }
  const value = present(fieldsOf(told).get(key));
  return typeof value === "string" && shift !== 0 ? shiftedDay(value, shift) : value;
}

/** An empty opener is one that may be left out, so "" is there. */
function present(value: Value | null | undefined) {
  return value === undefined || (value !== "" && isAbsent(value)) ? null : value;
}

const fields = new WeakMap<VariableInputs, Map<string, Value>>();

/** Custom fields by every way to write them; the contact's before the company's, the first of a name before others. */
function fieldsOf(told: VariableInputs) {
  const known = fields.get(told);
  if (known) return known;
  const found = new Map<string, Value>();
  const note = (key: string, value: Value) => found.has(key) || found.set(key, value);
  const read = (owner: string, values: readonly CustomValue[]) => {
    for (const { id, name, value } of values)
      for (const key of [id, nameAsWritten(name)]) {
        note(`${owner}.${key}`, value);
        note(key, value);
      }
  };
  read("contact", told.facts.contact.customFields);
  read("account", told.facts.account?.customFields ?? []);
  fields.set(told, found);
  return found;
}

export type VariableScope = { [name: string]: unknown };

/** All names at once, for whatever Liquid asks by itself. */
export function scopeOf(told: VariableInputs): VariableScope {
  const scope: VariableScope = Object.create(null);
  for (const key of new Set([...BY_NAME.keys(), ...fieldsOf(told).keys()]))
    put(scope, key.split("."), variableValueAt(told, { key, shift: 0 }));
  return scope;
}

function put(scope: VariableScope, [first = "", second]: readonly string[], value: unknown) {
  if (second === undefined) {
    scope[first] ??= value;
    return;
  }
  const group = typeof scope[first] === "object" && scope[first] ? scope[first] : Object.create(null);
  scope[first] = group;
  group[second] = value;
}

/** Whether a template may name it, in a team with fields of these names. */
export function isVariable(key: string, fieldNames: readonly string[]) {
  if (BY_NAME.has(key)) return true;
  const bare = key.replace(/^(?:contact|account)\./, "");
  return fieldNames.some((name) => nameAsWritten(name) === bare);
}
