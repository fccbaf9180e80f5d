// Hangs every route under both of Apollo's prefixes and carries a request through: who is it, may
// they, within their limits, what do they ask, do it, answer, and one line in the log.

import { type Endpoint, type Method, scopeName } from "@cadenza/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App, Caller } from "../app.ts";
import { Refusal } from "../kernel/refusal.ts";
import { refuseOutOfReach } from "./access.ts";
import { writeAnswer, writeRead } from "./answer.ts";
import { originOf, tellIfForbidden } from "./audit-refusals.ts";
import { beginCall, type CallContext, logRequest } from "./call.ts";
import { encodingFor } from "./compression.ts";
import {
  basicCredentials,
  deviceCookie,
  isFromOwnPage,
  printCookie,
  printDeviceCookie,
  printEndedCookie,
} from "./credentials.ts";
import { wantsCsv, writeCsv } from "./csv.ts";
import { documentedAnswer, documentedRequest } from "./documented.ts";
import { sendError } from "./errors.ts";
import { type Readings, readIfMatch, readingsFor, refuseIfChanged } from "./etags.ts";
import { meetFault } from "./faults.ts";
import { writeFile } from "./files.ts";
import { printRequest, readIdempotencyKey } from "./idempotency.ts";
import { ignoredFinder } from "./ignored.ts";
import { countCall } from "./limits.ts";
import { openCsv, openFile, perform } from "./perform.ts";
import { inputReader } from "./read-input.ts";
import {
  bodyOf,
  callInputOf,
  identify,
  knownCaller,
  requestParamsOf,
  type Visitors,
} from "./request-credentials.ts";
import type { Route, SessionCookie } from "./route.ts";
import { safeHeaders } from "./safe-headers.ts";
import type { Body, Inside } from "./server.ts";
import { inLanguageOf } from "./spoken-language.ts";
import { refusePageBeyond, type StrictCall, strictCall, strictPlanFor } from "./strict.ts";

const PREFIXES = ["/api/v1", "/v1"];

/** Carries a request through to its answer, or throws what there is to say instead. */
type Carry = (request: FastifyRequest, reply: FastifyReply, call: CallContext) => Promise<void>;

export function mount(server: FastifyInstance, app: App, inside: Inside) {
  const isSecure = app.config.publicUrl.startsWith("https:");
  const visitors = {
    identify: inside.identify,
    isSecure,
    publicOrigin: new URL(app.config.publicUrl).origin,
  };
  const carryThrough = async (
    carry: Carry,
    request: FastifyRequest,
    reply: FastifyReply,
    call: CallContext,
  ) => {
    try {
      await carry(request, reply, call);
    } catch (error) {
      await tellIfForbidden(inside.tellRefused, request, call, error);
      sendError(app.log, request, reply, error, call);
    } finally {
      letGo(request, app);
    }
  };
  const readings = readingsFor(inside.routes);
  for (const route of inside.routes) {
    const { endpoint } = route;
    const url = endpoint.path.replace(/\{(\w+)\}/g, ":$1");
    const carry = route.handleOpen
      ? carryForAnybody(route, app, visitors)
      : carryForCaller(route, app, inside, { visitors, readings });
    const isProbe = endpoint.scope === "auth/health"; // asked every few seconds, and worth no line
    const scope = isProbe ? null : scopeName(endpoint);
    for (const prefix of isProbe ? [...PREFIXES, ""] : PREFIXES) {
      server.route({
        method: methodsOf(endpoint),
        url: prefix + url,
        // HEAD is what a program asks that wants to change nothing; some of Apollo's GETs spend credits.
        exposeHeadRoute: endpoint.effect === "read",
        config: { scope, takesFile: endpoint.takesFile, takesUpload: endpoint.takesUpload },
        handler(request, reply) {
          void inLanguageOf(request.headers, () => carryThrough(carry, request, reply, beginCall(scope)));
        },
      });
    }
  }
}

/** Of a file that came with the request. */
function letGo(request: FastifyRequest, app: App) {
  const body = request.body as Body | undefined;
  if (body && "close" in body)
    body.close?.().catch((error: unknown) => app.log.warn({ err: error }, "an upload could not be closed"));
}

function methodsOf(endpoint: Endpoint): Method[] {
  return [endpoint.method, ...(endpoint.also ?? [])];
}

