import assert from "node:assert/strict";
import { test } from "node:test";
import { type Endpoint, fields } from "@cadenza/contract";
import { z } from "zod";
import { Refusal } from "../kernel/refusal.ts";
import { assertLinear } from "../testing/growth.ts";
import { answerFor } from "./errors.ts";
import { mergeBags, readJson, readPairs } from "./params.ts";
import { inputReader } from "./read-input.ts";

const A = "64f0aa000000000000000001";
const B = "64f0aa000000000000000002";

const everything = z.object({
  id: fields.id.optional(),
  ids: z.array(fields.id).optional(),
  names: z.array(z.string()).optional(),
  pairs: z.array(z.object({ name: z.string(), size: z.int() })).optional(),
  range: z
    .object({ min: z.number().optional(), max: z.number().optional(), from: fields.moment.optional() })
    .optional(),
  flag: fields.flag.optional(),
  sure: fields.flag.default(true),
  size: z.int().optional(),
  text: z.string().optional(),
  note: z.string().nullish(),
  kind: z.enum(["a", "b"]).optional(),
  owner: fields.id.nullish(),
  until: fields.moment.optional(),
  most: z.int().nullish(),
  few: z.int().max(100).optional(),
  pair: z.array(z.int()).max(2).optional(),
  word: z.string().max(3).optional(),
  label: fields.name().optional(),
  either: z.union([z.array(z.object({ id: fields.id, title: z.string().nullish() })), z.string()]).optional(),
  custom: z.record(z.string(), z.string()).optional(),
  ...fields.paging,
});

const reader = (input: z.ZodObject) => inputReader({ input } as unknown as Endpoint);
const read = reader(everything);

/** What was understood, without what every search has anyway. */
function understood(bag: Record<string, unknown>) {
  const { page: _page, per_page: _perPage, sure: _sure, ...rest } = read(bag);
  return rest;
}

function sentence(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, body } = answerFor(error);
    return `${status} ${(body as { error: string }).error}`;
  }
  throw new Error("it should have been refused");
}

const queries: [why: string, query: string, expected: Record<string, unknown>][] = [
  ["brackets", `ids[]=${A}&ids[]=${B}`, { ids: [A, B] }],
  ["one in brackets", `ids[]=${A}`, { ids: [A] }],
  ["numbered brackets", `ids[0]=${A}&ids[1]=${B}`, { ids: [A, B] }],
  ["numbered out of order", `ids[1]=${B}&ids[0]=${A}`, { ids: [A, B] }],
  [
    "numbered past nine",
    [...Array(12).keys()].map((n) => `names[${n}]=n${n}`).join("&"),
    {
      names: [...Array(12).keys()].map((n) => `n${n}`),
    },
  ],
  ["doubled brackets", `ids[][]=${A}&ids[][]=${B}`, { ids: [A, B] }],
  ["bare repeats", `ids=${A}&ids=${B}`, { ids: [A, B] }],
  ["one bare", `ids=${A}`, { ids: [A] }],
  ["bare and brackets", `ids=${A}&ids[]=${B}`, { ids: [A, B] }],
  ["JSON text", `ids=${encodeURIComponent(JSON.stringify([A, B]))}`, { ids: [A, B] }],
  ["commas between ids", `ids=${A},${B}`, { ids: [A, B] }],
  ["commas and spaces between ids", `ids=${A},%20${B}`, { ids: [A, B] }],
  ["a comma in a name", "names=Dahl,%20Ole", { names: ["Dahl, Ole"] }],
  ["a bracket in a name", "names=[draft", { names: ["[draft"] }],
  ["an empty list", "ids=", { ids: [] }],
  ["percent-encoded brackets", `ids%5B%5D=${A}`, { ids: [A] }],
  ["upper-case ids", `id=${A.toUpperCase()}`, { id: A }],
  ["a range", "range[min]=1&range[max]=5.5", { range: { min: 1, max: 5.5 } }],
  [
    "numbered objects",
    "pairs[0][name]=x&pairs[0][size]=2&pairs[1][name]=y&pairs[1][size]=3",
    {
      pairs: [
        { name: "x", size: 2 },
        { name: "y", size: 3 },
      ],
    },
  ],
  ["false as text", "flag=false", { flag: false }],
  ["False as text", "flag=False", { flag: false }],
  ["0 as a flag", "flag=0", { flag: false }],
  ["true as text", "flag=TRUE", { flag: true }],
  ["1 as a flag", "flag=1", { flag: true }],
  ["an empty flag", "flag=", {}],
  ["yes and no", "flag=Yes&sure=no", { flag: true }],
  ["a ticked box", "flag=on", { flag: true }],
  ["t and f", "flag=f", { flag: false }],
  ["what was left empty where no text can stand", "id=&kind=&until=&flag=&size=", {}],
  ["what was left empty, and may be taken away", "owner=&most=", { owner: null, most: null }],
  ["spaces where an id can stand", "id=%20", {}],
  ["an empty list in brackets", "ids[]=&names[]=", { ids: [], names: [] }],
  ["an empty entry beside another", "names[]=&names[]=a", { names: ["", "a"] }],
  ["an empty text, where text can stand", "text=&note=", { text: "", note: "" }],
  ["an object that may also be a text", `either[0][id]=${A}`, { either: [{ id: A }] }],
  ["a number as text", "size=25", { size: 25 }],
  ["a signed number", "size=%2B7", { size: 7 }],
  ["an empty number", "size=", {}],
  ["the last of repeats where one is meant", "size=1&size=2", { size: 2 }],
  ["plus for a space", "text=a+b%2Bc", { text: "a b+c" }],
  ["an equals sign in a value", "text=a=b", { text: "a=b" }],
  ["a name without a value", "text", { text: "" }],
  ["emoji", "text=%F0%9F%8E%BB", { text: "🎻" }],
  ["unknown names", "q_mispelt=x&ids_[]=1&text=y", { text: "y" }],
  ["names of the prototype", "__proto__=1&constructor[prototype][x]=1&toString=1&text=y", { text: "y" }],
  ["empty pieces", "&&text=y&&", { text: "y" }],
  ["a nested record", "custom[a]=1&custom[b]=two", { custom: { a: "1", b: "two" } }],
];

