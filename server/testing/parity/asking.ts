// Sends a call as Apollo's reference writes it: the published verb and path, what is published as query in the query, with
// brackets, and the rest as JSON.

import type { Operation } from "@cadenza/contract/published";

export type Wish = {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  body?: Readonly<Record<string, unknown>>;
};

export type Answer = { status: number; body: unknown; ignored: readonly string[] };

export type Door = { url: string; key: string };

export async function ask(
  { url, key }: Door,
  { method, path }: Pick<Operation, "method" | "path">,
  wish: Wish,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => wish.path?.[name] ?? name);
  const hasBody = method !== "GET";
  const response = await fetch(`${url}/api/v1${place}${queryOf(wish.query ?? {})}`, {
    method,
    headers: { "x-api-key": key, ...(hasBody && { "content-type": "application/json" }), ...headers },
    ...(hasBody && { body: JSON.stringify(wish.body ?? {}) }),
  });
  const text = await response.text();
  const ignored = response.headers.get("cadenza-ignored")?.split(", ") ?? [];
  return { status: response.status, body: parsed(text), ignored };
}

function queryOf(query: Readonly<Record<string, unknown>>) {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
  );
  return pairs.length > 0 ? `?${new URLSearchParams(pairs as [string, string][])}` : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
