// One call, from what was asked to its answer: as many tries as patience allows, each within its time.

import { type Called, isApollo, type Request, requestFor, rootOf } from "./request.ts";
import { newKey, type Patience, waitBefore, waitFor } from "./retrying.ts";
import { type Sent, tryOnce, usualTime } from "./trying.ts";

export type CallOptions = {
  /** Sent as Idempotency-Key: a second call with the same key gets the first answer. Made for each write unless given. */
  idempotencyKey?: string;
  /** Shows what would happen, and changes nothing. Cadenza only. */
  dryRun?: boolean;
  /** The `etag` of the record as it was read: refused with `changed_since_read` if it was changed since. Cadenza only. */
  ifMatch?: string | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** In place of the client's. */
  timeoutMs?: number;
  retries?: number;
};

export type ClientOptions = Partial<Patience> & {
  /** Where the server is: Cadenza's address, or https://api.apollo.io. With or without /api/v1. */
  baseUrl: string;
  /** Left out in a browser, where the session's cookie speaks. */
  apiKey?: string;
  /**
   * An OAuth access token in place of a key: the token, or what gives it. Asked before every try, and once more with
   * `isRefused` where the server has refused the one it gave: the moment to renew it.
   */
  accessToken?: string | ((asked: { isRefused: boolean }) => string | Promise<string>);
  /** How long one try may take; 60,000 unless said, and a second more for each megabyte of a file; 0 for as long as it takes. */
  timeoutMs?: number;
  /** Sent with every call. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  /** Sees every answer with the name of its call ("contacts.search"), before it is handed on. */
  onAnswer?: (name: string, body: unknown, headers: Headers) => void;
  /** Told of every try, for a log. It holds no key. */
  onTry?: (attempt: Attempt) => void;
};

export type Attempt = {
  call: string;
  method: string;
  url: string;
  /** The first is 1. */
  attempt: number;
  /** Null where none came. */
  status: number | null;
  tookMs: number;
  requestId: string | null;
  /** Before the next try; null where this was the last. */
  waitsMs: number | null;
};

export type Sender = (
  called: Called,
  input: Record<string, unknown>,
  call?: CallOptions,
  as?: "csv",
) => Promise<unknown>;

const PATIENCE: Patience = { retries: 3, backOffMs: 300, longestWaitMs: 60_000 };

export function openSender(options: ClientOptions): Sender {
  const root = rootOf(options.baseUrl);
  const isKeeping = !isApollo(root);
  const patience = {
    retries: options.retries ?? PATIENCE.retries,
    backOffMs: options.backOffMs ?? PATIENCE.backOffMs,
    longestWaitMs: options.longestWaitMs ?? PATIENCE.longestWaitMs,
  };
  return (called, input, call = {}, as) => {
    if (call.dryRun && !isKeeping)
      throw new TypeError("Apollo has no dry run: the call would be carried out. Nothing was sent.");
    if (call.ifMatch !== undefined && !isKeeping)
      throw new TypeError(
        "Apollo has no conditional changes: it would be made in any case. Nothing was sent.",
      );
    const request = requestFor(root, called, input);
    if (as === "csv") request.headers.accept = "text/csv";
    if (called.isFile) request.headers.accept = "*/*";
    const allowed = call.retries === undefined ? patience : { ...patience, retries: call.retries };
    const isKept = isKeeping && !called.open;
    const key =
      call.idempotencyKey ??
      (called.writes && isKept && !call.dryRun && allowed.retries > 0 ? newKey() : undefined);
    addHeaders(request.headers, options, call, key);
    const sending = {
      writes: called.writes === true,
      isKept: isKept && (key !== undefined || call.dryRun === true),
    };
    const usualMs = usualTime(request, called, input);
    return sendUntilAnswered({ options, called, request, call, usualMs, patience: allowed, sending, as });
  };
}

function addHeaders(
  headers: Record<string, string>,
  options: ClientOptions,
  call: CallOptions,
  key: string | undefined,
) {
  if (options.apiKey) headers["x-api-key"] = options.apiKey;
  if (key !== undefined) headers["idempotency-key"] = key;
  if (call.dryRun) headers["dry-run"] = "true";
  if (call.ifMatch !== undefined) headers["if-match"] = `"${call.ifMatch}"`;
  Object.assign(headers, options.headers, call.headers);
}

/** The function that gave a refused token renews it once; the refused call itself changed nothing. */
async function tryWithToken(sent: Sent) {
  const { accessToken } = sent.options;
  if (accessToken === undefined) return tryOnce(sent);
  const ask = async (isRefused: boolean) => {
    const token = typeof accessToken === "string" ? accessToken : await accessToken({ isRefused });
    return tryOnce({ ...sent, request: withBearer(sent.request, token) });
  };
  const outcome = await ask(false);
  return outcome.status === 401 && typeof accessToken === "function" ? ask(true) : outcome;
}

function withBearer(request: Request, token: string): Request {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

async function sendUntilAnswered(sent: Sent & { patience: Patience }): Promise<unknown> {
  const { options, called, call, patience, sending } = sent;
  for (let attempt = 1; ; attempt++) {
    const startedAt = performance.now();
    const outcome = await tryWithToken(sent);
    const failure =
      outcome.refused ?? (outcome.unreached?.code === "redirected" ? null : outcome.unreached && "lost");
    const waitsMs = failure ? waitBefore(failure, attempt, sending, patience, Math.random()) : null;
    options.onTry?.({
      call: called.name,
      method: sent.request.method,
      url: sent.request.url,
      attempt,
      status: outcome.status,
      tookMs: performance.now() - startedAt,
      requestId: outcome.headers?.get("x-request-id") ?? null,
      waitsMs,
    });
    if (waitsMs === null) {
      if (outcome.refused ?? outcome.unreached) throw outcome.refused ?? outcome.unreached;
      if (!outcome.isFile) options.onAnswer?.(called.name, outcome.body, outcome.headers as Headers);
      return outcome.body;
    }
    await waitFor(waitsMs, call.signal);
  }
}
