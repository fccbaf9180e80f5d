// The other server, as the SDK calls it: through the one way out, with its ceilings, and never to a private address.

import type { Outgoing } from "../../outgoing/door.ts";

export function sourceFetch(outgoing: Outgoing, longestMs: number): typeof fetch {
  const call = async (url: unknown, { method = "GET", headers, body }: RequestInit = {}) => {
    const said = await outgoing.fetch({
      method: method === "POST" ? "POST" : "GET", // a source is only read
      url: String(url),
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === "string" ? body : null,
      longestMs,
      answer: "source",
    });
    if (said.kind === "failed") throw new TypeError(said.error.replaceAll("_", " "));
    return new Response(said.status === 204 ? null : said.body, {
      status: said.status,
      headers: {
        "content-type": "application/json",
        ...(said.retryAfter !== null && { "retry-after": said.retryAfter }),
        ...(said.location !== null && { location: said.location }),
      },
    });
  };
  return call as typeof fetch;
}
