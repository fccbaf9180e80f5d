// Hangs every route under both of Apollo's prefixes and carries a request through: who is it, may
// they, within their limits, what do they ask, do it, answer, and one line in the log.

import { type Endpoint, type Method, scopeName } from "@cadenza/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App, Caller, Origin } from "../app.ts";
import { Refusal } from "../refusal.ts";
import { refuseOutOfReach } from "./access.ts";
import { type Bag, emptyBag, mergeBags, readPairs } from "./bag.ts";
import { credentialOf, isFromOwnPage, printCookie, printEndedCookie } from "./credentials.ts";
import { printRequest, readIdempotencyKey } from "./idempotency.ts";
import { countCall } from "./limits.ts";
import { perform } from "./perform.ts";
import { inputReader, type ReadInput } from "./read-input.ts";
import type { Route, SessionCookie } from "./route.ts";
import type { Body, Inside } from "./server.ts";

const PREFIXES = ["/api/v1", "/v1"];

export function mount(server: FastifyInstance, app: App, inside: Inside) {
  const isSecure = app.config.publicUrl.startsWith("https:");
  const publicOrigin = new URL(app.config.publicUrl).origin;
  const serve = (route: Route) => handlerFor(route, app, inside, { isSecure, publicOrigin });
  for (const route of inside.routes) {
    const { endpoint } = route;
    const url = endpoint.path.replace(/\{(\w+)\}/g, ":$1");
    const handler = serve(route);
    const isProbe = endpoint.scope === "auth/health"; // asked every few seconds, and worth no line
    for (const prefix of isProbe ? [...PREFIXES, ""] : PREFIXES) {
      server.route({
        method: methodsOf(endpoint),
        url: prefix + url,
        handler,
        ...(!isProbe && { onResponse: logLine(endpoint) }),
      });
    }
  }
}

function methodsOf(endpoint: Endpoint): Method[] {
  return [endpoint.method, ...(endpoint.also ?? [])];
}

type Site = { isSecure: boolean; publicOrigin: string };

function handlerFor(route: Route, app: App, inside: Inside, site: Site) {
  const readInput = inputReader(route.endpoint);
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { query, body } = partsOf(request);
    const cookie = cookieFor(reply, site.isSecure);
    if (route.handleOpen)
      return serveOpen(route, app, inside, request, reply, { readInput, query, body, cookie, site });

    const caller = await callerOf(inside, route.endpoint, request, query, body, site);
    noteCaller(request, caller);
    refuseOutOfReach(caller, route.endpoint);
    await countCall(inside.usage, app.config.rateLimits, reply, route.endpoint, caller.teamId, app.now());
    const input = inputOf(readInput, request, query, body);

    const isWrite = route.endpoint.effect === "write";
    const isDryRun = isWrite && isTrue(request.headers["dry-run"]);
    const key = isWrite ? readIdempotencyKey(request.headers["idempotency-key"]) : null;
    const answer = await perform(app, route, {
      caller,
      input,
      isDryRun,
      cookie,
      origin: originOf(request, caller),
      idempotent:
        key === null
          ? null
          : {
              key,
              callerId: caller.credential.kind === "key" ? caller.credential.id : caller.userId,
              asked: printRequest(route.endpoint.method, request.url.split("?")[0] as string, input),
            },
    });
    if (answer.isReplay) reply.header("idempotent-replayed", "true");
    if (isDryRun) reply.header("dry-run", "true");
    return send(reply, answer.status, answer.body);
  };
}

type OpenParts = { readInput: ReadInput; query: Bag; body: Body; cookie: SessionCookie; site: Site };

async function serveOpen(
  route: Route,
  app: App,
  inside: Inside,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: OpenParts,
) {
  if (
    request.headers.origin !== undefined &&
    route.endpoint.effect === "write" &&
    !isFromOwnPage(request, parts.site.publicOrigin)
  ) {
    throw new Refusal("foreign_origin");
  }
  if (route.endpoint.effect === "write" && isTrue(request.headers["dry-run"]))
    throw new Refusal("dry_run_not_offered");
  const result = await (route.handleOpen as (scene: unknown) => Promise<unknown>)({
    app,
    origin: originOf(request, null),
    input: inputOf(parts.readInput, request, parts.query, parts.body),
    cookie: parts.cookie,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    identify: () => identify(inside, request, parts.query, parts.body, parts.site),
  });
  return send(reply, 200, JSON.stringify(result));
}

function send(reply: FastifyReply, status: number, body: string) {
  reply
    .code(status)
    .header("content-type", "application/json; charset=utf-8")
    .header("cache-control", "no-store");
  return reply.send(body);
}

function partsOf(request: FastifyRequest): { query: Bag; body: Body } {
  const { text } = request.query as { text: string };
  return {
    query: text ? readPairs(text) : emptyBag(),
    body: (request.body as Body | undefined) ?? { bag: emptyBag() },
  };
}

function credentialIn(request: FastifyRequest, query: Bag, body: Body, site: Site) {
  return credentialOf(request, query, "bag" in body ? body.bag : emptyBag(), site.isSecure);
}

async function identify(inside: Inside, request: FastifyRequest, query: Bag, body: Body, site: Site) {
  const credential = credentialIn(request, query, body, site);
  return credential && inside.identify(credential);
}

async function callerOf(
  inside: Inside,
  endpoint: Endpoint,
  request: FastifyRequest,
  query: Bag,
  body: Body,
  site: Site,
): Promise<Caller> {
  const credential = credentialIn(request, query, body, site);
  if (!credential) throw new Refusal("api_key_required");
  const caller = await inside.identify(credential);
  if (!caller) throw new Refusal(credential.kind === "key" ? "invalid_api_key" : "not_signed_in");
  if (
    credential.kind === "session" &&
    endpoint.effect === "write" &&
    !isFromOwnPage(request, site.publicOrigin)
  ) {
    throw new Refusal("foreign_origin");
  }
  return caller;
}

function inputOf(readInput: ReadInput, request: FastifyRequest, query: Bag, body: Body) {
  if ("refusal" in body) throw body.refusal;
  return readInput(mergeBags(query, body.bag, request.params as Bag));
}

function originOf(request: FastifyRequest, caller: Caller | null): Origin {
  const cause = caller === null ? "web" : caller.credential.kind === "key" ? "api" : "web";
  return { requestId: String(request.id), address: request.ip, cause };
}

function cookieFor(reply: FastifyReply, isSecure: boolean): SessionCookie {
  return {
    start: (token, expiresAt) => void reply.header("set-cookie", printCookie(token, expiresAt, isSecure)),
    end: () => void reply.header("set-cookie", printEndedCookie(isSecure)),
  };
}

function isTrue(header: string | string[] | undefined) {
  return typeof header === "string" && header.trim().toLowerCase() === "true";
}

const callers = new WeakMap<FastifyRequest, Caller>();

function noteCaller(request: FastifyRequest, caller: Caller) {
  callers.set(request, caller);
}

/** No query and no body: either may hold a key. */
function logLine(endpoint: Endpoint) {
  const scope = scopeName(endpoint);
  return (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const caller = callers.get(request);
    request.log.info(
      {
        request: request.id,
        call: scope,
        method: request.method,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(caller && {
          team: caller.teamId,
          user: caller.userId,
          [caller.credential.kind]: caller.credential.id,
        }),
      },
      "call",
    );
    done();
  };
}
