// Every number and every text of the contract has its bounds, and a length is looked at before any pattern.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { endpoints, fields } from "./index.ts";

type Def = { type: string; check?: string; checks?: z.core.$ZodCheck[] } & Record<string, unknown>;
type Leaf = { path: string; type: string; checks: Record<string, unknown>[] };

const INSIDE = ["innerType", "element", "valueType", "in", "out", "left", "right"];

/** Every number and text that a call takes. */
function leavesOf(schema: z.core.$ZodType, path: string, seen: Set<unknown>): Leaf[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = schema._zod.def as unknown as Def;
  const within = (inner: unknown, name: string) => leavesOf(inner as z.core.$ZodType, path + name, seen);
  const checks = [...(def.check ? [schema] : []), ...(def.checks ?? [])].map(
    (one) => one._zod.def as unknown as Record<string, unknown>,
  );
  const own = def.type === "number" || def.type === "string" ? [{ path, type: def.type, checks }] : [];
  return [
    ...own,
    ...INSIDE.flatMap((key) => (def[key] ? within(def[key], "") : [])),
    ...Object.entries((def.shape as object | undefined) ?? {}).flatMap(([key, inner]) =>
      within(inner, `.${key}`),
    ),
    ...[...((def.options as unknown[]) ?? []), ...((def.items as unknown[]) ?? [])].flatMap((one) =>
      within(one, ""),
    ),
    ...(def.type === "lazy" ? within((def.getter as () => unknown)(), "") : []),
  ];
}

const leaves = endpoints.flatMap(({ endpoint: one }) =>
  leavesOf(one.input, `${one.method} ${one.path}`, new Set()),
);

test("every number of the contract is bounded on both sides, and every whole one by what the database holds", () => {
  const numbers = leaves.filter(({ type }) => type === "number");
  assert.ok(numbers.length > 100);
  const unbounded = numbers.filter(({ checks }) => {
    const most = checks.filter(({ check }) => check === "less_than").map(({ value }) => Number(value));
    const least = checks.filter(({ check }) => check === "greater_than").map(({ value }) => Number(value));
    const isWhole = checks.some(({ check }) => check === "number_format");
    const reach = isWhole ? fields.MOST_WHOLE : Number.MAX_SAFE_INTEGER;
    return !(Math.min(...most) <= reach && Math.max(...least) >= -reach);
  });
  assert.deepEqual(
    unbounded.map(({ path }) => path),
    [],
  );
});

test("a text that is longer than it may be meets no pattern", () => {
  const texts = leaves.filter(({ type }) => type === "string");
  assert.ok(texts.length > 500);
  const late = texts.filter(({ checks }) => {
    const pattern = checks.findIndex(({ check }) => check === "string_format" || check === "custom");
    const length = checks.findIndex(({ check }) => check === "max_length");
    return pattern >= 0 && !(length >= 0 && length < pattern && checks[length]?.abort === true);
  });
  assert.deepEqual(
    late.map(({ path }) => path),
    [],
  );
});

test("a text of any length is bounded", () => {
  const endless = leaves.filter(
    ({ type, checks }) => type === "string" && !checks.some(({ check }) => check === "max_length"),
  );
  assert.deepEqual(
    endless.map(({ path }) => path),
    [],
  );
});
