// What the names in a mail stand for, for one mail.
//
// Most templates only name variables, and each is looked up by itself. Whatever else Liquid can say needs all names in
// one object: without a prototype, so that a template that asks for `constructor` asks for what is not there.

import { type Moment, shifted, shiftedDay } from "./mail-dates.ts";
import { type CustomValue, isAbsent, type MailFacts, type Value } from "./mail-facts.ts";
import { namesOf, VARIABLES, type Variable } from "./variables.ts";

/** Whom a mail is told of, and when. */
export type Told = { facts: MailFacts; at: Moment };

/** A variable as a template names it. */
export type Reference = {
  name: string; // as it was written
  key: string; // `contact.first_name`
  shift: number; // of `->plus_2`
};

const BY_NAME: ReadonlyMap<string, Variable> = new Map(
  VARIABLES.flatMap((variable) => namesOf(variable).map((name) => [name, variable])),
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
export function valueAt(told: Told, { key, shift }: Pick<Reference, "key" | "shift">): Value | null {
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

const fields = new WeakMap<Told, Map<string, Value>>();

/** Custom fields by every way to write them; the contact's before the company's, the first of a name before others. */
function fieldsOf(told: Told) {
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

export type Scope = { [name: string]: unknown };

/** All names at once, for whatever Liquid asks by itself. */
export function scopeOf(told: Told): Scope {
  const scope: Scope = Object.create(null);
  for (const key of new Set([...BY_NAME.keys(), ...fieldsOf(told).keys()]))
    put(scope, key.split("."), valueAt(told, { key, shift: 0 }));
  return scope;
}

function put(scope: Scope, [first = "", second]: readonly string[], value: unknown) {
  if (second === undefined) {
    scope[first] ??= value;
    return;
  }
  const group = typeof scope[first] === "object" && scope[first] ? scope[first] : Object.create(null);
  scope[first] = group;
  group[second] = value;
}
