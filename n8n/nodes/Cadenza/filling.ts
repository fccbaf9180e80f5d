// What a person filled in, as the server takes it: lists from text with commas, moments with an offset, ids that are ids.

import { type IDataObject, type IExecuteFunctions, NodeOperationError } from "n8n-workflow";
import type { Call, Kind } from "./made/calls.ts";

const ID = /^[0-9a-f]{24}$/i;

type Problem = { name: string; says: string };

/** The call's path and everything that goes with it. Names all that is no id at once, before anything is sent. */
export function fill(
  asker: IExecuteFunctions,
  call: Call,
  itemIndex: number,
): { path: string; input: IDataObject } {
  const problems: Problem[] = [];
  const given = givenTo(asker, call, itemIndex);
  const input: IDataObject = {};
  for (const [name, value] of Object.entries(given)) {
    const kind = kindOf(call, name);
    const read =
      kind === "groups"
        ? readGroups(name, value, call.groups?.[name] ?? {}, problems)
        : readValue(name, value, kind, problems);
    if (read !== undefined) input[name] = read;
  }
  for (const name of call.asks)
    if (ASKED.has(name) && isNothing(input[name])) problems.push({ name, says: "is missing" });
  const id = call.target ? targetOf(asker, call.target, itemIndex, problems) : "";
  if (problems.length > 0) throw misfilled(asker, problems, itemIndex);
  return { path: call.path.replace("{id}", id), input: withOwnFields(input) };
}

/** Without a value here the call would be about no record, or about every record. */
const ASKED = new Set(["contact_ids", "entity_ids", "label_names", "signals"]);

export function targetOf(asker: IExecuteFunctions, name: string, itemIndex: number, problems: Problem[]) {
  const id = String(asker.getNodeParameter(name, itemIndex, "", { extractValue: true }) ?? "").trim();
  if (!id) problems.push({ name, says: "is missing" });
  else if (!ID.test(id)) problems.push({ name, says: notAnId(id) });
  return id.toLowerCase();
}

export function misfilled(asker: IExecuteFunctions, problems: readonly Problem[], itemIndex: number) {
  const shown = problems.slice(0, 10).map(({ name, says }) => `${name}: ${says}`);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new NodeOperationError(asker.getNode(), shown.join("; "), {
    description: "Nothing was sent. Correct these values.",
    itemIndex,
  });
}

function givenTo(asker: IExecuteFunctions, call: Call, itemIndex: number): IDataObject {
  const asked = Object.fromEntries(
    call.asks.map((name) => [name, asker.getNodeParameter(name, itemIndex, "")]),
  );
  const form = call.form ? formOf(asker, itemIndex) : {};
  const from = call.pages ? "filters" : "additionalFields";
  const more = asker.getNodeParameter(from, itemIndex, {}) as IDataObject;
  return { ...form, ...more, ...asked } as IDataObject;
}

/** Of what is mapped by itself, only what the form has: an item may hold anything. */
function formOf(asker: IExecuteFunctions, itemIndex: number): IDataObject {
  const mapped = asker.getNodeParameter("fields", itemIndex, {}) as {
    mappingMode?: string;
    value?: IDataObject | null;
    schema?: { id: string; removed?: boolean }[];
  };
  const known = new Set((mapped.schema ?? []).map(({ id }) => id));
  if (mapped.mappingMode !== "autoMapInputData") return mapped.value ?? {};
  const item = asker.getInputData()[itemIndex]?.json ?? {};
  return Object.fromEntries(Object.entries(item).filter(([name]) => known.has(name))) as IDataObject;
}

const OWN = "typed_custom_fields.";

function kindOf(call: Call, name: string): Kind | "own" {
  return name.startsWith(OWN) ? "own" : (call.fields[name] ?? "text");
}

