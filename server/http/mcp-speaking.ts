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
import { callerOf, IN_PROCESS } from "./in-process.ts";

export async function speak(
  server: FastifyInstance,
  request: FastifyRequest,
  { kind, secret }: Credential,
  caller: Caller,
) {
  const api = createClient({
    baseUrl: IN_PROCESS,
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
      new Request(`${IN_PROCESS}/mcp`, {
        method: "POST",
        headers: headersOf(request),
        body: String(request.body ?? ""),
      }),
    );
  } finally {
    await tools.close();
  }
}

function headersOf({ headers }: FastifyRequest): [string, string][] {
  return ["accept", "content-type", "mcp-protocol-version"].flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as [string, string]] : [];
  });
}
