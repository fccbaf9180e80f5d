// The API described, for programs at /openapi.json and for people at /docs, without asking anybody
// else for anything. And the schemas of sequences as files, for editors.

import { createHash } from "node:crypto";
import { type FileSchema, fileSchema, fileSchemaNames } from "@cadenza/contract";
import type { FastifyInstance } from "fastify";
import { sendPlainPage } from "./compression.ts";

export function mountDocs(server: FastifyInstance) {
  let json: string | undefined;
  let page: { html: string; policy: string } | undefined;

  server.get("/openapi.json", async (request, reply) => {
    json ??= await writeJson();
    return sendPlainPage(request, reply.type("application/json; charset=utf-8"), json);
  });

  for (const name of fileSchemaNames)
    server.get(`/schemas/${name}.json`, async (request, reply) =>
      sendPlainPage(
        request,
        reply.type("application/schema+json; charset=utf-8"),
        JSON.stringify(schemaNamed(name)),
      ),
    );

  server.get("/docs", async (request, reply) => {
    page ??= await writePage();
    const typed = reply.header("content-security-policy", page.policy).type("text/html; charset=utf-8");
    return sendPlainPage(request, typed, page.html);
  });
}

const schemas = new Map<FileSchema, object>();

function schemaNamed(name: FileSchema) {
  const schema = schemas.get(name) ?? fileSchema(name);
  schemas.set(name, schema);
  return schema;
}

// Both are written at the first request: a server that only answers calls needs neither examples nor descriptions.

async function writeJson() {
  const { buildOpenApi } = await import("@cadenza/contract/openapi");
  return JSON.stringify(buildOpenApi());
}

async function writePage() {
  const [{ DOCS_STYLE, docsPage }, { TRY_SCRIPT }] = await Promise.all([
    import("./docs-page.ts"),
    import("./docs-try.ts"),
  ]);
  const [style, script] = [DOCS_STYLE, TRY_SCRIPT].map((text) =>
    createHash("sha256").update(text).digest("base64"),
  );
  const policy =
    `default-src 'none'; style-src 'sha256-${style}'; script-src 'sha256-${script}'; connect-src 'self'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return { html: docsPage(), policy };
}
