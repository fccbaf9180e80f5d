// openapi.json and the SDK say of many inputs that one value does where a list is taken. Here each of them is sent one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { writeOut } from "@cadenza/contract/openapi";
import { coercionFor } from "./coerce.ts";

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  pattern?: string;
};
const { paths } = writeOut();

/** The paths to what takes one value or a list: `a.b[].c`. */
function placesIn(
  schema: Schema,
  path: readonly string[] = [],
): { path: readonly string[]; value: unknown }[] {
  const [one, list] = schema.oneOf ?? [];
  if (one && list?.type === "array" && one.type !== "array") return [{ path, value: sampleOf(one) }];
  const options = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  return [
    ...(options.length === 1 ? placesIn(options[0] as Schema, path) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => placesIn(part, [...path, key])),
    ...(schema.items ? placesIn(schema.items, [...path, "[]"]) : []),
  ];
}

function sampleOf({ type, enum: words, pattern = "" }: Schema) {
  if (words) return words[0];
  if (type !== "string") return type === "boolean" ? true : 1;
  return /\{24\}\$$/.test(pattern) ? "64f0aa000000000000000001" : "one";
}

const inside = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((within, step) => (step === "[]" ? [within] : { [step]: within }), value);

test("where one value is said to do for a list, it is read as a list of one", () => {
  let tried = 0;
  for (const { name, endpoint } of endpoints) {
    const operations = Object.values(paths[endpoint.path] ?? {}).filter(
      ({ operationId, requestBody }) => requestBody && operationId.split(".").slice(0, 2).join(".") === name,
    );
    const body = operations[0]?.requestBody;
    const json = body && "content" in body && body.content["application/json"];
    if (!json) continue;
    const coerce = coercionFor(endpoint.input);
    for (const { path, value } of placesIn(json.schema as Schema)) {
      assert.deepEqual(coerce(inside(path, value)), inside(path, [value]), `${name} ${path.join(".")}`);
      tried++;
    }
  }
  assert.ok(tried > 200, `${tried} places`);
});
