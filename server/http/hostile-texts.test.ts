// Every text, list and record that a call takes, with values made to cost much: as long, as deep and as many as it may be, and more.
// Each is answered, what is too much is refused, and meanwhile others wait hardly longer than beside the same calls with short values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Endpoint, endpoints, fields, pathParameters } from "@cadenza/contract";
import type { z } from "zod";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

type Def = Record<string, unknown> & { type: string; checks?: z.core.$ZodCheck[] };
type Field = { name: string; kind: "text" | "list" | "record"; most: number };

const defOf = (schema: unknown) => (schema as z.core.$ZodType)._zod.def as unknown as Def;

/** What a parameter is beneath what it may be left out by. */
function fieldOf(name: string, schema: unknown): Field | null {
  const def = defOf(schema);
  const inner = def.innerType ?? (def.type === "pipe" ? def.in : undefined);
  if (inner) return fieldOf(name, inner);
  const most = (def.checks ?? []).map((one) => one._zod.def as { check?: string; maximum?: number });
  const longest = most.find(({ check }) => check === "max_length")?.maximum ?? 1_000;
  if (def.type === "string") return { name, kind: "text", most: longest };
  if (def.type === "array") return { name, kind: "list", most: Math.min(longest, 10_000) };
  return def.type === "record" ? { name, kind: "record", most: 0 } : null;
}

const SIGNS = ["<", " ", "{{", "(", "\\", "{% if a %}", "\t", ">- \n", "=,", "[", "@", "a."];

function nested(depth: number) {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = { a: value };
  return value;
}

/** As much as it may be and one more, and a short one of the same kind. */
function valuesOf({ kind, most }: Field, nth: number): { hostile: unknown[]; tame: unknown } {
  const sign = SIGNS[nth % SIGNS.length] ?? "<";
  const long = (length: number) => sign.repeat(Math.ceil(length / sign.length)).slice(0, length);
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
  const answer = await fetch(`${world.url}/api/v1${place}${isGet ? `?${short}` : ""}`, {
    method,
    headers: { "x-api-key": team.key, "content-type": "application/json" },
    ...(!isGet && { body: JSON.stringify(input) }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** How long others waited at most while the work went on. */
async function longestWait(work: () => Promise<void>) {
  let isOver = false;
  const waits: number[] = [];
  const watching = (async () => {
    while (!isOver) {
      const before = performance.now();
      assert.equal((await fetch(`${world.url}/health/live`)).status, 200);
      waits.push(performance.now() - before);
      await sleep(2);
    }
  })();
  await work();
  isOver = true;
  await watching;
  // The few longest say more about what else the machine does.
  return waits.toSorted((a, b) => b - a)[Math.min(3, waits.length - 1)] ?? 0;
}

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

test("every text, list and record that a call takes is answered, whatever stands in it, and keeps nobody waiting", async (t) => {
  assert.ok(CALLS.length > 500);
  const failed: string[] = [];
  const all = async (values: (field: Field, nth: number) => unknown[]) => {
    for (const [nth, { name, endpoint, field }] of CALLS.entries())
      for (const value of values(field, nth)) {
        const status = await ask(endpoint, { [field.name]: value });
        if (status >= 500) failed.push(`${status} ${name} ${field.name}`);
      }
  };
  const idle = await longestWait(() => all((field, nth) => [valuesOf(field, nth).tame]));
  const hostile = await longestWait(() => all((field, nth) => valuesOf(field, nth).hostile));
  t.diagnostic(
    `${CALLS.length} parameters; others waited ${idle.toFixed(0)} ms beside short values, ${hostile.toFixed(0)} ms beside these`,
  );
  assert.deepEqual(failed, []);
  assert.ok(hostile <= 10 * Math.max(idle, 10), `others waited ${hostile} ms instead of ${idle} ms`);
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
