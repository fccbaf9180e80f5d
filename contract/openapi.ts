// The contract as OpenAPI 3.1. Nothing is written here that the endpoints do not say themselves.

import { endpoints, refusals } from "./index.ts";
import { type JsonSchema, withSingleValues } from "./json-schema.ts";
import { nameParts } from "./openapi-naming.ts";
import { DRY_RUN, KEYS, type Operation, operationOf, schemaOf } from "./openapi-operation.ts";
import { type OpenApiServed, sayOnceForPath } from "./path-parameters.ts";
import { inputs, records } from "./records.ts";
import type { NamedSchema } from "./sharing.ts";

export type OpenApi = {
  openapi: string;
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
};

/** As it is served: records, answers and parameters that stand in several places have a name, and calls refer to it. */
export function buildOpenApi(): OpenApiServed {
  return sayOnceForPath(nameParts(writeOut(), namedSchemas()));
}

/** The same with everything written out in its place. */
export function writeOut(): OpenApi {
  const paths: OpenApi["paths"] = {};
  for (const entry of endpoints) {
    const { path, method, also = [] } = entry.endpoint;
    paths[path] ??= {};
    const operations = paths[path];
    for (const verb of [method, ...also]) operations[verb.toLowerCase()] = operationOf(entry, verb);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Cadenza",
      version: "1",
      description:
        "Apollo's REST API, self-hosted, with Cadenza's additions. Send parameters in the query, as JSON or as a form. Every path also works below /v1. `x-scope`, with `api/v1/` before it, names a call in the scopes of keys, in limits and in usage; a key needs that scope, unless `x-access` says who else may call. GET reads and other verbs write, unless `x-effect` says otherwise.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: KEYS,
    paths,
    components: {
      securitySchemes: SECURITY,
      schemas: { Refusal: REFUSAL },
      responses: {
        Refused: {
          description: "Refused",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
        },
      },
    },
  };
}

function namedSchemas(): NamedSchema[] {
  const taken = Object.entries(inputs).map(([name, schema]) => ({
    name,
    schema: withoutDefaults(withSingleValues(schemaOf(schema, "input"))),
  }));
  const shown = Object.entries(records).map(([name, schema]) => ({
    name,
    schema: schemaOf(schema, "output"),
  }));
  return [{ name: "DryRun", schema: DRY_RUN }, ...taken.filter(hasNoDefault), ...shown];
}

/** Of a key with a default generators of clients take it that it is always there, save where a body is written out. */
function withoutDefaults(schema: JsonSchema): JsonSchema {
  if (!schema.properties) return schema;
  const properties = Object.entries(schema.properties).filter(([, part]) => !("default" in part));
  return { ...schema, properties: Object.fromEntries(properties) };
}

const hasNoDefault = ({ schema }: NamedSchema) => !JSON.stringify(schema).includes('"default":');

const SECURITY = {
  apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
  bearer: { type: "http", scheme: "bearer" },
};

const REFUSAL = {
  type: "object",
  properties: {
    error: { type: "string", description: "What is wrong, as a sentence" },
    message: { type: "string", description: "Used instead of `error` where Apollo uses `message`" },
    error_code: { type: "string" },
    code: { type: "string", enum: Object.keys(refusals), description: "Stable code for programs" },
    fix: { type: "string", description: "What you can do about it" },
  },
};
