// Every number and every text of the contract has its bounds, and a length is looked at before any pattern.

import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
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

type Open = { path: string; isCounted: boolean };

/** Every record whose names are not ours, and every value of any kind. */
function openIn(schema: z.core.$ZodType, path: string, isCounted: boolean, seen: Set<unknown>): Open[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = schema._zod.def as unknown as Def;
  const isBudgeted = (def.checks ?? []).some(
    (one) => (one._zod.def as { params?: { budget?: unknown } }).params?.budget === fields.FREE_FORM,
  );
  const counted = isCounted || isBudgeted;
  const names = (def.keyType as { _zod: { def: Def } } | undefined)?._zod.def.type;
  const isOpen = def.type === "unknown" || (def.type === "record" && names !== "enum");
  const within = (inner: unknown, name: string) =>
    openIn(inner as z.core.$ZodType, path + name, counted, seen);
  return [
    ...(isOpen ? [{ path, isCounted: counted }] : []),
    ...INSIDE.flatMap((key) => (def[key] ? within(def[key], "") : [])),
    ...Object.entries((def.shape as object | undefined) ?? {}).flatMap(([key, inner]) =>
      within(inner, `.${key}`),
    ),
    ...[...((def.options as unknown[]) ?? []), ...((def.items as unknown[]) ?? [])].flatMap((one) =>
      within(one, ""),
    ),
  ];
}

/** Read and forgotten, or read as what they are by a rule of their own. */
const READ_OTHERWISE = [
  /^(?:POST|PUT|PATCH) \/fields\b.*\.(?:mapped_crm_field|field_group_id|mapped_crm_id|picklist_value_set_id)$/,
  /^PATCH \/fields\b.*\.(?:autorun_downstream_enrichment|schedule)$/,
  /\bemailer_touches\b.*\.generation_options$/, // refused unless it is empty
  /\/imports\b.*\.file$/,
  /\.body$/,
];

test("what has names that are not ours is counted, however it is nested", () => {
  const open = endpoints.flatMap(({ endpoint: one }) =>
    openIn(one.input, `${one.method} ${one.path}`, false, new Set()),
  );
  assert.ok(open.length > 40);
  const uncounted = open.filter(
    ({ path, isCounted }) => !isCounted && !READ_OTHERWISE.some((known) => known.test(path)),
  );
  assert.deepEqual(
    uncounted.map(({ path }) => path),
    [],
  );
});

test("a record is counted by its values, its depth and its characters", () => {
  const one = fields.freeForm(z.unknown());
  const nested = (depth: number) => {
    let value: unknown = 1;
    for (let n = 0; n < depth; n++) value = { a: value };
    return { a: value };
  };
  assert.ok(one.safeParse(nested(fields.FREE_FORM.depth - 2)).success);
  for (const value of [
    nested(100_000),
    { a: Array(fields.FREE_FORM.values).fill(0) },
    { a: "x".repeat(fields.FREE_FORM.characters + 1) },
    Object.fromEntries(Array.from({ length: fields.FREE_FORM.values + 1 }, (_, n) => [`k${n}`, 0])),
  ]) {
    const [issue] = one.safeParse(value).error?.issues ?? [];
    assert.match(issue?.message ?? "", /^holds more than/);
  }
});

test("a list of any length is bounded", () => {
  const lists = (schema: z.core.$ZodType, path: string, seen: Set<unknown>): string[] => {
    if (seen.has(schema)) return [];
    seen.add(schema);
    const def = schema._zod.def as unknown as Def;
    const hasMost = (def.checks ?? []).some((one) => one._zod.def.check === "max_length");
    const within = (inner: unknown, name = "") => lists(inner as z.core.$ZodType, path + name, seen);
    return [
      ...(def.type === "array" && !hasMost ? [path] : []),
      ...INSIDE.flatMap((key) => (def[key] ? within(def[key]) : [])),
      ...Object.entries((def.shape as object | undefined) ?? {}).flatMap(([key, inner]) =>
        within(inner, `.${key}`),
      ),
      ...[...((def.options as unknown[]) ?? []), ...((def.items as unknown[]) ?? [])].flatMap((one) =>
        within(one),
      ),
    ];
  };
  const endless = endpoints.flatMap(({ endpoint: one }) =>
    lists(one.input, `${one.method} ${one.path}`, new Set()),
  );
  assert.deepEqual(endless, []);
});
