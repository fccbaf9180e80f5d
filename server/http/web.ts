// The web app, built beforehand: files with a hash in their name for ever, the page itself anew each
// time, with a nonce, so that the policy needs no unsafe-inline.
//
// Any address may be a page of the app, so a program that asks without naming a type gets the page at `/` alone, and
// elsewhere the refusal that it can read.

import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { Refusal } from "../kernel/refusal.ts";
import { sendPlainPage } from "./compression.ts";
import { mountInstalling } from "./installing.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";

const BUILT = fileURLToPath(new URL("../../web/dist/", import.meta.url));
const A_YEAR = 365 * 24 * 3600 * 1000;

export async function mountWeb(
  server: FastifyInstance,
  config: Pick<Config, "publicUrl" | "sandbox">,
  built = BUILT,
) {
  const index = `${built}/index.html`;
  const hasPage = existsSync(index);
  const readPage = rereadWhenChanged(index);
  if (hasPage)
    await server.register(staticFiles, {
      root: `${built}/assets`,
      prefix: "/assets/",
      decorateReply: false,
      preCompressed: true,
      immutable: true,
      maxAge: A_YEAR,
    });

  if (hasPage) {
    mountIcon(server, built);
    await mountInstalling(server, built);
  }

  const safe = safeHeaders(config);
  server.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    setSafeHeaders(reply, safe);
    done(null, payload);
  });
  server.setNotFoundHandler((request, reply) => {
    if (!hasPage || !wantsPage(request)) throw new Refusal("route_not_found");
    return sendPage(request, reply, readPage());
  });
}

const NO_PAGES = /^\/(api|v1|assets|icons|health|openapi\.json|\.well-known)(\/|$|\?)/;

function wantsPage({ method, url, headers: { accept = "*/*" } }: FastifyRequest) {
  if ((method !== "GET" && method !== "HEAD") || NO_PAGES.test(url)) return false;
  return accept.includes("text/html") || (/^\/(?:\?|$)/.test(url) && /(?:\*|text)\/\*/.test(accept));
}

/** Browsers ask for it on every page that names no icon, as the pages of the help do. */
function mountIcon(server: FastifyInstance, built: string) {
  const name = readdirSync(`${built}/assets`).find((file) => /^logo.*\.svg$/.test(file));
  if (!name) return;
  const icon = readFileSync(`${built}/assets/${name}`);
  server.get("/favicon.ico", (_request, reply) =>
    reply.header("cache-control", "max-age=86400").type("image/svg+xml").send(icon),
  );
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

function sendPage(request: FastifyRequest, reply: FastifyReply, page: string) {
  const nonce = randomBytes(16).toString("base64");
  reply
    .header("content-security-policy", policy(nonce))
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("x-frame-options", "DENY");
  const written = page.replaceAll("__NONCE__", nonce);
  return sendPlainPage(request, reply.type("text/html; charset=utf-8"), written);
}

/** Everything from ourselves, nothing inline but what carries this answer's nonce, and no site may frame us. */
export function policy(nonce: string) {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
