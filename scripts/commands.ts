// The command line's own table of what can be asked and by which flags: written out rather than read off the contract,
// so that `cadenza --help` answers without loading a schema.

import { z } from "zod";
import { type Entry, endpoints, pathParameters } from "../contract/index.ts";
import { pagesOf } from "./addresses.ts";

type Json = {
  type?: string | string[];
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  anyOf?: Json[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
};

export function commandsFile() {
  const nouns = new Map<string, string[]>();
  for (const entry of endpoints) {
    const [noun = "", verb = ""] = entry.name.split(".");
    const line = `    ${verb}: ${JSON.stringify(commandOf(entry))},`;
    nouns.set(noun, [...(nouns.get(noun) ?? []), line]);
  }
  const lines = [...nouns].flatMap(([noun, verbs]) => [`  ${noun}: {`, ...verbs, "  },"]);
  return `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one command is one line

/** flag, text, int, number, list (of words), any (JSON, or else text) or json. */
export type Kind = "flag" | "text" | "int" | "number" | "list" | "any" | "json";

export type Flag = {
  /** The wire's word. */
  name: string;
  kind: Kind;
  says?: string;
  choices?: string[];
  unless?: unknown;
  needed?: true;
  /** Stands in the path, so on the command line it is an argument. */
  inPath?: true;
  /** May be sent as a file. */
  isFile?: true;
};

export type Traits = { writes?: true; ifMatch?: true; startsJob?: true; alsoCsv?: true; isFile?: true; pages?: { items: string }; wrapper?: string };

export type Command = { says: string; more?: string; traits: Traits; flags: Flag[] };

export const commands: Record<string, Record<string, Command>> = {
${lines.join("\n")}
};
`;
}

function commandOf({ endpoint, name }: Entry) {
  const { effect, alsoCsv, isFile } = endpoint;
  const pages = effect === "read" ? pagesOf(endpoint, name) : null;
  const { properties = {}, required = [] } = z.toJSONSchema(endpoint.input, { io: "input" }) as Json;
  const inPath = pathParameters(endpoint.path);
  const flags = Object.entries(properties).map(([name, json]) => ({
    name,
    ...kindOf(json),
    ...(json.description && { says: json.description }),
    ...(json.default !== undefined && json.default !== false && { unless: json.default }),
    ...(required.includes(name) && { needed: true }),
    ...(inPath.includes(name) && { inPath: true }),
    ...((name === endpoint.takesFile || name === "file") && { isFile: true }),
  }));
  return {
    says: endpoint.summary,
    ...(endpoint.description && { more: endpoint.description }),
    traits: {
      ...(effect === "write" && { writes: true }),
      ...(endpoint.ifMatch && { ifMatch: true }),
      ...(startsJob(endpoint) && { startsJob: true }),
      ...(alsoCsv && { alsoCsv }),
      ...(isFile && { isFile }),
      ...(pages && { pages: { items: pages.items } }),
      ...(endpoint.wrapper && { wrapper: endpoint.wrapper }),
    },
    flags: [...flags.filter((flag) => flag.inPath), ...flags.filter((flag) => !flag.inPath)],
  };
}

/** Its work may go on in the background. */
function startsJob({ effect, output, path }: Entry["endpoint"]) {
  if (effect !== "write" || path.startsWith("/entity_progress_jobs")) return false;
  const said = JSON.stringify(z.toJSONSchema(output, { unrepresentable: "any" }));
  return said.includes('"entity_progress_job"') || said.includes('"job_id"');
}

function kindOf(json: Json): { kind: string; choices?: unknown[] } {
  const given = Array.isArray(json.type) ? json.type.map((type) => ({ ...json, type })) : (json.anyOf ?? []);
  const kinds = given.filter(({ type }) => type !== "null");
  if (kinds.length === 1) return kindOf(kinds[0] as Json);
  if (kinds.length > 1) return { kind: "any" };
  if (json.enum) return { kind: "text", choices: json.enum };
  switch (json.type) {
    case "boolean":
      return { kind: "flag" };
    case "integer":
      return { kind: "int" };
    case "number":
      return { kind: "number" };
    case "string":
      return { kind: "text" };
    case "array":
      return json.items?.type === "string"
        ? { kind: "list", ...(json.items.enum && { choices: json.items.enum }) }
        : { kind: "json" };
    case "object":
      return { kind: "json" };
    default:
      return { kind: "any" };
  }
}
