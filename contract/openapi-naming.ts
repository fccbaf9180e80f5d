// Gives a name to what stands in several places of the document, and leaves a reference in each place.

import type { JsonSchema } from "./json-schema.ts";
import type { OpenApi } from "./openapi.ts";
import type { OpenApiContent, Operation, Reference } from "./openapi-operation.ts";
import { namedDefaults, pascal, type Root, repeatedKeys, repeatedSchemas } from "./repeated-schemas.ts";
import { type NamedSchema, shareSchemas, sharingKeys } from "./sharing.ts";

export function nameParts(document: OpenApi, records: readonly NamedSchema[]): OpenApi {
  const { document: shared, schemas } = shareAll(document, records);
  const examples = repeated("examples", examplesIn(shared));
  const shown = mapOperations(shared, (operation) =>
    mapContents(operation, (one) => ({
      ...one,
      ...(one.examples && { examples: mapValues(one.examples, examples.refer) }),
    })),
  );
  const bodies = repeated("requestBodies", bodiesIn(shown));
  const answers = repeated("responses", responsesIn(shown));
  const parameters = repeated("parameters", parametersIn(shown));
  const referring = mapOperations(shown, (operation) => ({
    ...operation,
    parameters: operation.parameters.map(parameters.refer),
    ...(operation.requestBody && { requestBody: bodies.refer(operation.requestBody) }),
    responses: mapValues(operation.responses, answers.refer),
  }));
  return {
    ...referring,
    components: {
      ...document.components,
      schemas: { ...document.components.schemas, ...schemas },
      responses: { ...document.components.responses, ...answers.components },
      requestBodies: bodies.components,
      parameters: parameters.components,
      examples: examples.components,
    },
  };
}

/** First what has a name in the contract, then what stands several times within it or beside it. */
function shareAll(document: OpenApi, records: readonly NamedSchema[]) {
  const first = shareSchemas([...records, ...answersOf(document)]);
  const named = mapOperations(document, (operation) => withSchemas(operation, first.share));
  const known = first.components();
  const inKnown = Object.entries(known).map(([name, schema]) => ({
    owner: name.replace(/Answer$/, ""),
    schema,
  }));
  const roots = [...inKnown, ...rootsOf(named)];
  const { share, components } = shareSchemas(repeatedSchemas(roots, Object.keys(known)));
  const shared = mapOperations(named, (operation) => withSchemas(operation, share));
  return shareKeys(shared, mapValues(known, share), components());
}

/** Last, single keys. */
function shareKeys(
  document: OpenApi,
  records: Record<string, JsonSchema>,
  repeated: Record<string, JsonSchema>,
) {
  const known = { ...records, ...repeated };
  const inKnown = Object.entries(known).map(([owner, schema]) => ({ owner, schema }));
  const several = repeatedKeys([...inKnown, ...rootsOf(document)], Object.keys(known));
  const texts = new Set(several.map(({ schema }) => JSON.stringify(schema)));
  const names = [...Object.keys(known), ...several.map(({ name }) => name)];
  const defaults = namedDefaults(repeated, names).filter(({ schema }) => !texts.has(JSON.stringify(schema)));
  const keys = [...several, ...defaults];
  const share = sharingKeys(keys);
  const named = Object.fromEntries(keys.map(({ name, schema }) => [name, schema]));
  return {
    document: mapOperations(document, (operation) => withSchemas(operation, share)),
    schemas: { ...mapValues(known, share), ...named },
  };
}

function rootsOf(document: OpenApi): Root[] {
  return operationsOf(document).flatMap((operation) => {
    const owner = pascal(operation.tags[0] ?? "");
    const parameters = operation.parameters.flatMap((one) =>
      "name" in one ? [{ owner, key: one.name, schema: one.schema }] : [],
    );
    return [...parameters, ...contentsOf(operation).map(({ schema }) => ({ owner, schema }))];
  });
}

const LONG = 400; // characters, above which an answer is worth a name
const LONG_BODY = 100;