for (const [why, query, expected] of queries) {
  test(`a query or a form is read: ${why}`, () => {
    assert.deepEqual({ ...understood(mergeBags(readPairs(query))) }, expected);
  });
}

const bodies: [why: string, json: string, expected: Record<string, unknown>][] = [
  ["a list", JSON.stringify({ ids: [A, B] }), { ids: [A, B] }],
  ["a key that ends in brackets", JSON.stringify({ "ids[]": [A] }), { ids: [A] }],
  ["one value for a list", JSON.stringify({ ids: A }), { ids: [A] }],
  ["numbers in a list of text", '{"names":[1,true,"x"]}', { names: ["1", "true", "x"] }],
  ["flags as text", '{"flag":"false"}', { flag: false }],
  ["numbers as text", '{"size":"12","page":"2"}', { size: 12 }],
  ["text as a number", '{"text":5}', { text: "5" }],
  ["null for what may be absent", '{"flag":null,"size":null,"ids":null,"range":null}', {}],
  ["null where null has a meaning", '{"note":null}', { note: null }],
  ["empty text for what may be absent", '{"id":"","kind":"","until":"","ids":""}', { ids: [] }],
  ["empty text where null has a meaning", '{"owner":"","most":""}', { owner: null, most: null }],
  ["a list of one empty text", '{"ids":[""],"names":[" "]}', { ids: [], names: [] }],
  [
    "numbers for text in what has two forms",
    `{"either":[{"id":"${A}","title":5}]}`,
    { either: [{ id: A, title: "5" }] },
  ],
  ["the other of two forms", '{"either":"x"}', { either: "x" }],
  ["an object of which every part was left empty", '{"range":{"min":"","max":null,"from":""}}', {}],
  ["an empty object", '{"range":{}}', { range: {} }],
  ["a nested range with text", '{"range":{"min":"1","max":null}}', { range: { min: 1 } }],
  ["a byte order mark of spaces", '  {"text":"x"}\n', { text: "x" }],
  ["nothing", "", {}],
  ["only spaces", " \r\n ", {}],
  ["null", "null", {}],
  ["an empty object and nothing else", "{}", {}],
  ["the last of duplicate keys", '{"size":1,"size":2}', { size: 2 }],
  ["keys of the prototype", '{"__proto__":{"text":"no"},"constructor":{"prototype":1}}', {}],
  ["a record without its prototype", '{"custom":{"__proto__":"x","a":"b"}}', { custom: { a: "b" } }],
];

