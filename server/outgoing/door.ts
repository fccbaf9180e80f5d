// All calls to other people's servers. The giver of a URL decides where we call, so this is the only way out. The
// connection goes to an address that was judged (reach.ts) and to no other, so that a name which answers differently
// a moment later changes nothing.
//
// No redirect is followed: it would take our signature to wherever the receiver likes. Callers who ask without a secret may ask again
// where an answer's `location` says.

import { isIP } from "node:net";
import type { Dispatcher } from "undici";
import { pinnedTo, type Reach, reach } from "../network-policy/reach.ts";
import { CEILINGS, type Ceiling, type Ceilings, LARGEST_HEAD } from "./ceilings.ts";
import { readTarget, type TargetFault, type UrlTarget } from "./target.ts";

export type UrlFault = TargetFault | "private_address";

/** What came of a call. `error` is a code of ours, never the other side's text. */
export type CallOutcome =
  | { kind: "answered"; status: number; tookMs: number }
  | { kind: "failed"; error: UrlFault | CallError; tookMs: number };

type CallError = "name_not_found" | "connection_failed" | "timed_out" | "unreadable_answer";

export type Outgoing = {
  /** Why this URL may not be called, or null. A name that cannot be found just now is no reason. */
  check(url: string): Promise<UrlFault | null>;
  post(url: string, headers: Record<string, string>, body: string): Promise<CallOutcome>;
  /** Any call whose answer's words matter: all of them, or none. Its caller may be more impatient than the ceiling, never more patient. */
  fetch(request: OutgoingRequest): Promise<FetchResult>;
  /** The same, where the answer is no text but bytes. */
  fetchBytes(request: OutgoingRequest): Promise<BytesResult>;
};

type OutgoingRequest = {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  longestMs: number;
  answer: "provider" | "model" | "words" | "mail" | "source" | "object" | "traces";
};

type Answered<Body> = {
  kind: "answered";
  status: number;
  body: Body;
  retryAfter: string | null;
  location: string | null;
};
export type FetchFailure = { kind: "failed"; error: UrlFault | CallError };
export type FetchResult = Answered<string> | FetchFailure;
/** `length`: that of the header, which an answer to HEAD has without a body. */
export type BytesResult = (Answered<Buffer> & { etag: string | null; length: number | null }) | FetchFailure;

/** Lower ceilings are for tests. */
export function openOutgoing(rules: Reach, ceilings: Ceilings = CEILINGS): Outgoing {
  async function place(url: string) {
    const target = readTarget(url, rules.allowed, rules.onlyListed);
    if (typeof target === "string") return target;
    const reached = await reach({ host: target.hostname, port: target.port }, rules);
    if (reached.kind === "unknown") return "name_not_found" as const;
    return reached.kind === "private" ? ("private_address" as const) : { target, ips: reached.ips };
  }

  async function fetched<Whole>(
    { method, url, headers, body, longestMs, answer }: OutgoingRequest,
    whole: (said: Said) => Promise<Whole>,
  ): Promise<(Whole & { kind: "answered" }) | FetchFailure> {
    const found = await place(url);
    if (typeof found === "string") return { kind: "failed", error: found };
    try {
      const { ms, bytes } = ceilings[answer];
      const wish = { method, headers, body, ms: Math.min(ms, longestMs), bytes };
      return { kind: "answered", ...(await send(found.target, found.ips, wish, whole)) };
    } catch (error) {
      return { kind: "failed", error: named(error) };
    }
  }

  return {
    async check(url) {
      const found = await place(url);
      return typeof found === "string" && found !== "name_not_found" ? found : null;
    },

    async post(url, headers, body) {
      const started = performance.now();
      const took = () => Math.round(performance.now() - started);
      const found = await place(url);
      if (typeof found === "string") return { kind: "failed", error: found, tookMs: took() };
      try {
        const status = await send(found.target, found.ips, { headers, body, ...ceilings.status }, statusOf);
        return { kind: "answered", status, tookMs: took() };
      } catch (error) {
        return { kind: "failed", error: named(error), tookMs: took() };
      }
    },

    fetch: (request) => fetched(request, async (said) => ({ ...headOf(said), body: await said.body.text() })),
    fetchBytes: (request) =>
      fetched(request, async (said) => ({
        ...headOf(said),
        ...entityOf(said),
        body: Buffer.from(await said.body.arrayBuffer()),
      })),
  };
}

type Said = Dispatcher.ResponseData;

/** What the receiver says beside the status is read up to a limit, and thrown away. */
async function statusOf({ statusCode, body }: Said, signal: AbortSignal, limit: number) {
  // The status has arrived, and it is what counts: a body that is too large or never ends changes nothing.
  await body.dump({ limit, signal }).catch(() => {});
  return statusCode;
}

function headOf({ statusCode, headers }: Said) {
  const [retryAfter = null] = [headers["retry-after"] ?? null].flat();
  const [location = null] = [headers.location ?? null].flat();
  return { status: statusCode, retryAfter, location };
}

function entityOf({ headers }: Said) {
  const [etag = null] = [headers.etag ?? null].flat();
  const [length = null] = [headers["content-length"] ?? null].flat();
  return { etag, length: length === null ? null : Number(length) };
}

type Sent = Ceiling & {
  method?: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  headers: Record<string, string>;
  body: string | Uint8Array | null;
};

async function send<T>(
  { url, hostname }: UrlTarget,
  ips: readonly string[],
  { method = "POST", headers, body, ms, bytes }: Sent,
  read: (answer: Said, limit: AbortSignal, bytes: number) => Promise<T>,
) {
  const limit = AbortSignal.timeout(ms);
  const { Client } = await import("undici"); // large, and only who calls out needs it
  const client = new Client(url.origin, {
    connect: {
      lookup: pinnedTo(ips),
      timeout: ms,
      ...(isIP(hostname) ? {} : { servername: hostname }),
    },
    maxHeaderSize: LARGEST_HEAD,
    headersTimeout: ms,
    bodyTimeout: ms,
    maxResponseSize: bytes,
  });
  try {
    const request = {
      method,
      path: url.pathname + url.search,
      headers,
      body,
      signal: limit,
    } as const;
    return await read(await client.request(request), limit, bytes);
  } finally {
    await client.destroy();
  }
}

function named(error: unknown): CallError {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError" || name === "AbortError" || /TIMEOUT|ABORTED/.test(code ?? ""))
    return "timed_out";
  if (name === "HTTPParserError" || /^HPE_|HEADERS_OVERFLOW|EXCEEDED_MAX_SIZE/.test(code ?? ""))
    return "unreadable_answer";
  return "connection_failed";
}
