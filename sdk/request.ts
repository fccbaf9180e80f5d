// A call as what goes over the wire: where to, with which headers, and what in the body.

import type { Address } from "./addresses.ts";
import { formOf } from "./files.ts";

export type Called = Address & { name: string };

export type Request = {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | FormData | null;
};

/** Servers and proxies between take at least this much of an address. */
const LONGEST_QUERY = 6_000;

export function requestFor(root: string, called: Called, input: Record<string, unknown>): Request {
  const { url, rest } = placeInPath(root, called, input);
  const headers: Record<string, string> = { accept: "application/json" };
  if (called.method === "GET" || called.method === "DELETE") {
    const query = printQuery(rest);
    if (query.length <= LONGEST_QUERY || !called.alsoPost)
      return { url: query ? `${url}?${query}` : url, method: called.method, headers, body: null };
  }
  const method = called.method === "GET" ? "POST" : called.method;
  const form = formOf(rest);
  if (form) return { url, method, headers, body: form };
  return {
    url,
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(rest),
  };
}

function placeInPath(root: string, { path, name: call }: Called, input: Record<string, unknown>) {
  if (!path.includes("{")) return { url: root + path, rest: input };
  const rest = { ...input };
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return inPath(value, `${call} needs ${name}`);
  });
  return { url: root + url, rest };
}

/** Never a step up the path, and never the list where one of it was meant. */
function inPath(value: unknown, whatIsMissing: string) {
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  if (text === "" || /^\.+$/.test(text)) throw new TypeError(`${whatIsMissing}.`);
  return encodeURIComponent(text);
}

/** Apollo's spelling: `ids[]=a&ids[]=b`, `range[min]=1`. */
export function printQuery(values: Record<string, unknown>) {
  return Object.entries(values)
    .flatMap(([name, value]) => printPair(name, value))
    .join("&");
}

function printPair(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((element) => printPair(`${name}[]`, element));
  if (typeof value === "object")
    return Object.entries(value).flatMap(([key, inner]) => printPair(`${name}[${key}]`, inner));
  return [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
}

/** `https://host`, `https://host/api/v1` and `https://host/v1/` all mean the same server. */
export function rootOf(baseUrl: string) {
  const trimmed = baseUrl.trim().replace(/(?<!\/)\/+$/, "");
  if (!/^https?:\/\/[^/]/i.test(trimmed))
    throw new TypeError("baseUrl is the server's address, such as https://cadenza.example.com.");
  return /\/v1$/.test(trimmed) ? trimmed : `${trimmed}/api/v1`;
}

/** Apollo keeps no idempotency keys and knows no dry run. */
export function isApollo(root: string) {
  return /(?:^|\.)apollo\.io$/i.test(new URL(root).hostname);
}