for (const [why, json, expected] of bodies) {
  test(`a JSON body is read: ${why}`, () => {
    const result = understood(mergeBags(readJson(json)));
    if (result.custom) result.custom = { ...(result.custom as object) };
    assert.deepEqual({ ...result }, expected);
  });
}

test("the path beats the body and the body beats the query", () => {
  const query = readPairs("id=q&text=q&note=q");
  const body = readJson('{"id":"b","text":"b"}');
  assert.deepEqual({ ...mergeBags(query, body, { id: "p" }) }, { id: "p", text: "b", note: "q" });
});

test("defaults are filled in, and only where nothing was said", () => {
  assert.deepEqual(read({}), { sure: true, page: 1, per_page: 25 });
  assert.equal(read({ sure: "false" }).sure, false);
});

const refusals: [why: string, bag: Record<string, unknown>, sentence: string][] = [
  ["a bad id", { id: "abc" }, "422 Parameters misconfigured. abc is not a valid ID"],
  ["a bad id as it was sent", { id: "ABC-É" }, "422 Parameters misconfigured. ABC-É is not a valid ID"],
  ["a bad id in a list", { ids: [A, "x"] }, "422 Parameters misconfigured. x is not a valid ID"],
  [
    "a UUID",
    { id: "0b7c1f0e-0000-4000-8000-000000000000" },
    "422 Parameters misconfigured. 0b7c1f0e-0000-4000-8000-000000000000 is not a valid ID",
  ],
  ["per_page 0", { per_page: 0 }, "422 An error occurred. Per page cannot be 0."],
  ["per_page -1", { per_page: "-1" }, "422 An error occurred. Per page cannot be 0."],
  ["per_page 101", { per_page: 101 }, "422 Per page not supported"],
  ["per_page 1,000,000", { per_page: "1000000" }, "422 Per page not supported"],
  [
    "beyond the last page",
    { page: 501, per_page: 100 },
    "422 Invalid parameter passed in. Page * per page number is over threshold.",
  ],
  [
    "a page of 10^9",
    { page: 1e9 },
    "422 Invalid parameter passed in. Page * per page number is over threshold.",
  ],
  ["page 0", { page: 0 }, "422 Parameters misconfigured. page must be 1 or more"],
  ["page -1", { page: "-1" }, "422 Parameters misconfigured. page must be 1 or more"],
  ["a fraction of a page", { page: 1.5 }, "422 Parameters misconfigured. page must be a whole number"],
  ["a word for a number", { size: "many" }, "422 Parameters misconfigured. size must be a number"],
  ["an infinite number", { size: Number("1e400") }, "422 Parameters misconfigured. size must be a number"],
  ["an infinite number as text", { size: "1e400" }, "422 Parameters misconfigured. size must be a number"],
  [
    "an infinite number for a text",
    { text: Number.POSITIVE_INFINITY },
    "422 Parameters misconfigured. text must be a string",
  ],
  ["a number too large", { few: 101 }, "422 Parameters misconfigured. few must be at most 100"],
  ["a list too long", { pair: [1, 2, 3] }, "422 Parameters misconfigured. pair must have at most 2 entries"],
  ["a text too long", { word: "xxxx" }, "422 Parameters misconfigured. word must have at most 3 characters"],
  ["a word for a flag", { flag: "maybe" }, "422 Parameters misconfigured. flag must be true or false"],
  ["a list of objects for a text", { text: [{}] }, "422 Parameters misconfigured. text must be a string"],
  [
    "an id without its end beside a whole one",
    { ids: [A, ""] },
    "422 Parameters misconfigured.  is not a valid ID",
  ],
  ["a name that says nothing", { label: "" }, "422 Parameters misconfigured. label must not be empty"],
  ["an unknown word", { kind: "c" }, "422 Parameters misconfigured. kind must be one of a, b"],
  ["an object for a list", { ids: { min: 1 } }, "422 Parameters misconfigured. ids must be a list"],
  [
    "a NUL",
    { text: "a\0b" },
    "422 Parameters misconfigured. text contains characters that cannot be stored.",
  ],
  [
    "a NUL nobody asked for",
    { other: ["\0"] },
    "422 Parameters misconfigured. other contains characters that cannot be stored.",
  ],
  [
    "a NUL in a key",
    { custom: { "a\0": "b" } },
    "422 Parameters misconfigured. custom contains characters that cannot be stored.",
  ],
  [
    "half a character",
    { text: "\ud800" },
    "422 Parameters misconfigured. text contains characters that cannot be stored.",
  ],
  [
    "a year no database keeps",
    { range: { from: "+275760-09-13T00:00:00Z" } },
    "422 Parameters misconfigured. range.from is not a time",
  ],
  [
    "30 February",
    { range: { from: "2026-02-30" } },
    "422 Parameters misconfigured. range.from is not a time",
  ],
];

