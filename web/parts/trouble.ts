// A failure as a person can use it: what happened, what is safe, what to do. The server's own sentence
// goes first, because it was written for this; we add what it cannot know.

import { Refused, Unreached } from "@cadenza/sdk";

export type Doing = "reading" | "writing";

export type Account = {
  happened: string;
  safe: string | null;
  todo: string | null;
  /** To hand to whoever looks into it. */
  requestId: string | null;
  code: string | null;
};

export function accountFor(error: unknown, doing: Doing): Account {
  if (error instanceof Refused) return error.status >= 500 ? ours(error, doing) : refusal(error);
  if (error instanceof Unreached) return unreachable(doing);
  return {
    happened: "This page ran into a fault of ours.",
    safe: "What you had saved is safe.",
    todo: "Reload the page. If it happens again, tell whoever runs this Cadenza.",
    requestId: null,
    code: error instanceof Error ? error.message : null,
  };
}

function refusal(error: Refused): Account {
  const fix = textIn(error.body, "fix");
  return { happened: error.message, safe: null, todo: fix, requestId: requestIdIn(error), code: error.code };
}

function ours(error: Refused, doing: Doing): Account {
  return {
    happened: error.message,
    safe:
      doing === "reading" ? "Nothing was changed." : "Nothing was saved; a failed request leaves no half.",
    todo:
      textIn(error.body, "fix") ??
      "Try again. If it stays, give the request id to whoever runs this Cadenza.",
    requestId: requestIdIn(error),
    code: error.code,
  };
}

/** No answer came. For a write we cannot know whether the server did it, and must not pretend to. */
function unreachable(doing: Doing): Account {
  return {
    happened: "Cadenza could not be reached.",
    safe: doing === "reading" ? "Nothing was changed." : "It may or may not have been saved.",
    todo: doing === "reading" ? "Check the connection and try again." : "Reload to see, before trying again.",
    requestId: null,
    code: null,
  };
}

function requestIdIn(error: Refused) {
  return textIn(error.body, "request_id") ?? error.headers.get("x-request-id");
}

function textIn(body: unknown, key: string) {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : null;
  return typeof value === "string" ? value : null;
}
