// The API described, for programs at /openapi.json and for people at /docs, without a script and
// without asking anybody else for anything.

import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

export function mountDocs(server: FastifyInstance) {
  let json: string | undefined;
  let page: { html: string; policy: string } | undefined;

  server.get("/openapi.json", async (_request, reply) => {
    json ??= await writeJson();
    return reply.type("application/json; charset=utf-8").send(json);
  });

  server.get("/docs", async (_request, reply) => {
    page ??= await writePage();
    return reply
      .header("content-security-policy", page.policy)
      .type("text/html; charset=utf-8")
      .send(page.html);
  });
}

// Both are written when somebody first asks: examples and descriptions are of no use to a server that only answers calls.

async function writeJson() {
  const { buildOpenApi } = await import("@cadenza/contract/openapi");
  return JSON.stringify(buildOpenApi());
}

async function writePage() {
  const { DOCS_STYLE, docsPage } = await import("./docs-page.ts");
  const hash = createHash("sha256").update(DOCS_STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { html: docsPage(), policy };
}
