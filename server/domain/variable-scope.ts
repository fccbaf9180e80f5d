// What the names in a mail stand for, for one mail.
//
// Objects without a prototype throughout: a template that asks for `constructor` asks for a variable that is not there.

import { type Moment, shifted, shiftedDay } from "./mail-dates.ts";
import { type CustomValue, isAbsent, type MailFacts } from "./mail-facts.ts";
import { namesOf, VARIABLES, type Variable } from "./variables.ts";

export type Scope = { [name: string]: unknown };

/** A variable as a template names it. */
export type Reference = {
  name: string; // as it was written
  path: readonly string[];
  shift: number; // of `->plus_2`
};

const PLACES = VARIABLES.flatMap((variable) =>
  namesOf(variable).map((name) => ({ variable, path: name.split(".") })),
);
const BY_NAME = new Map(PLACES.map(({ variable, path }) => [path.join("."), variable]));

export function variableNamed(path: readonly string[]): Variable | undefined {
  return BY_NAME.get(path.join("."));
}

/** "Favourite Sport" as it is written in a mail: `favourite_sport`. */
export function nameAsWritten(name: string) {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

export function scopeOf(facts: MailFacts, at: Moment): Scope {
  const scope: Scope = Object.create(null);
  const values = new Map(VARIABLES.map((variable) => [variable, variable.read(facts, at)]));
  for (const { variable, path } of PLACES) put(scope, path, values.get(variable));
  addFields(scope, "contact", facts.contact.customFields);
  addFields(scope, "account", facts.account?.customFields ?? []);
  return scope;
}

function put(scope: Scope, [first = "", second]: readonly string[], value: unknown) {
  if (second === undefined) scope[first] = value;
  else group(scope, first)[second] = value;
}

function group(scope: Scope, name: string): Scope {
  scope[name] ??= Object.create(null);
  return scope[name] as Scope;
}

/** The first field of a name has it, and what is in the table goes before any field. */
function addFields(scope: Scope, owner: "contact" | "account", fields: readonly CustomValue[]) {
  const own = group(scope, owner);
  for (const { id, name, value } of fields) {
    const written = nameAsWritten(name);
    for (const place of [own, scope]) {
      place[id] = value;
      if (!(written in place)) place[written] = value;
    }
  }
}

/** Null where there is no such variable, or nothing in it. */
export function valueAt(
  scope: Scope,
  { path, shift }: Pick<Reference, "path" | "shift">,
  mail: Told,
): unknown {
  if (shift === 0) return foundAt(scope, path);
  const variable = variableNamed(path);
  if (variable?.unit) return variable.read(mail.facts, shifted(mail.at, variable.unit, shift));
  const value = foundAt(scope, path);
  return typeof value === "string" ? shiftedDay(value, shift) : value;
}

export type Told = { facts: MailFacts; at: Moment };

function foundAt(scope: Scope, path: readonly string[]): unknown {
  let found: unknown = scope;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return null;
    found = (found as Scope)[key];
  }
  return isAbsent(found) && found !== "" ? null : found;
}
