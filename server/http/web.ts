// The web app, built beforehand: files with a hash in their name for ever, the page itself anew each
// time, with a nonce, so that the policy needs no unsafe-inline.

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { Refusal } from "../refusal.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";

const BUILT = fileURLToPath(new URL("../../web/dist/", import.meta.url));
const A_YEAR = 365 * 24 * 3600 * 1000;

export async function mountWeb(server: FastifyInstance, isSecure: boolean, built = BUILT) {
  const index = `${built}/index.html`;
  const hasPage = existsSync(index);
  const readPage = rereadWhenChanged(index);
  if (hasPage)
    await server.register(staticFiles, {
      root: `${built}/assets`,
      prefix: "/assets/",
      preCompressed: true,
      immutable: true,
      maxAge: A_YEAR,
    });

  const safe = safeHeaders(isSecure);
  server.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    setSafeHeaders(reply, safe);
    done(null, payload);
  });
  server.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === "GET" && hasPage && (request.headers.accept ?? "").includes("text/html");
    const isApi = /^\/(api|v1|assets|health|openapi\.json|\.well-known)(\/|$|\?)/.test(request.url);
    if (!wantsPage || isApi) throw new Refusal("route_not_found");
    return sendPage(reply, readPage());
  });
}

/** A new build changes the page and the names of what it loads, while the server may run on. */
function rereadWhenChanged(file: string) {
  let read = { at: -1, page: "" };
  return () => {
    const at = statSync(file).mtimeMs;
    if (at !== read.at) read = { at, page: readFileSync(file, "utf8") };
    return read.page;
  };
}

function sendPage(reply: FastifyReply, page: string) {
  const nonce = randomBytes(16).toString("base64");
  reply
    .header("content-security-policy", policy(nonce))
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("x-frame-options", "DENY");
  return reply.type("text/html; charset=utf-8").send(page.replaceAll("__NONCE__", nonce));
}

/** Everything from ourselves, nothing inline but what carries this answer's nonce, and nobody frames us. */
export function policy(nonce: string) {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
