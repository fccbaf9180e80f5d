// Links in mails. The reader of a mail is no caller, and gets a page, a picture or a redirect. Outside the API,
// without a key, a cookie or a script.
//
// Easy to get wrong here: programs visit too. What changes something is a POST, and only a POST.

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { isWorthAnotherTry, MOST_TRIES } from "../db/away.ts";
import { beginCall, logRequest } from "./call.ts";
import { sendError } from "./errors.ts";
import { emptyBag, refuseUnstorable } from "./params.ts";
import type { Visit, VisitAnswer, VisitRoute } from "./route.ts";
import type { Body } from "./server.ts";
import { inLanguageOfReader } from "./spoken-language.ts";

/** A form of ours has a few bytes, and what mail programs post has fewer. */
const BODY_LIMIT = 64 * 1024;
const PRIVATE = {
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow, noarchive",
  "cache-control": "no-store",
};

export function mountVisits(server: FastifyInstance, app: App, visits: readonly VisitRoute[]) {
  for (const route of visits) {
    server.route({
      method: [...route.methods],
      url: route.path,
      bodyLimit: BODY_LIMIT,
      config: { scope: route.name },
      async handler(request, reply) {
        const call = beginCall(route.name);
        try {
          const { status, type, headers, body } = await inLanguageOfReader(request.headers, () =>
            answer(route, visitOf(app, request)),
          );
          reply.code(status).headers({ ...PRIVATE, ...headers });
          if (type !== null) reply.type(type);
          reply.send(body);
          logRequest(app.log, call, request, status);
        } catch (error) {
          reply.headers(PRIVATE);
          sendError(app.log, request, reply, error, call);
        }
        return reply;
      },
    });
  }
}

async function answer(route: VisitRoute, visit: Visit): Promise<VisitAnswer> {
  for (let tries = 1; ; tries++) {
    try {
      return await route.handle(visit);
    } catch (error) {
      if (tries === MOST_TRIES || !isWorthAnotherTry(error)) throw error;
    }
  }
}

function visitOf(app: App, request: FastifyRequest): Visit {
  const body = request.body as Body | undefined;
  const form = body && "bag" in body ? body.bag : emptyBag();
  refuseUnstorable(form);
  return {
    app,
    // Where a recipient reads mail is private, so no address is kept.
    origin: { requestId: request.id, address: null, cause: "visitor" },
    method: request.method as Visit["method"],
    params: request.params as Visit["params"],
    form,
    header: (name) => {
      const value = request.headers[name];
      return (Array.isArray(value) ? value[0] : value)?.slice(0, 500) ?? null;
    },
  };
}