/** Answers of several verbs or calls, after the first call that has them. */
function answersOf(document: OpenApi): NamedSchema[] {
  const seen = new Map<string, NamedSchema & { times: number }>();
  for (const { operationId, responses } of operationsOf(document)) {
    const answer = responses["200"];
    const schema = answer && "content" in answer && answer.content["application/json"]?.schema;
    const text = JSON.stringify(schema);
    const known = seen.get(text);
    if (known) known.times++;
    else if (schema && text.length > LONG)
      seen.set(text, { name: `${pascal(operationId)}Answer`, schema, times: 1 });
  }
  return [...seen.values()].filter(({ times }) => times > 1);
}

type Part = { name: string; value: object };

const bodiesIn = (document: OpenApi): Part[] =>
  operationsOf(document).flatMap(({ operationId, requestBody }) =>
    requestBody && JSON.stringify(requestBody).length > LONG_BODY
      ? [{ name: pascal(operationId), value: requestBody }]
      : [],
  );

const responsesIn = (document: OpenApi): Part[] =>
  operationsOf(document).flatMap(({ operationId, responses }) =>
    responses["200"] ? [{ name: pascal(operationId), value: responses["200"] }] : [],
  );

const parametersIn = (document: OpenApi): Part[] =>
  operationsOf(document).flatMap(({ parameters }) =>
    parameters.flatMap((value) => ("name" in value ? [{ name: pascal(value.name), value }] : [])),
  );

const examplesIn = (document: OpenApi): Part[] =>
  operationsOf(document).flatMap((operation) =>
    contentsOf(operation)
      .flatMap(({ examples = {} }) => Object.values(examples))
      .map((value, at) => ({ name: `${operation.operationId}.${at + 1}`, value })),
  );

/** Of several parts that would have one name, the one that stands in most places gets it. */
function repeated(section: string, parts: readonly Part[]) {
  const counted = new Map<string, Part & { times: number }>();
  for (const part of parts) {
    const text = JSON.stringify(part.value);
    const known = counted.get(text);
    if (known) known.times++;
    else counted.set(text, { ...part, times: 1 });
  }
  const names = new Map<string, string>();
  const components: Record<string, object> = {};
  for (const [text, { name, value, times }] of [...counted].toSorted(([, a], [, b]) => b.times - a.times)) {
    if (times < 2 || name in components) continue;
    components[name] = value;
    names.set(text, name);
  }
  const refer = <Value extends object>(value: Value): Value | { $ref: string } => {
    const name = names.get(JSON.stringify(value));
    return name === undefined ? value : { $ref: `#/components/${section}/${name}` };
  };
  return { components, refer };
}

const operationsOf = ({ paths }: OpenApi) => Object.values(paths).flatMap((verbs) => Object.values(verbs));

function contentsOf({ requestBody, responses }: Operation) {
  return [requestBody, ...Object.values(responses)].flatMap((part) =>
    part && "content" in part ? Object.values(part.content) : [],
  );
}

function mapOperations(document: OpenApi, change: (operation: Operation) => Operation): OpenApi {
  return { ...document, paths: mapValues(document.paths, (verbs) => mapValues(verbs, change)) };
}

type OneContent = OpenApiContent[string];

function mapContents(operation: Operation, change: (one: OneContent) => OneContent): Operation {
  const { requestBody, responses } = operation;
  const changed = <Value extends { content: OpenApiContent } | Reference>(part: Value) =>
    "content" in part ? { ...part, content: mapValues(part.content, change) } : part;
  return {
    ...operation,
    ...(requestBody && { requestBody: changed(requestBody) }),
    responses: mapValues(responses, changed),
  };
}

function withSchemas(operation: Operation, share: (schema: JsonSchema) => JsonSchema): Operation {
  return {
    ...mapContents(operation, (one) => ({ ...one, schema: share(one.schema) })),
    parameters: operation.parameters.map((parameter) =>
      "schema" in parameter ? { ...parameter, schema: share(parameter.schema) } : parameter,
    ),
  };
}

function mapValues<Value, Changed>(values: Record<string, Value>, change: (value: Value) => Changed) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
