// One parameter of the n8n node after the other: from a parameter of the contract, or of the kinds that n8n's nodes have.

import type { Entry } from "../../contract/index.ts";
import { pagesOf } from "../addresses.ts";
import { GROUPS, PICKS } from "./parameter-places.ts";
import { SAYS } from "./parameter-words.ts";
import { choice, fieldsOfGroup, kindOf } from "./reading.ts";
import { describe, type Json, plainOf, title, whether } from "./words.ts";

export type Property = Record<string, unknown>;

export function property(name: string, given: Json): Property {
  const schema = plainOf(given);
  const kind = kindOf(name, schema);
  const displayName = title(name);
  const pick = PICKS[name];
  if (pick) return picked(name, displayName, pick, kind === "ids" || kind === "list");
  const described =
    kind === "flag" ? whether(name, schema.description) : (SAYS[name] ?? describe(schema.description));
  const about = described ? { description: described } : {};
  switch (kind) {
    case "flag":
      return { displayName, name, type: "boolean", default: false, ...about };
    case "number":
      return { displayName, name, type: "number", default: Math.max(schema.minimum ?? 0, 0), ...about };
    case "time":
      return { displayName, name, type: "dateTime", default: "", ...about };
    case "json":
      return { displayName, name, type: "json", default: "", ...about };
    case "range":
      return range(displayName, name, schema);
    case "groups":
      return groups(displayName, name, schema);
    case "ids":
    case "list":
    case "numbers":
      return listed(displayName, name, schema, about);
    default:
      return single(displayName, name, schema, about);
  }
}

const FROM_LIST = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

function picked(name: string, label: string, pick: string, isMany: boolean): Property {
  const names = pick === "getListNames";
  return {
    displayName: isMany ? `${label} Names or IDs` : `${label} Name or ID`,
    name,
    type: isMany ? "multiOptions" : "options",
    typeOptions: { loadOptionsMethod: pick },
    default: isMany ? [] : "",
    description: isMany
      ? `Choose from the list, or specify IDs using an ${FROM_LIST}`
      : `Choose from the list, or specify an ID using an ${FROM_LIST}`,
    ...(names && { hint: "Expressions must use the names of lists" }),
  };
}

function listed(displayName: string, name: string, schema: Json, about: Property): Property {
  const choices = name === "modality" ? ["contacts", "accounts"] : schema.items?.enum;
  if (choices)
    return {
      displayName,
      name,
      type: "multiOptions",
      options: choicesOf(choices),
      default: [],
      ...about,
    };
  const said = [about.description, "Separated by commas"].filter(
    (part, index, all) => part && all.indexOf(part) === index,
  );
  return { displayName, name, type: "string", default: "", description: said.join(". ") };
}

function single(displayName: string, name: string, schema: Json, about: Property): Property {
  const choices = name === "modality" ? ["contacts", "accounts"] : schema.enum;
  if (choices) {
    const options = choicesOf(choices);
    return { displayName, name, type: "options", options, default: options[0]?.value, ...about };
  }
  const isLong = ["note", "description"].includes(name);
  const mail = name === "email" ? { placeholder: "name@email.com" } : {};
  return {
    displayName,
    name,
    type: "string",
    ...(isLong && { typeOptions: { rows: 4 } }),
    ...mail,
    default: "",
    ...about,
  };
}

/** Two words for the same are one choice, by the first of them. */
function choicesOf(words: readonly string[]) {
  const byTitle = new Map(
    words
      .map(choice)
      .reverse()
      .map((one) => [one.name, one]),
  );
  return [...byTitle.values()].sort(byName("name"));
}

function range(displayName: string, name: string, schema: Json): Property {
  const isTime = schema.properties?.min?.format === "date-time";
  const end = (key: string, label: string) =>
    isTime
      ? { displayName: label, name: key, type: "dateTime", default: "" }
      : { displayName: label, name: key, type: "number", default: 0 };
  return {
    displayName,
    name,
    type: "fixedCollection",
    default: {},
    options: [
      {
        displayName: "Range",
        name: "range",
        values: isTime
          ? [end("min", "From"), end("max", "To")]
          : [end("min", "At Least"), end("max", "At Most")],
      },
    ],
  };
}

