// Every text, list and record that a call takes, with values made to cost much: as long, as deep and as many as it may be, and more.
// Each is answered, what is too much is refused, and none costs the server's thread more than its length explains.
//
// Easy to get wrong: what a single value costs must count by itself. The longest wait of others does not show it: one stop of ten
// seconds is one wait among thousands, and a busy machine has as long ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Endpoint, endpoints, fields, pathParameters } from "@cadenza/contract";
import type { z } from "zod";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

type Def = Record<string, unknown> & { type: string; checks?: z.core.$ZodCheck[] };
type Field = { name: string; kind: "text" | "list" | "record" | "number"; most: number };

const defOf = (schema: unknown) => (schema as z.core.$ZodType)._zod.def as unknown as Def;

/** What a parameter is beneath what it may be left out by. */
function fieldOf(name: string, schema: unknown): Field | null {
  const def = defOf(schema);
  const inner = def.innerType ?? (def.type === "pipe" ? def.in : undefined);
  if (inner) return fieldOf(name, inner);
  const most = (def.checks ?? []).map((one) => one._zod.def as { check?: string; maximum?: number });
  const longest = most.find(({ check }) => check === "max_length")?.maximum ?? 1_000;
  if (def.type === "number") return { name, kind: "number", most: 100 };
  if (def.type === "string") return { name, kind: "text", most: longest };
  if (def.type === "array") return { name, kind: "list", most: Math.min(longest, 10_000) };
  return def.type === "record" ? { name, kind: "record", most: 0 } : null;
}

const SIGNS = ["<", " ", "{{", "(", "\\", "{% if a %}", "\t", ">- \n", "=,", "[", "@", "a.", "<b>"];

/** What is read further than it is long: HTML, files. Each of the signs may be the dear one. */
const LONG = 20_000;

function nested(depth: number) {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = { a: value };
  return value;
}

/** As much as it may be and one more, and a short one of the same kind. */
function valuesOf({ kind, most }: Field, nth: number): { hostile: unknown[]; tame: unknown } {
  const sign = SIGNS[nth % SIGNS.length] ?? "<";
  const long = (length: number) => sign.repeat(Math.ceil(length / sign.length)).slice(0, length);
  if (kind === "number") return { hostile: [`${"0".repeat(60_000)}x`, "9".repeat(60_000)], tame: 1 };
  if (kind === "text") return { hostile: [long(most), long(most + 1)], tame: "x" };
  if (kind === "list")
    return { hostile: [Array(most).fill(long(50)), Array(most + 1).fill("x")], tame: ["x"] };
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, long(20)]));
  return { hostile: [{ a: nested(20) }, many, { [long(200)]: long(100_000) }], tame: { a: 1 } };
}

async function ask({ method, path }: Endpoint, input: Record<string, unknown>) {
  const place = path.replace(/\{\w+\}/g, "64f0aa0000000000000000ff");
  const isGet = method === "GET";
  const short = new URLSearchParams(
    Object.entries(input).map(([name, value]) => [name, String(value).slice(0, 8_000)]),
  );
  const body = JSON.stringify(input);
  const before = process.threadCpuUsage();
  const answer = await fetch(`${world.url}/api/v1${place}${isGet ? `?${short}` : ""}`, {
    method,
    headers: { "x-api-key": team.key, "content-type": "application/json" },
    ...(!isGet && { body }),
  });
  const said = (await answer.arrayBuffer()).byteLength;
  const { user, system } = process.threadCpuUsage(before);
  const asked = isGet ? String(short).length : body.length;
  // Later calls find what earlier ones have made, and answers with it are long.
  return { status: answer.status, micros: user + system, bytes: asked + said };
}

const middleOf = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Those that end what the test needs, or open the door to others. */
const LEFT_OUT = /^(?:sessions|setup|installation|invitations|oauth|catcher)\b|backup|restore/;

const CALLS = endpoints
  .filter(({ name }) => !LEFT_OUT.test(name))
  .flatMap(({ name, endpoint }) =>
    Object.entries(endpoint.input.shape).flatMap(([key, schema]) => {
      const field = pathParameters(endpoint.path).includes(key) ? null : fieldOf(key, schema);
      return field ? [{ name, endpoint, field }] : [];
    }),
  );

const MOST_TIMES = 20;

test("every text, list, record and number that a call takes is answered, and costs no more than its length explains", async (t) => {
  assert.ok(CALLS.length > 500);
  const failed: string[] = [];
  const tried: { again: () => ReturnType<typeof ask>; what: string; micros: number; bytes: number }[] = [];
  const tame: number[] = [];
  for (const [nth, { name, endpoint, field }] of CALLS.entries()) {
    const values = valuesOf(field, nth);
    tame.push((await ask(endpoint, { [field.name]: values.tame })).micros);
    const isLong = field.kind === "text" && field.most > LONG && field.most < 1_000_000;
    const others = isLong ? SIGNS.map((_, at) => valuesOf(field, at).hostile[0]) : [];
    for (const value of [...values.hostile, ...others]) {
      const again = () => ask(endpoint, { [field.name]: value });
      const { status, ...cost } = await again();
      const what = `${name} ${field.name}`;
      if (status >= 500) failed.push(`${status} ${what}`);
      tried.push({ again, what, ...cost });
    }
  }
  const base = middleOf(tame);
  const long = tried.filter(({ bytes }) => bytes > 20_000);
  const byByte = middleOf(long.map(({ micros, bytes }) => micros / bytes));
  const most = (bytes: number) => MOST_TIMES * (base + byByte * bytes);
  t.diagnostic(
    `${CALLS.length} parameters; ${base} µs for a short value, ${(byByte * 1_000).toFixed(1)} µs for 1 kB`,
  );
  // What else the process did while one was answered happens no second time.
  const dear = tried.filter(({ micros, bytes }) => micros > most(bytes));
  for (const { again, what, bytes } of dear) {
    const costs = [await again(), await again()].map(({ micros }) => micros);
    if (Math.min(...costs) > most(bytes)) failed.push(`${Math.min(...costs)} µs for ${bytes} bytes: ${what}`);
  }
  assert.deepEqual(failed, []);
});

test("what is kept is refused in words when it is too deep or too much", async () => {
  const filter = { a: nested(fields.FREE_FORM.depth + 1) };
  for (const [path, body] of [
    ["/views", { name: "x", subject: "contacts", filter }],
    ["/accounts", { name: "x", typed_custom_fields: filter }],
    ["/contacts", { first_name: "x", typed_custom_fields: filter }],
  ] as const) {
    const answer = await fetch(`${world.url}/api/v1${path}`, {
      method: "POST",
      headers: { "x-api-key": team.key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 422, path);
    assert.match(await answer.text(), /nested more than 12 deep/, path);
  }
});
