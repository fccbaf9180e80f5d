import assert from "node:assert/strict";
import { test } from "node:test";
import { buildOpenApi } from "../../contract/openapi.ts";
import { toOpenApi30 } from "./openapi-30.ts";

test("OpenAPI 3.0 is told of null, of types and of references in words that it has", () => {
  const whole = JSON.parse(JSON.stringify(buildOpenApi())) as Record<string, unknown>;
  const told = toOpenApi30(whole) as {
    openapi: string;
    components: { schemas: Record<string, { type?: string }> };
  };
  assert.equal(told.openapi, "3.0.3");
  const text = JSON.stringify(told);
  const newer = /"type":\[|"type":"null"|"const":|"prefixItems":|"propertyNames":|"\$ref":"[^"]+",/;
  assert.equal(newer.exec(text)?.[0], undefined);
  assert.equal(told.components.schemas.Contact?.type, "object");
  assert.deepEqual(told.components.schemas.IdOrNull, {
    allOf: [{ $ref: "#/components/schemas/Id" }],
    nullable: true,
  });
});
