// One call as an operation of OpenAPI: its parameters, its body, its answers.

import { z } from "zod";
import type { Endpoint, Example } from "./endpoint.ts";
import { examplesOf } from "./examples/index.ts";
import { type Entry, offersDryRun, pathParameters } from "./index.ts";
import { type JsonSchema, mapParts, withSingleValues } from "./json-schema.ts";

export type Parameter = { name: string; in: string; required?: true; schema: JsonSchema };
export type Reference = { $ref: string };
export type OpenApiContent = Record<string, { schema: JsonSchema; examples?: Record<string, object> }>;
export type OpenApiResponse = { description: string; content: OpenApiContent };
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: (Parameter | Reference)[];
  requestBody?: { required?: true; content: OpenApiContent } | Reference;
  responses: Record<string, OpenApiResponse | Reference>;
  security?: Record<string, string[]>[];
  [extension: `x-${string}`]: unknown;
};

export const KEYS: Record<string, string[]>[] = [{ apiKey: [] }, { bearer: [] }];

export function operationOf({ name, endpoint }: Entry, verb: string): Operation {
  const examples = examplesOf(name);
  const inPath = pathParameters(endpoint.path);
  const { properties = {}, required = [] } = schemaOf(endpoint.input, "input");
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key));
  const hasBody = verb !== "GET" && verb !== "DELETE";
  const parameter = (key: string, place: string) =>
    parameterOf(key, place, properties[key] ?? {}, required.includes(key));
  return {
    operationId: verb === endpoint.method ? name : `${name}.${verb.toLowerCase()}`,
    tags: [name.split(".")[0] as string],
    summary: endpoint.summary,
    ...(endpoint.description && verb === endpoint.method && { description: endpoint.description }), // once a path
    ...(endpoint.access === "open" && { security: endpoint.looksAtKey ? [...KEYS, {}] : [] }),
    "x-scope": endpoint.scope,
    ...(endpoint.dryRunScope && { "x-dry-run-scope": endpoint.dryRunScope.scope }),
    ...(endpoint.oauth && { "x-oauth-scope": endpoint.oauth }),
    ...(endpoint.access !== "scoped" && { "x-access": endpoint.access }),
    ...(endpoint.effect !== effectOf(verb) && { "x-effect": endpoint.effect }),
    parameters: [
      ...inPath.map((key) => parameter(key, "path")),
      ...(hasBody ? [] : rest.map((key) => parameter(key, "query"))),
      ...(offersDryRun(endpoint) ? WRITE_HEADERS : []),
      ...(endpoint.ifMatch ? [IF_MATCH] : []),
    ],
    ...(hasBody &&
      rest.length > 0 && { requestBody: bodyOf(rest, properties, required, examples, endpoint) }),
    responses: {
      "200": { description: "Done", content: answerOf(endpoint, examples) },
      default: REFUSED,
    },
  };
}

/** What a verb says by itself. */
const effectOf = (verb: string) => (verb === "GET" ? "read" : "write");

const REFUSED = { $ref: "#/components/responses/Refused" };

const WRITE_HEADERS = [
  {
    name: "Idempotency-Key",
    in: "header",
    schema: { type: "string", minLength: 1, maxLength: 255 },
    description: "Within 24 hours, a repeated call with the same key gets the first answer",
  },
  {
    name: "Dry-Run",
    in: "header",
    schema: { type: "boolean" },
    description: "Shows what would happen; changes nothing",
  },
];

const IF_MATCH = {
  name: "If-Match",
  in: "header",
  schema: { type: "string" },
  description:
    "The `etag` of the record as you read it. If the record has changed since, nothing is changed, and the answer is 412",
};

function parameterOf(name: string, place: string, schema: JsonSchema, isRequired: boolean): Parameter {
  const isList = schema.type === "array";
  return {
    name: isList ? `${name}[]` : name,
    in: place,
    ...((place === "path" || isRequired) && { required: true }),
    schema,
  };
}

