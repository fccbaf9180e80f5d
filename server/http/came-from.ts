// From which address a request came. Read when the request begins, because the address is gone once the caller hangs
// up.

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
        "Requests come through a proxy that is not listed in CADENZA_TRUSTED_PROXIES. All users share its address in History and in the limit of wrong passwords. List the proxy there.",
      );
    }
    done();
  });
}

function isForwarded({ headers }: FastifyRequest) {
  return headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
}

/** Null where the address is unknown. */
export function cameFrom(request: FastifyRequest): string | null {
  return addresses.get(request) ?? null;
}
