// The contract, callable: one typed method per endpoint, read off the contract itself.

import { type Contract, contract, type Endpoint, pathParameters } from "@cadenza/contract";
import type { z } from "zod";
import { Refused } from "./errors.ts";

export type CallOptions = {
  /** Sent as Idempotency-Key: a second call with the same key gets the first answer. */
  idempotencyKey?: string;
  /** Shows what would happen, and changes nothing. */
  dryRun?: boolean;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

type Call<E> =
  E extends Endpoint<infer Input, infer Output>
    ? Record<never, never> extends z.input<Input>
      ? (input?: z.input<Input>, options?: CallOptions) => Promise<z.output<Output>>
      : (input: z.input<Input>, options?: CallOptions) => Promise<z.output<Output>>
    : never;

export type Client = {
  [Noun in keyof Contract]: { [Verb in keyof Contract[Noun]]: Call<Contract[Noun][Verb]> };
};

export type ClientOptions = {
  /** Where the server is, without /api/v1: Cadenza's address, or Apollo's. */
  baseUrl: string;
  /** Left out in a browser, where the session's cookie speaks. */
  apiKey?: string;
  fetch?: typeof fetch;
  /** Sees every answer with its endpoint, before it is handed on. */
  onAnswer?: (endpoint: Endpoint, body: unknown, headers: Headers) => void;
};

export function createClient(options: ClientOptions): Client {
  const nouns = Object.entries(contract).map(([noun, verbs]) => {
    const methods = Object.entries(verbs as Record<string, Endpoint>).map(([verb, endpoint]) => [
      verb,
      (input: Record<string, unknown> = {}, call: CallOptions = {}) => send(options, endpoint, input, call),
    ]);
    return [noun, Object.fromEntries(methods)];
  });
  return Object.fromEntries(nouns) as Client;
}

async function send(
  options: ClientOptions,
  endpoint: Endpoint,
  input: Record<string, unknown>,
  call: CallOptions,
) {
  const { url, rest } = placeInPath(`${options.baseUrl.replace(/\/+$/, "")}/api/v1`, endpoint.path, input);
  const inQuery = endpoint.method === "GET" || endpoint.method === "DELETE";
  const query = inQuery ? printQuery(rest) : "";
  const response = await (options.fetch ?? fetch)(query ? `${url}?${query}` : url, {
    method: endpoint.method,
    headers: headersFor(options, call, !inQuery),
    ...(inQuery ? {} : { body: JSON.stringify(rest) }),
    ...(call.signal && { signal: call.signal }),
  });
  const body = await readBody(response);
  if (!response.ok) throw new Refused(response.status, body, response.headers);
  options.onAnswer?.(endpoint, body, response.headers);
  return body;
}

function headersFor({ apiKey }: ClientOptions, call: CallOptions, hasBody: boolean): Record<string, string> {
  return {
    accept: "application/json",
    ...(hasBody && { "content-type": "application/json" }),
    ...(apiKey && { "x-api-key": apiKey }),
    ...(call.idempotencyKey && { "idempotency-key": call.idempotencyKey }),
    ...(call.dryRun && { "dry-run": "true" }),
    ...call.headers,
  };
}

/** A proxy on the way may answer in HTML; that must not hide what happened. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function placeInPath(base: string, path: string, input: Record<string, unknown>) {
  const rest = { ...input };
  let url = base + path;
  for (const name of pathParameters(path)) {
    url = url.replace(`{${name}}`, encodeURIComponent(String(rest[name] ?? "")));
    delete rest[name];
  }
  return { url, rest };
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