function answerOf(endpoint: Endpoint, examples: readonly Example[]): OpenApiContent {
  if (endpoint.isFile) return { "application/octet-stream": FILE };
  return {
    "application/json": {
      schema: answerSchema(endpoint),
      ...shown(
        examples.filter(({ isShownElsewhere }) => !isShownElsewhere),
        ({ answer }) => answer,
      ),
    },
    ...(endpoint.alsoCsv && { "text/csv": { schema: { type: "string" } } }),
  };
}

const FILE = { schema: { type: "string", format: "binary" } };

/** A dry run says in the answer, too, that it was one. */
function answerSchema(endpoint: Endpoint): JsonSchema {
  const schema = schemaOf(endpoint.output, "output");
  return offersDryRun(endpoint) ? mayBeDryRun(schema) : schema;
}

function mayBeDryRun(schema: JsonSchema): JsonSchema {
  if (schema.anyOf) return { ...schema, anyOf: schema.anyOf.map(mayBeDryRun) };
  if (!schema.properties) return schema;
  return { ...schema, properties: { ...schema.properties, dry_run: DRY_RUN } };
}

export const DRY_RUN = {
  type: "boolean",
  const: true,
  description: "Only for a dry run: nothing was changed",
};

function bodyOf(
  keys: readonly string[],
  all: Record<string, JsonSchema>,
  needed: readonly string[],
  examples: readonly Example[],
  { takesFile, takesUpload, wrapper }: Endpoint,
) {
  const properties = Object.fromEntries(keys.map((key) => [key, withSingleValues(all[key] ?? {})]));
  const required = needed.filter((key) => keys.includes(key));
  const form = (parts: Record<string, JsonSchema>) => ({ schema: { type: "object", properties: parts } });
  const content: OpenApiContent = {
    "application/json": {
      schema: { type: "object", properties, ...(required.length > 0 && { required }) },
      ...shown(examples, ({ input }) =>
        Object.fromEntries(Object.entries(input).filter(([key]) => keys.includes(key))),
      ),
    },
    ...(takesFile !== undefined && {
      "text/csv": { schema: { type: "string" } },
      "multipart/form-data": form({ ...properties, [takesFile]: FILE.schema }),
    }),
    ...(takesUpload !== undefined && {
      "multipart/form-data": form({
        [takesUpload]: FILE.schema,
        ...(wrapper !== undefined && {
          [wrapper]: { type: "string", description: "All other parameters, as JSON text" },
        }),
      }),
    }),
  };
  return { ...(required.length > 0 && { required: true as const }), content };
}

function shown(examples: readonly Example[], part: (example: Example) => unknown) {
  if (examples.length === 0) return {};
  return {
    examples: Object.fromEntries(examples.map((example) => [example.title, { value: part(example) }])),
  };
}

/** Answers may gain keys without notice, so what is strict for our tests is open for clients. */
export function schemaOf(schema: z.ZodType, side: "input" | "output"): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: side,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.format === "date") delete jsonSchema.pattern; // 250 characters about leap years
    },
  });
  return plainly(json as JsonSchema);
}

/** Without what says nothing: the limits of JavaScript's whole numbers, names that are texts, null as a case of its own. */
function plainly(schema: JsonSchema): JsonSchema {
  const { minimum, maximum, propertyNames, ...rest } = mapParts(schema, plainly);
  const plain = {
    ...rest,
    ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    ...(propertyNames && Object.keys(propertyNames).join() !== "type" && { propertyNames }),
  };
  return orNull(plain) ?? plain;
}

/** What is of one type or null, as one schema; not what is named, or lists words that null is not among. */
function orNull({ anyOf, ...beside }: JsonSchema): JsonSchema | undefined {
  const [one, nothing] = anyOf ?? [];
  if (!one || anyOf?.length !== 2 || Object.keys(nothing ?? {}).join() !== "type" || nothing?.type !== "null")
    return;
  if (
    !["string", "integer", "number"].includes(String(one.type)) ||
    one.enum ||
    "const" in one ||
    one.pattern
  )
    return;
  return { ...one, ...beside, type: [one.type as string, "null"] };
}
