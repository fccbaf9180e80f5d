// Calls of our own API from within the process, over everything that a call from outside meets.

import type { FastifyInstance } from "fastify";

/** The address that such calls are made to. Nobody listens there. */
export const IN_PROCESS = "http://in.process";

/** As fetch, and without a socket. The caller's address goes along, for the history. */
export function callerOf(server: FastifyInstance, address: string | null): typeof fetch {
  const call = async (url: unknown, { method, headers, body }: RequestInit = {}) => {
    const { pathname, search } = new URL(String(url));
    const {
      statusCode,
      rawPayload,
      headers: answered,
    } = await server.inject({
      method: (method ?? "GET") as "GET",
      url: pathname + search,
      headers: { ...Object.fromEntries(new Headers(headers)) },
      ...(address !== null && { remoteAddress: address }),
      ...(typeof body === "string" && { payload: body }),
    });
    const flat = Object.entries(answered).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return new Response(statusCode === 204 ? null : new Uint8Array(rawPayload), {
      status: statusCode,
      headers: flat,
    });
  };
  return call as typeof fetch;
}
