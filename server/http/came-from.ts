// From which address a request came: read when it begins, for whoever hangs up takes the address along.

import type { FastifyInstance, FastifyRequest } from "fastify";

const addresses = new WeakMap<FastifyRequest, string | null>();

export function noteWhereFrom(server: FastifyInstance) {
  server.addHook("onRequest", (request, _reply, done) => {
    addresses.set(request, (request.ip as string | undefined) ?? null); // none where they have hung up already
    done();
  });
}

/** Null where nobody could see it. */
export function cameFrom(request: FastifyRequest): string | null {
  return addresses.get(request) ?? null;
}
