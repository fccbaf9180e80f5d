// The n8n node's table of calls, and the fields of its forms, from the contract.

import { z } from "zod";
import { pagesOf } from "../addresses.ts";
import type { Operation } from "./operation.ts";
import { RESOURCES } from "./operations.ts";
import { FIRST, PICKS, UNSEEN } from "./parameter-places.ts";
import { choice, entryOf, fieldsOf, fieldsOfGroup, HEAD, inputOf, KINDS, kindOf } from "./reading.ts";
import { type Json, plainOf, title } from "./words.ts";

type Property = Record<string, unknown>;

export function callsFile() {
  const lines = RESOURCES.flatMap(({ value, operations }) => [
    `  ${value}: {`,
    ...operations.map((operation) => `    ${operation.value}: ${JSON.stringify(callOf(operation))},`),
    "  },",
  ]);
  return `${HEAD}
import type { Pages } from "./pages.ts";

export type Kind = ${KINDS.map((kind) => `"${kind}"`).join(" | ")};

export type Call = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Changes something: carries a key that makes a second try harmless, and can be tried out. */
  writes?: true;
  /** The parameter with the record that the path is about. */
  target?: string;
  /** Its fields come from a form. */
  form?: true;
  /** Shown at once. */
  asks: readonly string[];
  /** What may be sent, and how it is read. */
  fields: Readonly<Record<string, Kind>>;
  /** What each thing of a list has, where those are groups of fields. */
  groups?: Readonly<Record<string, Readonly<Record<string, Kind>>>>;
  pages?: Pages;
  /** The key under which the answer has its one record. */
  answer?: string;
};

export const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
${lines.join("\n")}
};
`;
}

function callOf(operation: Operation) {
  const { call, target, form, asks = [] } = operation;
  const entry = entryOf(call);
  const { method, path, effect, output, also = [] } = entry.endpoint;
  const answered = z.toJSONSchema(output, { io: "output" }) as Json;
  const [first, ...others] = Object.keys(answered.properties ?? {});
  const isRecord = first !== undefined && others.every((key) => BESIDE.has(key));
  const pages = effect === "read" ? pagesOf(entry.endpoint, call) : null;
  const isList = operation.value === "getAll";
  return {
    method: method === "GET" && also.includes("POST") ? "POST" : method,
    path,
    ...(effect === "write" && { writes: true }),
    ...(target && { target: `${target}Id` }),
    ...(form && { form: true }),
    asks,
    fields: Object.fromEntries(fieldsOf(operation).map(([name, schema]) => [name, kindOf(name, schema)])),
    ...groupsOf(operation),
    ...(isList && pages && { pages }),
    ...(!isList && isRecord && { answer: first }),
  };
}

function groupsOf(operation: Operation) {
  const groups = fieldsOf(operation).filter(([name, schema]) => kindOf(name, schema) === "groups");
  if (groups.length === 0) return {};
  const kinds = (schema: Json) =>
    Object.fromEntries(fieldsOfGroup(schema).map(([name, , kind]) => [name, kind]));
  return { groups: Object.fromEntries(groups.map(([name, schema]) => [name, kinds(schema)])) };
}

/** What an answer has beside its one record. */
const BESIDE = new Set(["contact", "labels", "dedupe_result", "salesforce_users", "hubspot_owners"]);

/** The fields of a record, for a form that the team's own fields are added to. */
export function formsFile() {
  const forms = { contact: "contacts.create", account: "accounts.create", deal: "opportunities.create" };
  const lines = Object.entries(forms).map(([form, call]) => {
    const fields = Object.entries(inputOf(entryOf(call)))
      .filter(([name]) => !UNSEEN.has(name) && name !== "typed_custom_fields" && name !== "run_dedupe")
      .filter(([, schema]) => kindOf("", schema) !== "json")
      .map(([name, schema]) => formField(form, name, plainOf(schema)));
    return `  ${form}: [\n${fields.map((field) => `    ${JSON.stringify(field)},`).join("\n")}\n  ],`;
  });
  return `${HEAD}
import type { ResourceMapperField } from "n8n-workflow";

/** With the method that loads its choices, where the server has them. */
export type FormField = ResourceMapperField & { pick?: string };

export const forms: Readonly<Record<string, readonly FormField[]>> = {
${lines.join("\n")}
};
`;
}

function formField(form: string, name: string, schema: Json): Property {
  const kind = kindOf(name, schema);
  const pick = kind === "list" ? undefined : PICKS[name];
  const type = { flag: "boolean", number: "number", time: "dateTime" }[kind as "flag"] ?? "string";
  return {
    id: name,
    displayName: title(name),
    required: form === "deal" && name === "name",
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: true,
    removed: !FIRST.has(name),
    type: pick || schema.enum ? "options" : type,
    ...(schema.enum && { options: schema.enum.map(choice) }),
    ...(pick && { pick }),
  };
}
