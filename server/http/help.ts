// The help: docs/ as a site that was built beforehand (scripts/build-site.ts), served as files. Two scripts are written into each of its
// pages; the build names their digests, and the policy lets these two through and no other.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";

const BUILT = fileURLToPath(new URL("../../site/dist/", import.meta.url));
const FOR_EVER = "public, max-age=31536000, immutable";

export async function mountHelp(server: FastifyInstance, built = BUILT) {
  if (!existsSync(`${built}/scripts.json`)) return; // not built: the web app then says that there is no such page
  const policy = helpPolicy(JSON.parse(readFileSync(`${built}/scripts.json`, "utf8")) as string[]);
  await server.register(staticFiles, {
    root: built,
    prefix: "/help/",
    preCompressed: true,
    extensions: ["html"],
    cacheControl: false,
    setHeaders(reply, path) {
      // Their names carry a hash of what is in them.
      reply.header("cache-control", path.includes("/assets/") ? FOR_EVER : "no-cache");
      if (path.endsWith(".html"))
        reply.header("content-security-policy", policy).header("x-frame-options", "DENY");
    },
  });
  // The router takes both addresses for one; links between the pages need the slash.
  server.get("/help", (request, reply) =>
    /^\/help(?:\?|$)/.test(request.url) ? reply.redirect("/help/") : reply.sendFile("index.html"),
  );
}

function helpPolicy(scripts: readonly string[]) {
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts.join(" ")}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
