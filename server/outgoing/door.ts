// The door to other people's servers: whoever gives us a URL decides where we call, so this is the only
// way there. The connection goes to an address that was judged (reach/reach.ts) and to no other, so that a name which
// answers differently a moment later changes nothing.
//
// No redirect is followed: it would take our signature to wherever the receiver likes.

import { isIP } from "node:net";
import { pinnedTo, type Reach, reach } from "../reach/reach.ts";
import { readTarget, type Target, type TargetFault } from "./target.ts";

export type Refused = TargetFault | "private_address";

/** What came of a call. `error` is a code of ours, never the other side's text. */
export type CallOutcome =
  | { kind: "answered"; status: number; tookMs: number }
  | { kind: "failed"; error: Refused | CallError; tookMs: number };

export type CallError = "name_not_found" | "connection_failed" | "timed_out" | "unreadable_answer";

export type Outgoing = {
  /** Why this URL may not be called, or null. A name that cannot be found just now is no reason. */
  check(url: string): Promise<Refused | null>;
  post(url: string, headers: Record<string, string>, body: string): Promise<CallOutcome>;
};

const LONGEST_CALL_MS = 15_000;
const LARGEST_ANSWER = 64 * 1024;
const LARGEST_HEAD = 16 * 1024;

export function openOutgoing(rules: Reach, { longestCallMs = LONGEST_CALL_MS } = {}): Outgoing {
  async function place(url: string) {
    const target = readTarget(url, rules.allowed);
    if (typeof target === "string") return target;
    const reached = await reach({ host: target.hostname, port: target.port }, rules);
    if (reached.kind === "unknown") return "name_not_found" as const;
    return reached.kind === "private" ? ("private_address" as const) : { target, ips: reached.ips };
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
        const status = await send(found.target, found.ips, headers, body, longestCallMs);
        return { kind: "answered", status, tookMs: took() };
      } catch (error) {
        return { kind: "failed", error: named(error), tookMs: took() };
      }
    },
  };
}

/** Answers the status. What the receiver says beside it is read up to a limit, and thrown away. */
async function send(
  { url, hostname }: Target,
  ips: readonly string[],
  headers: Record<string, string>,
  body: string,
  longestCallMs: number,
) {
  const limit = AbortSignal.timeout(longestCallMs);
  const { Client } = await import("undici"); // large, and only who calls out needs it
  const client = new Client(url.origin, {
    connect: {
      lookup: pinnedTo(ips),
      timeout: longestCallMs,
      ...(isIP(hostname) ? {} : { servername: hostname }),
    },
    maxHeaderSize: LARGEST_HEAD,
    headersTimeout: longestCallMs,
    bodyTimeout: longestCallMs,
    maxResponseSize: LARGEST_ANSWER,
  });
  try {
    const request = {
      method: "POST",
      path: url.pathname + url.search,
      headers,
      body,
      signal: limit,
    } as const;
    const answer = await client.request(request);
    // The status has arrived, and it is what counts: a body that is too large or never ends changes nothing.
    await answer.body.dump({ limit: LARGEST_ANSWER, signal: limit }).catch(() => {});
    return answer.statusCode;
  } finally {
    await client.destroy();
  }
}

function named(error: unknown): CallError {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError" || name === "AbortError" || /TIMEOUT|ABORTED/.test(code ?? ""))
    return "timed_out";
  if (name === "HTTPParserError" || /^HPE_|HEADERS_OVERFLOW/.test(code ?? "")) return "unreadable_answer";
  return "connection_failed";
}