/** The team's own fields lie in one object on the wire. */
function withOwnFields(input: IDataObject): IDataObject {
  const own: IDataObject = {};
  const rest: IDataObject = {};
  for (const [name, value] of Object.entries(input)) {
    if (name.startsWith(OWN)) own[name.slice(OWN.length)] = value;
    else rest[name] = value;
  }
  return Object.keys(own).length > 0 ? { ...rest, typed_custom_fields: own } : rest;
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Undefined where nothing was said. Null clears, where an expression says null. */
function readValue(
  name: string,
  value: unknown,
  kind: Kind | "own",
  problems: Problem[],
): IDataObject[string] | undefined {
  if (value === null)
    return kind === "flag" || kind === "own" || kind === "text" || kind === "id" ? null : undefined;
  if (value === undefined || value === "") return undefined;
  switch (kind) {
    case "id":
      return readIds(name, [String(value)], problems)[0];
    case "ids":
      return orNothing(readIds(name, listOf(value, /[\s,;]+/), problems));
    case "list":
      return orNothing(listOf(value, /[,\n]+/));
    case "numbers":
      return orNothing(listOf(value, /[\s,;]+/))?.map((one) => readNumber(name, one, problems));
    case "oneOrMany":
      return typeof value === "string" && value.includes(",")
        ? orNothing(listOf(value, /,/))
        : (value as string);
    case "number":
      return readNumber(name, value, problems);
    case "flag":
      return value === true || value === "true";
    case "time":
      return readTime(value);
    case "range":
      return readRange(value as IDataObject);
    case "json":
      return readJson(name, value, problems);
    case "text":
      return typeof value === "object" ? (value as IDataObject) : String(value);
    default:
      return value as IDataObject[string];
  }
}

/** What was added to a list, one thing after the other; an expression may say the list itself. */
function readGroups(
  name: string,
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
  problems: Problem[],
): IDataObject[] {
  const { group } = (value || {}) as { group?: IDataObject[] };
  const things = (Array.isArray(value) ? value : (group ?? [])) as IDataObject[];
  return things.map((thing, n) => {
    const said = Object.entries(thing).map(([key, one]) => [
      key,
      readValue(`${name} ${n + 1}, ${key}`, one, kinds[key] ?? "text", problems),
    ]);
    return Object.fromEntries(said.filter(([, one]) => one !== undefined)) as IDataObject;
  });
}

function orNothing(list: string[]) {
  return list.length > 0 ? list : undefined;
}

function listOf(value: unknown, between: RegExp): string[] {
  const parts = Array.isArray(value) ? value.map(String) : String(value).split(between);
  return [...new Set(parts.map((part) => part.trim()).filter(Boolean))];
}

function readIds(name: string, ids: readonly string[], problems: Problem[]) {
  for (const id of ids) if (!ID.test(id.trim())) problems.push({ name, says: notAnId(id) });
  return ids.map((id) => id.trim().toLowerCase());
}

const notAnId = (id: string) => `${JSON.stringify(id.slice(0, 60))} is not a valid ID`;

function readNumber(name: string, value: unknown, problems: Problem[]) {
  const number = Number(value);
  if (Number.isNaN(number)) problems.push({ name, says: `${JSON.stringify(value)} is not a number` });
  return number;
}

/** n8n hands moments over as text, as a Date, or as one of Luxon's. */
function readTime(value: unknown) {
  if (value instanceof Date) return value.toISOString();
  const luxon = value as { toISO?: () => string };
  return typeof luxon.toISO === "function" ? luxon.toISO() : String(value);
}

function readRange({ range }: IDataObject): IDataObject | undefined {
  const { min, max } = (range ?? {}) as { min?: unknown; max?: unknown };
  const ends = Object.entries({ min, max }).filter(([, end]) => !isNothing(end));
  if (ends.length === 0) return undefined;
  return Object.fromEntries(ends.map(([key, end]) => [key, typeof end === "number" ? end : readTime(end)]));
}

function readJson(name: string, value: unknown, problems: Problem[]): IDataObject | undefined {
  if (typeof value !== "string") return value as IDataObject;
  try {
    return JSON.parse(value) as IDataObject;
  } catch {
    problems.push({ name, says: "is not valid JSON" });
    return undefined;
  }
}
