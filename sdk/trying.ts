// One try of a call: its result as data, within its time.

import { Refused, Unreached } from "./errors.ts";
import { type Download, downloadOf } from "./files.ts";
import type { Called, Request } from "./request.ts";
import type { CallOptions, ClientOptions } from "./sending.ts";

const TIMEOUT_MS = 60_000;

export type Sent = {
  options: ClientOptions;
  called: Called;
  request: Request;
  call: CallOptions;
  /** How long an answer may take where the caller says nothing. */
  usualMs: number;
  sending: { writes: boolean; isKept: boolean };
  as: "csv" | undefined;
};

type Outcome = {
  status: number | null;
  headers?: Headers;
  body?: unknown;
  isFile?: boolean;
  refused?: Refused;
  unreached?: Unreached;
};

export async function tryOnce({
  options,
  called,
  request,
  call,
  usualMs,
  sending,
  as,
}: Sent): Promise<Outcome> {
  call.signal?.throwIfAborted();
  const limit = timeLimit(call.timeoutMs ?? options.timeoutMs ?? usualMs, call.signal);
  try {
    const { status, headers, ...response } = await ask(
      options,
      request,
      limit.signal,
      called.isFile === true || as === "csv",
    );
    if (status >= 300 && status < 400)
      return { status, headers, unreached: redirected(headers, called.name) };
    if (status >= 400)
      return { status, headers, refused: new Refused(status, response.body, headers, called.name) };
    return { status, headers, ...response };
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (!limit.hasPassed() && !(error instanceof TypeError)) throw error;
    return { status: null, unreached: unreachedBy(error, limit.hasPassed(), called.name, sending.writes) };
  } finally {
    limit.end();
  }
}

/**
 * A large file takes its time on the way, and to be looked through: a second more for each megabyte. Some calls wait for what they
 * begin, for as long as they are asked to.
 */
export function usualTime(
  { body }: Pick<Request, "body">,
  { waits = 0 }: Partial<Called> = {},
  { wait_seconds: asked }: Record<string, unknown> = {},
) {
  return TIMEOUT_MS + uploadTime(body) + 1_000 * (waits > 0 && typeof asked === "number" ? asked : waits);
}

function uploadTime(body: Request["body"]) {
  if (!(body instanceof FormData)) return 0;
  let bytes = 0;
  body.forEach((part) => {
    bytes += typeof part === "string" ? part.length : part.size;
  });
  return Math.ceil((bytes / 1_048_576) * 1_000);
}

async function ask(
  { fetch: given, apiKey, accessToken }: ClientOptions,
  { url, method, headers, body }: Request,
  signal: AbortSignal,
  asFile: boolean,
) {
  const response = await (given ?? fetch)(url, {
    method,
    headers,
    signal,
    // Followed, a redirect would carry the key to wherever it leads.
    ...((apiKey || accessToken) && { redirect: "manual" as const }),
    ...(body !== null && { body }),
  });
  const isFile = asFile && response.ok;
  const content: unknown | Download = isFile ? downloadOf(response) : readBody(await response.text());
  return { status: response.status, headers: response.headers, body: content, isFile };
}

/** A proxy on the way may answer in HTML; that must not hide what happened. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A timer of our own rather than AbortSignal.timeout, which cannot be taken back and is slower to combine. */
function timeLimit(ms: number, signal: AbortSignal | undefined) {
  const control = new AbortController();
  let hasPassed = false;
  const timer = ms > 0 ? setTimeout(pass, ms) : undefined;
  const follow = () => control.abort(signal?.reason);
  signal?.addEventListener("abort", follow, { once: true });
  function pass() {
    hasPassed = true;
    control.abort();
  }
  return {
    signal: control.signal,
    hasPassed: () => hasPassed,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", follow);
    },
  };
}

function redirected(headers: Headers, call: string) {
  const to = headers.get("location") ?? "another address";
  return new Unreached("redirected", `The server leads on to ${to}, and the key was not sent there.`, {
    call,
  });
}

function unreachedBy(cause: unknown, hasTimedOut: boolean, call: string, mayHaveHappened: boolean) {
  const sentence = hasTimedOut
    ? "The server did not answer in time."
    : `The server could not be reached${reasonIn(cause)}.`;
  const wasNeverHeard = !hasTimedOut && NEVER_HEARD.has(codeIn(cause));
  return new Unreached(hasTimedOut ? "timed_out" : "unreachable", sentence, {
    call,
    mayHaveHappened: mayHaveHappened && !wasNeverHeard,
    cause,
  });
}

const NEVER_HEARD = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function codeIn(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } };
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return typeof code === "string" ? code : "";
}

const reasonIn = (error: unknown) => (codeIn(error) ? ` (${codeIn(error)})` : "");
