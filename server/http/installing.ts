// What a browser asks for to install the app: the manifest, its icons and the service worker. Their addresses never change,
// so browsers ask for them again; the files of a build have a hash in their name instead.

import { existsSync, readFileSync } from "node:fs";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";

const A_DAY = 24 * 3600 * 1000;

/** A worker is bound by the policy of its own answer: it may ask this server, and nothing else. */
const OF_THE_WORKER = "default-src 'none'; connect-src 'self'";

export async function mountInstalling(server: FastifyInstance, built: string) {
  if (existsSync(`${built}/icons`))
    await server.register(staticFiles, {
      root: `${built}/icons`,
      prefix: "/icons/",
      decorateReply: false,
      maxAge: A_DAY,
    });

  mountFile(server, `${built}/manifest.webmanifest`, "/manifest.webmanifest", {
    "content-type": "application/manifest+json",
  });
  mountFile(server, `${built}/service-worker.js`, "/service-worker.js", {
    "content-type": "text/javascript; charset=utf-8",
    "content-security-policy": OF_THE_WORKER,
    "service-worker-allowed": "/",
  });
}

/** Read at each call: a new build changes it while the server may run on, and browsers ask rarely. */
function mountFile(server: FastifyInstance, file: string, url: string, headers: Record<string, string>) {
  if (!existsSync(file)) return;
  server.get(url, (_request, reply) =>
    reply.headers({ "cache-control": "no-cache", ...headers }).send(readFileSync(file)),
  );
}
