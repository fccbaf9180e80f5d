// The wire without a client's manners: raw requests, and what a browser or a broken program would send.

import { createHash } from "node:crypto";
import { connect } from "node:net";
import type { Endpoint } from "@cadenza/contract";
import { asOwner } from "./owner.ts";
import { PATIENCE_MS } from "./patience.ts";
import type { World } from "./world.ts";

export type WireResponse = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** One call with exactly these headers and this body. The body is parsed where it is JSON. */
export async function call(url: string, init: RequestInit & { key?: string } = {}): Promise<WireResponse> {
  const { key, ...rest } = init;
  const headers = { ...(key && { "x-api-key": key }), ...(init.headers as Record<string, string>) };
  const response = await fetch(url, { redirect: "manual", ...rest, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

type By = { key?: string; cookie?: string };

/** One endpoint as its path and verb say, by a key or by a browser with its cookie. */
export function callEndpoint(
  url: string,
  { method, path }: Pick<Endpoint, "method" | "path">,
  input: Record<string, unknown>,
  by: By,
  headers: Record<string, string> = {},
) {
  const rest = { ...input };
  const place = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest[key]);
    delete rest[key];
    return value;
  });
  // Of those that write, a GET takes only words: lists and objects have no one way into a query.
  const query = method === "GET" ? `?${new URLSearchParams(rest as Record<string, string>)}` : "";
  return call(`${url}/api/v1${place}${query}`, {
    method,
    ...(by.key && { key: by.key }),
    ...(method !== "DELETE" && method !== "GET" && { body: JSON.stringify(rest) }),
    headers: {
      "content-type": "application/json",
      ...(by.cookie && { cookie: by.cookie, origin: url }),
      ...headers,
    },
  });
}

function parsed(text: string) {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Sends bytes as they are and answers everything that came back until the line was closed. */
export function sendRaw(url: string, bytes: string | Buffer, { waitMs = PATIENCE_MS } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const end = () => {
      clearTimeout(limit);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    const limit = setTimeout(end, waitMs);
    socket.on("data", (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on("error", end).on("close", end);
    socket.write(bytes);
  });
}

/** Status lines in what a raw exchange brought back. */
export function statusesIn(raw: string) {
  return [...raw.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}

export { asOwner };

/** How many rows each table of ours holds. Calls are always counted, so the counters are left out. */
export function rowCounts(world: Pick<World, "ownerConnection">): Promise<Record<string, number>> {
  return asOwner(world, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'api_usage' order by 1",
    );
    const each = tables.rows.map(({ name }) => `select '${name}' as name, count(*)::int from ${name}`);
    const text = each.join(" union all ");
    const name = `counts ${createHash("sha256").update(text).digest("hex").slice(0, 40)}`; // planned once, being long
    await client.query("set max_parallel_workers_per_gather = 0"); // or processes are started to count nothing
    const { rows } = await client.query<{ name: string; count: number }>({ name, text });
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  });
}
