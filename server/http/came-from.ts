// From which address a request came: read when it begins, for whoever hangs up takes the address along.

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { App } from "../app.ts";

const addresses = new WeakMap<FastifyRequest, string | null>();

export function noteWhereFrom(server: FastifyInstance, app: Pick<App, "config" | "log" | "undeclaredProxy">) {
  const { config, log } = app;
  let isTold = config.trustedProxies.length > 0;
  server.addHook("onRequest", (request, _reply, done) => {
    const address = (request.ip as string | undefined) ?? null; // none where they have hung up already
    addresses.set(request, address);
    if (!isTold && isForwarded(request)) {
      isTold = true;
      app.undeclaredProxy = address;
      log.warn(
        { proxy: address },
        "Requests come through a proxy that is not declared, so all people share its address: in History, and where wrong passwords are counted. Set CADENZA_TRUSTED_PROXIES.",
      );
    }
    done();
  });
}

function isForwarded({ headers }: FastifyRequest) {
  return headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
}

/** Null where nobody could see it. */
export function cameFrom(request: FastifyRequest): string | null {
  return addresses.get(request) ?? null;
}