for (const [why, bag, expected] of refusals) {
  test(`${why} is refused in Apollo's words`, () => {
    assert.equal(
      sentence(() => read(bag)),
      expected,
    );
  });
}

test("the last page within the threshold is read", () => {
  assert.equal(read({ page: 500, per_page: 100 }).page, 500);
});

test("a parameter that is missing is named", () => {
  const strict = reader(z.object({ name: fields.name(), ids: z.array(fields.id), size: z.int() }));
  assert.equal(
    sentence(() => strict({ ids: [], size: 1 })),
    "422 Required parameter 'name' missing",
  );
  assert.equal(
    sentence(() => strict({ name: "x", size: 1 })),
    "422 Required parameter 'ids' missing",
  );
  assert.equal(
    sentence(() => strict({ name: "x", ids: [], size: "" })),
    "422 Required parameter 'size' missing",
  );
});

test("a value a hundred characters long is not repeated whole", () => {
  const told = sentence(() => read({ id: "x".repeat(5000) }));
  assert.ok(told.length < 200, told);
});

for (const text of ["[1]", '"text"', "5", "true"]) {
  test(`the JSON body ${text} is no object and refused`, () => {
    assert.match(
      sentence(() => readJson(text)),
      /^400 The request body could not be read: it is not a JSON object\.$/,
    );
  });
}

for (const text of ['{"a":', "{a:1}", "{'a':1}", '{"a":NaN}', '{"a":1}}', "\u0000"]) {
  test(`the body ${JSON.stringify(text)} is not JSON and refused`, () => {
    assert.match(
      sentence(() => readJson(text)),
      /^400 The request body could not be read: it is not JSON\.$/,
    );
  });
}

test("bad percent-encoding is refused", () => {
  assert.match(
    sentence(() => readPairs("a=%zz")),
    /^400 .*percent-encoding/,
  );
  assert.match(
    sentence(() => readPairs("a=%ED%A0%80")),
    /^400 .*percent-encoding/,
  );
});

test("nesting has a bottom", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`) as Record<string, unknown>;
  assert.match(
    sentence(() => read(deep)),
    /^422 .*nested more than 30/,
  );
  assert.match(
    sentence(() => read({ a: JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) })),
    /^422 .*nested more than 30/,
  );
  const brackets = readPairs(`a${"[b]".repeat(100_000)}=1`);
  assert.deepEqual({ ...understood(brackets) }, {});
});

test("the cost of a large input grows no faster than the input", async () => {
  const refusedOrRead = (act: () => unknown) => () => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  };
  const linear = (what: string, largest: number, textOf: (size: number) => string) =>
    assertLinear(what, largest, (size) => {
      const text = textOf(size);
      return refusedOrRead(() => readPairs(text));
    });
  await linear("bare repeats", 110_000, (size) => "a&".repeat(size));
  await linear("brackets", 110_000, (size) => "a[]=1&".repeat(size));
  await linear("too many pairs", 5_000_000, (size) => "a&".repeat(size));
  await linear("open brackets", 1_000_000, (size) => `${"[".repeat(size)}=1`);
  const many = { names: Array(5_000_000).fill(0) };
  await assertLinear("too many values", 5_000_000, (size) => {
    const names = many.names.slice(0, size);
    return refusedOrRead(() => read({ names }));
  });
  assert.match(
    sentence(() => read(many)),
    /^422 .*more than 250000 values/,
  );
});

test("an id list of 100,000 is read whole", () => {
  const ids = Array.from({ length: 100_000 }, (_, n) => n.toString(16).padStart(24, "0"));
  assert.equal((read({ ids }).ids as string[]).length, 100_000);
  assert.equal((read(readPairs(ids.map((id) => `ids[]=${id}`).join("&"))).ids as string[]).length, 100_000);
});
