// The contract as OpenAPI 3.1. Nothing is written here that the endpoints do not say themselves.

import { z } from "zod";
import type { Endpoint, Example } from "./endpoint.ts";
import { examplesOf } from "./examples/index.ts";
import { type Entry, endpoints, pathParameters, refusals, scopeName } from "./index.ts";

type Json = Record<string, unknown>;

export function buildOpenApi() {
  const paths: Record<string, Json> = {};
  for (const entry of endpoints) {
    const { path, method, also = [] } = entry.endpoint;
    paths[path] ??= {};
    const operations = paths[path];
    for (const verb of [method, ...also]) operations[verb.toLowerCase()] = operation(entry, verb);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Cadenza",
      version: "1",
      description:
        "Apollo's REST API, self-hosted, and what Cadenza adds to it. Parameters may come in the query, as JSON or as a form; " +
        "every path also stands below /v1.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: KEYS,
    paths,
    components: { securitySchemes: SECURITY, schemas: { Refusal: REFUSAL } },
  };
}

const KEYS = [{ apiKey: [] }, { bearer: [] }];

const SECURITY = {
  apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
  bearer: { type: "http", scheme: "bearer" },
};

const REFUSAL = {
  type: "object",
  properties: {
    error: { type: "string", description: "What is wrong, in a sentence" },
    message: { type: "string", description: "Stands in for error where Apollo says message" },
    error_code: { type: "string" },
    code: { type: "string", enum: Object.keys(refusals), description: "Stable; programs decide by this" },
    fix: { type: "string", description: "What a person can do about it" },
  },
};

function operation({ name, endpoint }: Entry, verb: string): Json {
  const examples = examplesOf(name);
  const inPath = pathParameters(endpoint.path);
  const schema = jsonSchema(endpoint.input, "input");
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const required = (schema.required ?? []) as string[];
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key));
  const hasBody = verb !== "GET" && verb !== "DELETE";
  const parameter = (key: string, place: string) =>
    queryParameter(key, place, properties[key] ?? {}, required.includes(key));
  return {
    operationId: verb === endpoint.method ? name : `${name}.${verb.toLowerCase()}`,
    tags: [name.split(".")[0]],
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    ...(endpoint.access === "open" && { security: endpoint.looksAtKey ? [...KEYS, {}] : [] }),
    "x-scope": scopeName(endpoint),
    ...(endpoint.oauth && { "x-oauth-scope": endpoint.oauth }),
    "x-access": endpoint.access,
    "x-effect": endpoint.effect,
    parameters: [
      ...inPath.map((key) => parameter(key, "path")),
      ...(hasBody ? [] : rest.map((key) => parameter(key, "query"))),
      ...(endpoint.effect === "write" && endpoint.access !== "open" ? WRITE_HEADERS : []),
    ],
    ...(hasBody && rest.length > 0 && { requestBody: requestBody(schema, rest, inPath, examples, endpoint) }),
    responses: {
      "200": {
        description: "Done",
        content: endpoint.isFile
          ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
          : {
              "application/json": {
                schema: answerSchema(endpoint),
                ...shown(examples, "answer"),
              },
              ...(endpoint.alsoCsv && { "text/csv": { schema: { type: "string" } } }),
            },
      },
      default: {
        description: "Refused",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
      },
    },
  };
}

/** A dry run says in the answer, too, that it was one. */
function answerSchema({ output, effect, access }: Entry["endpoint"]): Json {
  const schema = jsonSchema(output, "output");
  return effect === "write" && access !== "open" ? mayBeDryRun(schema) : schema;
}

function mayBeDryRun(schema: Json): Json {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: schema.anyOf.map(mayBeDryRun) };
  if (!schema.properties) return schema;
  return { ...schema, properties: { ...schema.properties, dry_run: DRY_RUN } };
}

const DRY_RUN = {
  type: "boolean",
  const: true,
  description: "Only where it was asked for: nothing was changed",
};

const WRITE_HEADERS = [
  {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    schema: { type: "string", minLength: 1, maxLength: 255 },
    description: "Within 24 hours the same key gets the first answer again",
  },
  {
    name: "Dry-Run",
    in: "header",
    required: false,
    schema: { type: "boolean" },
    description: "Shows what would happen and changes nothing",
  },
];

function queryParameter(name: string, place: string, schema: Json, isRequired: boolean): Json {
  const isList = schema.type === "array";
  return {
    name: isList ? `${name}[]` : name,
    in: place,
    required: place === "path" || isRequired,
    schema,
    ...(isList && { style: "form", explode: true }),
  };
}

function requestBody(
  schema: Json,
  keys: readonly string[],
  inPath: readonly string[],
  examples: readonly Example[],
  { takesFile, takesUpload, wrapper }: Endpoint,
): Json {
  const properties = Object.fromEntries(keys.map((key) => [key, (schema.properties as Json)[key]]));
  const required = ((schema.required ?? []) as string[]).filter((key) => !inPath.includes(key));
  return {
    required: required.length > 0,
    content: {
      "application/json": {
        schema: { type: "object", properties, ...(required.length > 0 && { required }) },
        ...shown(examples, "input"),
      },
      ...(takesFile !== undefined && {
        "text/csv": { schema: { type: "string" } },
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: { ...properties, [takesFile]: { type: "string", format: "binary" } },
          },
        },
      }),
      ...(takesUpload !== undefined && {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: {
              [takesUpload]: { type: "string", format: "binary" },
              ...(wrapper !== undefined && {
                [wrapper]: { type: "string", description: "All other parameters, as JSON text" },
              }),
            },
          },
        },
      }),
    },
  };
}

function shown(examples: readonly Example[], side: "input" | "answer") {
  if (examples.length === 0) return {};
  return {
    examples: Object.fromEntries(examples.map((example) => [example.title, { value: example[side] }])),
  };
}

/** Answers may gain keys without notice, so what is strict for our tests is open for clients. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  }) as Json;
  return json;
}
