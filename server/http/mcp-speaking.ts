// One request of an agent, answered: the protocol's own words by its library, the calls underneath by our SDK into this process.

import { endpoints } from "@cadenza/contract";
import { openMcpServer, version } from "@cadenza/mcp";
import { createClient } from "@cadenza/sdk";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Caller } from "../app.ts";
import { mayCall } from "./access.ts";
import { cameFrom } from "./came-from.ts";
import type { Credential } from "./credentials.ts";

export async function speak(
  server: FastifyInstance,
  request: FastifyRequest,
  { kind, secret }: Credential,
  caller: Caller,
) {
  const api = createClient({
    baseUrl: "http://in.process",
    retries: 0,
    timeoutMs: 0,
    ...(kind === "token" ? { accessToken: secret } : { apiKey: secret }),
    fetch: callerOf(server, cameFrom(request)),
  });
  const calls = endpoints.filter(({ endpoint }) => mayCall(caller, endpoint)).map(({ name }) => name);
  const tools = openMcpServer(api, new Set(calls), version);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await tools.connect(transport as Parameters<typeof tools.connect>[0]);
  try {
    return await transport.handleRequest(
      new Request("http://in.process/mcp", {
        method: "POST",
        headers: headersOf(request),
        body: String(request.body ?? ""),
      }),
    );
  } finally {
    await tools.close();
  }
}

/** As fetch, and without a socket. The caller's address goes along, for the history. */
function callerOf(server: FastifyInstance, address: string | null): typeof fetch {
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

function headersOf({ headers }: FastifyRequest): [string, string][] {
  return ["accept", "content-type", "mcp-protocol-version"].flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });
}
