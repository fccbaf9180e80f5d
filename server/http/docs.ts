// The API described, for programs at /openapi.json and for people at /docs, without a script and
// without asking anybody else for anything.

import { createHash } from "node:crypto";
import { buildOpenApi } from "@cadenza/contract/openapi";
import type { FastifyInstance } from "fastify";
import { DOCS_STYLE, docsPage } from "./docs-page.ts";

export function mountDocs(server: FastifyInstance) {
  let json: string | undefined;
  let page: string | undefined;
  const styleHash = createHash("sha256").update(DOCS_STYLE).digest("base64");

  server.get("/openapi.json", async (_request, reply) => {
    json ??= JSON.stringify(buildOpenApi());
    return reply.type("application/json; charset=utf-8").send(json);
  });

  server.get("/docs", async (_request, reply) => {
    page ??= docsPage();
    const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    return reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page);
  });
}
