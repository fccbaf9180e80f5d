// The agents' door, mounted at /mcp: the same tools as over standard input and output, keys or access tokens, and underneath the
// same calls as everybody's, made inside the process. Nothing is remembered between requests, so any process may answer.

import { endpoints } from "@cadenza/contract";
import { openMcpServer, version } from "@cadenza/mcp";
import { createClient } from "@cadenza/sdk";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../app.ts";
import { mayCall } from "./access.ts";
import { type Credential, headerCredential } from "./credentials.ts";
import { agentsChallenge } from "./oauth-metadata.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";
import type { Inside } from "./server.ts";

export function mountMcp(server: FastifyInstance, inside: Inside, publicUrl: string) {
  const safe = safeHeaders(publicUrl.startsWith("https:"));
  server.register((door, _options, done) => {
    // The protocol reads its own JSON.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) => done(null, text));
    door.post("/mcp", async (request, reply) => {
      setSafeHeaders(reply, safe);
      const credential = headerCredential(request);
      const caller = credential && (await inside.identify(credential));
      if (!caller) return refuse(reply, agentsChallenge(publicUrl, credential !== null));
      return answer(reply, await speak(server, request, credential, caller));
    });
    // No stream stays open: whoever asks for one is told so, as the protocol has it.
    door.route({
      method: ["GET", "DELETE"],
      url: "/mcp",
      handler: (_request, reply) => {
        setSafeHeaders(reply, safe);
        return reply.code(405).header("allow", "POST").send(rpcError("Only POST is answered here."));
      },
    });
    done();
  });
}

async function speak(
  server: FastifyInstance,
  request: FastifyRequest,
  { kind, secret }: Credential,
  caller: Caller,
) {
  const api = createClient({
    ...{ baseUrl: "http://in.process", retries: 0, timeoutMs: 0 },
    ...(kind === "token" ? { accessToken: secret } : { apiKey: secret }),
    fetch: callerOf(server, request.ip),
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

/** As fetch, and without a socket. The address of whoever asked goes along, for the history. */
function callerOf(server: FastifyInstance, address: string): typeof fetch {
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
      remoteAddress: address,
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

async function answer(reply: FastifyReply, response: Response) {
  const type = response.headers.get("content-type");
  if (type) reply.type(type);
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
}

function refuse(reply: FastifyReply, challenge: string) {
  return reply
    .code(401)
    .header("www-authenticate", challenge)
    .send(
      rpcError("Sign in by OAuth, or send a key of your team: Authorization: Bearer <key>, or X-Api-Key."),
    );
}

function rpcError(message: string) {
  return { jsonrpc: "2.0", id: null, error: { code: -32001, message } };
}
