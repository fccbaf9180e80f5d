import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { createClient } from "./client.ts";
import { Refused } from "./errors.ts";
import { printQuery } from "./request.ts";

type Sent = { url: string; method: string; headers: Record<string, string>; body: string | undefined };

/** A server that answers as told and remembers what it was sent. */
function answering(body: string, init: ResponseInit = {}) {
  const sent: Sent[] = [];
  const fetch = async (url: unknown, request: RequestInit = {}) => {
    sent.push({
      url: String(url),
      method: request.method ?? "GET",
      headers: request.headers as Record<string, string>,
      body: request.body as string | undefined,
    });
    return new Response(body, init);
  };
  const client = createClient({
    baseUrl: "https://cadenza.example.no/",
    apiKey: "the-key",
    fetch: fetch as typeof globalThis.fetch,
    retries: 0,
  });
  return { client, sent };
}

const queries: [value: Record<string, unknown>, query: string][] = [
  [{ a: 1, b: "x y", c: true }, "a=1&b=x%20y&c=true"],
  [{ ids: ["a", "b"] }, "ids%5B%5D=a&ids%5B%5D=b"],
  [{ range: { min: 1, max: 5 } }, "range%5Bmin%5D=1&range%5Bmax%5D=5"],
  [{ a: undefined, b: null, c: [] }, ""],
  [{ q: "a&b=c#d" }, "q=a%26b%3Dc%23d"],
];

for (const [value, query] of queries) {
  test(`${JSON.stringify(value)} is printed as Apollo reads it`, () => {
    assert.equal(printQuery(value), query);
  });
}

test("there is a method for every call of the contract", () => {
  const { client } = answering("{}");
  for (const { name } of endpoints) {
    const [noun = "", verb = ""] = name.split(".");
    assert.equal(
      typeof (client as unknown as Record<string, Record<string, unknown>>)[noun]?.[verb],
      "function",
      name,
    );
  }
});

test("a read travels in the query, a write as JSON, the id in the path, the key in its header", async () => {
  const { client, sent } = answering("{}");
  await client.users.search({ page: 2, q_keywords: "å" });
  await client.users.update({ id: "64f0aa000000000000000001", title: "x" });
  await client.apiKeys.revoke({ id: "../../teams" });
  assert.deepEqual(
    sent.map(({ method, url, body }) => [method, url, body]),
    [
      ["GET", "https://cadenza.example.no/api/v1/users/search?page=2&q_keywords=%C3%A5", undefined],
      ["PATCH", "https://cadenza.example.no/api/v1/users/64f0aa000000000000000001", '{"title":"x"}'],
      ["DELETE", "https://cadenza.example.no/api/v1/api_keys/..%2F..%2Fteams", undefined],
    ],
  );
  for (const { headers } of sent) assert.equal(headers["x-api-key"], "the-key");
});

test("an idempotency key and a dry run travel as headers", async () => {
  const { client, sent } = answering("{}");
  await client.apiKeys.create(
    { name: "x" },
    { idempotencyKey: "once", dryRun: true, headers: { "x-more": "1" } },
  );
  const { headers } = sent[0] as Sent;
  assert.deepEqual(
    [headers["idempotency-key"], headers["dry-run"], headers["x-more"]],
    ["once", "true", "1"],
  );
});

const refusals: [body: string, status: number, message: string, code: string | null][] = [
  ['{"error":"Record not found.","code":"record_not_found"}', 404, "Record not found.", "record_not_found"],
  ['{"message":"Too many."}', 429, "Too many.", null],
  ['{"error":"No.","error_code":"API_INACCESSIBLE"}', 403, "No.", "API_INACCESSIBLE"],
  ["Invalid API key.", 401, "Invalid API key.", null],
  ["<html>Bad gateway</html>", 502, "<html>Bad gateway</html>", null],
  ["", 500, "", null],
  ["[]", 500, "The server answered 500.", null],
  ["null", 500, "The server answered 500.", null],
];

for (const [body, status, message, code] of refusals) {
  test(`an answer ${status} ${body} becomes an error that says so`, async () => {
    const { client } = answering(body, { status });
    await assert.rejects(
      client.teams.current(),
      (error) =>
        error instanceof Refused &&
        error.status === status &&
        error.message === message &&
        error.code === code,
    );
  });
}
