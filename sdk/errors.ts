// The two ways in which a call ends without its answer, each with what happened and what to do next.

/** The server said no, and why. `code` is stable; the sentence is for people. */
export class Refused extends Error {
  readonly status: number;
  /** Null where the answer carries none: Apollo's own do not. */
  readonly code: string | null;
  /** What to do next, in a sentence. */
  readonly todo: string;
  /** For the people who run the server. */
  readonly requestId: string | null;
  /** How long the server asks to be left alone; null where it does not say. */
  readonly retryAfterMs: number | null;
  /** Which call it was: "contacts.search". */
  readonly call: string | null;
  readonly body: unknown;
  readonly headers: Headers;

  constructor(status: number, body: unknown, headers: Headers, call: string | null = null) {
    super(sentenceIn(body) ?? `The server answered ${status}.`);
    this.name = "Refused";
    this.status = status;
    this.code = textAt(body, "code") ?? textAt(body, "error_code");
    this.requestId = textAt(body, "request_id") ?? headers.get("x-request-id");
    this.retryAfterMs = readRetryAfter(headers.get("retry-after"));
    this.call = call;
    this.todo = textAt(body, "fix") ?? whatNext(this);
    this.body = body;
    this.headers = headers;
  }

  /** What was named is not there. Apollo says so of many things with 422, and not with 404. */
  get isNotThere() {
    const says =
      this.code === "unknown_id" || /_(?:unknown|not_found)$|_deleted(?:_|$)/.test(this.code ?? "");
    return this.status === 404 || says;
  }
}

export type UnreachedCode = "unreachable" | "timed_out" | "redirected";

/** No answer came. */
export class Unreached extends Error {
  readonly code: UnreachedCode;
  readonly todo: string;
  readonly call: string | null;
  /** True where the call changes something and may have done so all the same. */
  readonly mayHaveHappened: boolean;

  constructor(
    code: UnreachedCode,
    sentence: string,
    { call = null, mayHaveHappened = false, cause }: Details = {},
  ) {
    super(sentence, { cause });
    this.name = "Unreached";
    this.code = code;
    this.call = call;
    this.mayHaveHappened = mayHaveHappened;
    this.todo = mayHaveHappened
      ? "Check whether it was done before you try again."
      : NEXT_WHEN_UNREACHED[code];
  }
}

type Details = { call?: string | null; mayHaveHappened?: boolean; cause?: unknown };

const NEXT_WHEN_UNREACHED: Record<UnreachedCode, string> = {
  unreachable: "Check the address in baseUrl, and whether the server is running.",
  timed_out: "Request less at once, or allow more time with timeoutMs.",
  redirected: "If you trust the new address, use it as baseUrl.",
};

function whatNext({ status, code, retryAfterMs, requestId, isNotThere }: Refused) {
  if (status === 401) return "Check the API key. It may be mistyped, revoked, or from another server.";
  if (status === 403) return "Use an API key or a user with permission for this call.";
  if (status === 404) return "Check the id, and that the server has this call.";
  if (status === 429)
    return `Try again ${retryAfterMs === null ? "later" : `in ${Math.ceil(retryAfterMs / 1000)} s`}.`;
  if (status >= 500)
    return `Try again later. If it fails again, give ${requestId ? `the request id ${requestId}` : "the time"} to the server's operator.`;
  if (code === "not_a_valid_id")
    return "An id has 24 characters, 0 to 9 and a to f. Lists and searches show it.";
  if (isNotThere) return "Check the id or the name: it may be mistyped, deleted, or of another team.";
  return "Correct the call as the message says.";
}

/** Seconds, or a date. */
function readRetryAfter(header: string | null) {
  if (!header) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function sentenceIn(body: unknown) {
  return typeof body === "string" ? body : (textAt(body, "error") ?? textAt(body, "message"));
}

function textAt(body: unknown, key: string) {
  const value =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === "string" ? value : null;
}