function carryForCaller(
  route: Route,
  app: App,
  inside: Inside,
  { visitors, readings }: { visitors: Visitors; readings: Readings },
): Carry {
  const { endpoint } = route;
  const readInput = inputReader(endpoint);
  const findIgnored = ignoredFinder(endpoint);
  const isWrite = endpoint.effect === "write";
  const reading = readings.get(route);
  const safe = safeHeaders(app.config);
  return async (request, reply, call) => {
    const sent = requestParamsOf(request);
    const known = knownCaller(visitors, endpoint, request, sent);
    const caller = known instanceof Promise ? await known : known;
    call.caller = caller;
    const strict = inside.strictOf ? await enterStrict(inside, request, call, caller, endpoint) : null;
    // Headers of ours do nothing at Apollo.
    call.isDryRun = isWrite && !strict && isTrue(request.headers["dry-run"]);
    if (call.isDryRun && endpoint.hasNoDryRun) throw new Refusal("dry_run_not_offered");
    refuseOutOfReach(caller, endpoint, call.isDryRun);
    if (endpoint.inSandbox && !app.sandbox) throw new Refusal("not_a_sandbox");
    const isLost = inside.faultOf ? await meetFault(inside, caller.teamId, request) : false;
    const limits = strict ? strict.limits : app.config.rateLimits;
    const counting = countCall(inside.usage, limits, call, endpoint, caller.teamId, app.now());
    if (counting !== undefined) await counting;
    const { asked, others } = strict ? documentedRequest(strict, sent) : { asked: sent, others: [] };
    call.ignored = [...findIgnored(asked.query, asked.body), ...others];
    const input = callInputOf(readInput, asked, request);
    if (strict) refusePageBeyond(strict, input);
    const origin = originOf(request, caller);
    const encoding = encodingFor(request, endpoint, caller);
    if (route.handleCsv && !strict && wantsCsv(request.headers.accept)) {
      await writeCsv(
        app,
        caller,
        { reply, safe, call, encoding },
        await openCsv(app, route, { caller, origin, input }),
      );
      return logRequest(app.log, call, request, 200);
    }

    if (route.handleFile) {
      writeFile(reply, safe, call, await openFile(app, route, { caller, origin, input }));
      return logRequest(app.log, call, request, 200);
    }

    const { isDryRun } = call;
    const ifMatch = isWrite && !strict ? readIfMatch(request.headers["if-match"]) : null;
    if (ifMatch && !reading) throw new Refusal("if_match_not_offered");
    const key = isWrite && !strict ? readIdempotencyKey(request.headers["idempotency-key"]) : null;
    const performed = await perform(app, route, {
      caller,
      input,
      isDryRun,
      cookie: cookieFor(call, visitors.isSecure),
      origin,
      refuseIfChanged: ifMatch && reading ? (act) => refuseIfChanged(act, route, reading, ifMatch) : null,
      idempotent:
        key === null
          ? null
          : {
              key,
              callerId: idOfCaller(caller),
              asked: printRequest(endpoint.method, request.url.split("?")[0] as string, input, ifMatch),
            },
    });
    const answer = strict ? { ...performed, body: documentedAnswer(strict, performed.body) } : performed;
    if (isLost) {
      request.raw.socket.destroy();
      return logRequest(app.log, call, request, answer.status);
    }
    if (answer.refusal) await tellIfForbidden(inside.tellRefused, request, call, answer.refusal);
    if (answer.isReplay) call.marks = { ...call.marks, "idempotent-replayed": "true" };
    if (isDryRun) call.marks = { ...call.marks, "dry-run": "true" };
    let { status } = answer;
    if (isWrite) writeAnswer(reply, safe, call, answer);
    else status = await writeRead(reply, safe, call, { body: answer.body, caller, encoding });
    logRequest(app.log, call, request, status);
  };
}

/** Null: they are answered as Cadenza answers. */
async function enterStrict(
  { strictOf }: Inside,
  request: FastifyRequest,
  call: CallContext,
  caller: Caller,
  endpoint: Endpoint,
): Promise<StrictCall | null> {
  const plan = await strictPlanFor(strictOf, caller, endpoint);
  if (!plan) return null;
  call.isStrict = true;
  return strictCall(plan, caller, endpoint, request);
}

function carryForAnybody(route: Route, app: App, visitors: Visitors): Carry {
  const readInput = inputReader(route.endpoint);
  const isWrite = route.endpoint.effect === "write";
  const handle = route.handleOpen as (scene: unknown) => Promise<unknown>;
  const safe = safeHeaders(app.config);
  const { speaksOAuth = null, answersWith = 200 } = route.endpoint;
  return async (request, reply, call) => {
    if (isWrite && isTrue(request.headers["dry-run"])) throw new Refusal("dry_run_not_offered");
    if (isWrite && request.headers["if-match"] !== undefined) throw new Refusal("if_match_not_offered");
    call.oauth = speaksOAuth;
    const asked = speaksOAuth ? bodyOf(requestParamsOf(request)) : requestParamsOf(request);
    const isForged = request.headers.origin !== undefined && !isFromOwnPage(request, visitors.publicOrigin);
    if (isWrite && isForged && !speaksOAuth) throw new Refusal("foreign_origin");
    const result = await handle({
      app,
      origin: originOf(request, null),
      input: callInputOf(readInput, asked, request),
      cookie: cookieFor(call, visitors.isSecure),
      userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
      device: deviceCookie(request.headers.cookie, visitors.isSecure),
      basic: speaksOAuth ? basicCredentials(request.headers.authorization) : null,
      identify: () => identify(visitors, request, asked),
    });
    writeAnswer(reply, safe, call, { status: answersWith, body: JSON.stringify(result) });
    logRequest(app.log, call, request, answersWith);
  };
}

/** Whose idempotency keys these are. */
function idOfCaller({ credential, userId }: Caller) {
  return credential.kind === "key" || credential.kind === "token" ? credential.id : userId;
}

function cookieFor(call: CallContext, isSecure: boolean): SessionCookie {
  const set = (cookie: string) => {
    call.cookies = [...call.cookies, cookie];
  };
  return {
    start: (token, expiresAt) => set(printCookie(token, expiresAt, isSecure)),
    know: (device, until) => set(printDeviceCookie(device, until, isSecure)),
    end: () => set(printEndedCookie(isSecure)),
  };
}

function isTrue(header: string | string[] | undefined) {
  return typeof header === "string" && header.trim().toLowerCase() === "true";
}
