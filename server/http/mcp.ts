// The agents' door, mounted at /mcp: the same tools as over standard input and output, keys or access tokens, and underneath the
// same calls as everybody's, made inside the process. Nothing is remembered between requests, so any process may answer.

import type { FastifyInstance, FastifyReply } from "fastify";
import type { Config } from "../config.ts";
import { headerCredential } from "./credentials.ts";
import { agentsChallenge } from "./oauth-metadata.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";
import type { Inside } from "./server.ts";

export function mountMcp(
  server: FastifyInstance,
  inside: Inside,
  config: Pick<Config, "publicUrl" | "sandbox">,
) {
  const { publicUrl } = config;
  const safe = safeHeaders(config);
  server.register((door, _options, done) => {
    // The protocol reads its own JSON.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) => done(null, text));
    door.post("/mcp", async (request, reply) => {
      setSafeHeaders(reply, safe);
      const credential = headerCredential(request);
      const caller = credential && (await inside.identify(credential));
      if (!caller) return refuse(reply, agentsChallenge(publicUrl, credential !== null));
      const { speak } = await import("./mcp-speaking.ts"); // with what the protocol needs: large, and only agents ask
      return answer(reply, await speak(server, request, credential, caller));
    });
    // No stream stays open; a caller that asks for one is told so, as the protocol says.
    door.route({
      method: ["GET", "DELETE"],
      url: "/mcp",
      handler: (_request, reply) => {
        setSafeHeaders(reply, safe);
        return reply.code(405).header("allow", "POST").send(rpcError("Only POST is supported here."));
      },
    });
    done();
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
      rpcError(
        "Sign in with OAuth, or send an API key of your team: Authorization: Bearer <key>, or X-Api-Key.",
      ),
    );
}

function rpcError(message: string) {
  return { jsonrpc: "2.0", id: null, error: { code: -32001, message } };
}
