// A JSON schema as a TypeScript type, on one line.

import type { JsonSchema } from "../contract/json-schema.ts";

export function print(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) as string;
  if (schema.allOf) return schema.allOf.map(print).join(" & ");
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(print))].join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.not) return "never";
  if (Array.isArray(schema.type)) return schema.type.map((type) => print({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "object":
      return printObject(schema);
    case "array":
      return printArray(schema);
    case "string":
    case "boolean":
    case "null":
    case "number":
      return schema.type;
    case "integer":
      return "number";
    case "blob":
      return "Blob";
    default:
      return "unknown";
  }
}

function printArray({ prefixItems, items }: JsonSchema) {
  if (prefixItems) return `[${prefixItems.map(print).join(", ")}]`;
  const element = items ? print(items) : "unknown";
  return / /.test(element) ? `Array<${element}>` : `${element}[]`;
}

function printObject({ properties, required = [], additionalProperties: values }: JsonSchema) {
  if (!properties || Object.keys(properties).length === 0) {
    if (typeof values === "object") return `Record<string, ${print(values)}>`;
    return values === false || properties ? "Record<never, never>" : "Record<string, unknown>";
  }
  const parts = Object.entries(properties).map(([key, value]) => {
    const about = value.description ? `/** ${comment(value.description)} */ ` : "";
    const mark = required.includes(key) ? "" : "?";
    return `${about}${printKey(key)}${mark}: ${print(value)}${mark ? " | undefined" : ""}`;
  });
  return `{ ${parts.join("; ")} }`;
}

const printKey = (key: string) => (/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key));
export const comment = (text: string) => text.replaceAll("*/", "* /").replaceAll("\n", " ");
