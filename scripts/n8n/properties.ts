// The n8n node's parameters: resources, their operations, and what each asks for.

import { description as adding } from "../../sdk/adding.ts";
import type { Operation, Resource } from "./operation.ts";
import { RESOURCES } from "./operations.ts";
import {
  byName,
  collection,
  IF_MATCH,
  limits,
  locator,
  mapper,
  type Property,
  property,
  writeOptions,
} from "./parameters.ts";
import { entryOf, fieldsOf, HEAD, ID, inputOf } from "./reading.ts";
import { describe, headline, type Json, stopped, whether } from "./words.ts";

export function propertiesFile() {
  return `${HEAD}
import type { INodeProperties } from "n8n-workflow";

export const properties: INodeProperties[] = ${print(allProperties())};
`;
}

function allProperties(): Property[] {
  return [
    {
      displayName: "Resource",
      name: "resource",
      type: "options",
      noDataExpression: true,
      options: RESOURCES.map(({ name, value }) => ({ name, value })),
      default: "contact",
    },
    ...RESOURCES.map(operationsProperty),
    ...RESOURCES.flatMap((resource) =>
      resource.operations.flatMap((operation) =>
        propertiesOf(operation).map((property) => shown(property, resource, operation)),
      ),
    ),
  ];
}

function operationsProperty({ value, operations }: Resource): Property {
  return {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: { show: { resource: [value] } },
    options: operations.map((operation) => ({
      name: operation.name,
      value: operation.value,
      description: describe(operation.does ?? entryOf(operation.call).endpoint.summary),
      action: operation.action,
    })),
    default: operations.some((one) => one.value === "getAll") ? "getAll" : operations[0]?.value,
  };
}

function shown({ displayName, name, type, ...rest }: Property, resource: Resource, operation: Operation) {
  const show = {
    resource: [resource.value],
    operation: [operation.value],
    ...(rest.shownWith as Property | undefined),
  };
  const { shownWith: _, ...others } = rest;
  return { displayName, name, type, displayOptions: { show }, ...others };
}

function propertiesOf(operation: Operation): Property[] {
  const entry = entryOf(operation.call);
  const fields = fieldsOf(operation);
  const asked = operation.asks ?? [];
  const more = fields.filter(([name]) => !asked.includes(name));
  const isList = operation.value === "getAll";
  const target = operation.target ? [locator(operation.target)] : [];
  if (operation.value === "addContacts") return [...target, ...addingProperties(more)];
  const top = asked.map((name) => required(property(name, inputOf(entry)[name] as Json), name));
  const addable = operation.form ? more.filter(([name]) => name === "run_dedupe") : more;
  return [
    ...target,
    ...top,
    ...(operation.form ? [mapper(operation.form)] : []),
    ...(isList && operation.call !== "labels.list" ? limits(entry) : []),
    ...collection(isList ? "Filters" : "Additional Fields", isList ? "filters" : "additionalFields", addable),
    ...(entry.endpoint.effect === "write" ? [writeOptions(entry.endpoint.ifMatch ? [IF_MATCH] : [])] : []),
  ];
}

/** What the contract leaves optional and a person must say all the same. */
function required(property: Property, name: string): Property {
  const isLoose = ["user_id", "due_at"].includes(name);
  const isOfItem = ["contact_ids", "person_ids", "entity_ids"].includes(name) || name === "contact_id";
  return {
    ...property,
    ...(!isLoose && { required: true }),
    ...(isOfItem && { default: "={{ $json.id }}" }),
    ...(name === "contact_id" && { displayName: "Contact ID" }),
  };
}

/** The connector's own form: its ids as n8n has them chosen, its flags as they are called there. */
function addingProperties(more: readonly (readonly [string, Json])[]): Property[] {
  const shape = adding.configuration.properties;
  const known = Object.entries(shape) as [string, Json & { title: string }][];
  const flags = known.filter(([name]) => name.startsWith("sequence_") && name !== "sequence_id");
  const mailbox = property("email_account_ids", { type: "array", items: ID });
  const beside = more.filter(
    ([name]) => !(name in shape) && name !== "send_email_from_email_account_id" && name !== "contact_ids",
  );
  const switches = flags.map(([name, { title }]) => ({
    displayName: headline(title.split(" ")),
    name,
    type: "boolean",
    default: false,
    description: whether(name, title),
  }));
  const options = [
    ...switches,
    ...beside.map(([name, schema]) => property(name, schema)),
    property("user_id", {}),
  ].sort(byName("displayName"));
  return [
    { ...mailbox, required: true },
    {
      displayName: "Contact IDs",
      name: "contact_ids",
      type: "string",
      default: "={{ $json.id }}",
      description: `${describe(shape.contact_ids.description)}. Leave empty if you choose lists below`,
    },
    {
      displayName: "Add Items Together",
      name: "together",
      type: "boolean",
      default: true,
      description:
        "Whether to add contacts of items with equal settings in one call, with one item as the answer",
    },
    {
      displayName: "Additional Fields",
      name: "additionalFields",
      type: "collection",
      placeholder: "Add Field",
      default: {},
      options,
    },
    writeOptions([
      {
        displayName: "Run in Background",
        name: "async",
        type: "boolean",
        default: false,
        description: `Whether to add contacts in the background. ${shape.async.description.split(". ")[1]}`,
      },
      {
        displayName: "Put Output in Field",
        name: "output_variable",
        type: "string",
        default: "",
        placeholder: `e.g. ${shape.output_variable.default}`,
        description:
          "Field for the whole answer, added to the input item. If empty, the answer replaces the item",
      },
      {
        displayName: "Wait",
        name: "wait",
        type: "boolean",
        default: false,
        description: "Whether to wait until contacts are added, if this runs in the background",
      },
    ]),
  ];
}

/** Prints the value as a person would write it, because n8n's linter reads the source. */
function print(value: unknown, depth = 0): string {
  const pad = "  ".repeat(depth + 1);
  const end = "  ".repeat(depth);
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object"))
      return `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
    return `[\n${value.map((one) => `${pad}${print(one, depth + 1)},`).join("\n")}\n${end}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return "{}";
  const said = (key: string, one: unknown) => (key === "description" ? stopped(String(one)) : one);
  return `{\n${entries.map(([key, one]) => `${pad}${key}: ${print(said(key, one), depth + 1)},`).join("\n")}\n${end}}`;
}