function groups(displayName: string, name: string, schema: Json): Property {
  const one = GROUPS[name] ?? "";
  const values = fieldsOfGroup(schema)
    .map(([key, given, kind]) =>
      kind === "oneOrMany"
        ? single(title(key), key, { type: "string" }, aboutOf(given))
        : property(key, given),
    )
    .sort(byName("displayName"));
  return {
    displayName,
    name,
    type: "fixedCollection",
    placeholder: `Add ${one}`,
    typeOptions: { multipleValues: true, sortable: true },
    default: {},
    options: [{ displayName: one, name: "group", values }],
  };
}

function aboutOf({ description }: Json): Property {
  const said = describe(description);
  return said ? { description: `${said}. Several are separated by commas` } : {};
}

const locatorWords: Readonly<Record<string, string>> = {
  account: "Accounts",
  contact: "Contacts",
  deal: "Deals",
  list: "Lists",
  sequence: "Sequences",
  task: "Tasks",
};

export function locator(target: string): Property {
  const name = title(target);
  const many = locatorWords[target];
  return {
    displayName: name,
    name: `${target}Id`,
    type: "resourceLocator",
    required: true,
    default: many ? { mode: "list", value: "" } : { mode: "id", value: "" },
    modes: [
      ...(many
        ? [
            {
              displayName: "From List",
              name: "list",
              type: "list",
              typeOptions: { searchListMethod: `search${many}`, searchable: true },
            },
          ]
        : []),
      { displayName: "By ID", name: "id", type: "string", placeholder: "e.g. 64f0aa000000000000000001" },
    ],
  };
}

export function mapper(form: string): Property {
  return {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    noDataExpression: true,
    required: true,
    default: { mappingMode: "defineBelow", value: null },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: `get${title(form)}Fields`,
        mode: "add",
        fieldWords: { singular: "field", plural: "fields" },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  };
}

export function limits(entry: Entry): Property[] {
  const most = pagesOf(entry.endpoint, entry.name)?.most;
  if (!most) return [];
  return [
    {
      displayName: "Return All",
      name: "returnAll",
      type: "boolean",
      default: false,
      description: "Whether to return all results or only up to a given limit",
    },
    {
      displayName: "Limit",
      name: "limit",
      type: "number",
      shownWith: { returnAll: [false] },
      typeOptions: { minValue: 1 },
      default: 50,
      description: "Max number of results to return",
    },
  ];
}

export function collection(
  displayName: string,
  name: string,
  fields: readonly (readonly [string, Json])[],
): Property[] {
  if (fields.length === 0) return [];
  const options = fields.map(([key, schema]) => property(key, schema)).sort(byName("displayName"));
  const placeholder = name === "filters" ? "Add Filter" : "Add Field";
  return [{ displayName, name, type: "collection", placeholder, default: {}, options }];
}

/** Where the record has versions. */
export const IF_MATCH: Property = {
  displayName: "If Etag Is",
  name: "ifMatch",
  type: "string",
  default: "",
  description:
    "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
};

export function writeOptions(more: readonly Property[] = []): Property {
  const options = [
    {
      displayName: "Dry Run",
      name: "dryRun",
      type: "boolean",
      default: false,
      description: "Whether to show what would happen and change nothing",
    },
    {
      displayName: "Idempotency Key",
      name: "idempotencyKey",
      type: "string",
      default: "",
      description:
        "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
    },
    ...more,
  ].sort(byName("displayName"));
  return {
    displayName: "Options",
    name: "options",
    type: "collection",
    placeholder: "Add Option",
    default: {},
    options,
  };
}

export function byName(key: "name" | "displayName") {
  return (a: Property, b: Property) => {
    const [one, other] = [String(a[key]).toLowerCase(), String(b[key]).toLowerCase()];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}
