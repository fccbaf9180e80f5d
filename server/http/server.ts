// The door to callers. Fastify does the sockets; what it would do out of the box and we do
// otherwise is set here: any body or none is read, brackets in queries, our own words for errors,
// time-outs, and a stop that waits for what is running but not for idle connections.

import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { App, Caller } from "../app.ts";
import type { Plan } from "../domain/identity/apollo-plans.ts";
import { BUDGETS } from "../kernel/budgets.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { TellRefused } from "../kernel/refused-calls.ts";
import { say } from "../kernel/say.ts";
import type { UsageCounter } from "../kernel/usage.ts";
import { beginCall } from "./call.ts";
import { noteWhereFrom } from "./came-from.ts";
import { type Credential, credentialOf } from "./credentials.ts";
import { sendError } from "./errors.ts";
import type { CallFault, CallToFault } from "./faults.ts";
import { mountMcp } from "./mcp.ts";
import { mount } from "./mount.ts";
import { readMultipart } from "./multipart.ts";
import { mountOAuthMetadata } from "./oauth-metadata.ts";
import { type Bag, emptyBag, readJson, readPairs } from "./params.ts";
import { newRequestId } from "./request-ids.ts";
import type { Route } from "./route.ts";
import { safeHeaders, setSafeHeaders } from "./safe-headers.ts";
import { readFile } from "./sent-files.ts";
import { inLanguageOf } from "./spoken-language.ts";
import { MOST_BYTES, takeUpload } from "./uploads.ts";

/** What the door needs from inside; main.ts hands it over. */
export type Inside = {
  routes: readonly Route[];
  usage: UsageCounter;
  tellRefused: TellRefused;
  /** What goes wrong with a call in a sandbox; null: nothing. Absent elsewhere. */
  faultOf?(teamId: string, call: CallToFault): Promise<CallFault | null>;
  /** The plan by which a sandbox answers programs as Apollo does; null: as Cadenza does. Absent elsewhere. */
  strictOf?(teamId: string): Promise<Plan | null>;
  /** Whose key, token or session this is; null if unknown. */
  identify(credential: Credential): Promise<Caller | null> | Caller | null;
};

const { bytes: BODY_LIMIT, bytesOfUnknown, parts: MOST_PARTS } = BUDGETS.body;

/** No route has a JSON schema; without a word about it the framework loads two compilers for them, ten megabytes. */
const NO_COMPILERS = { buildValidator: () => noSchemas, buildSerializer: () => noSchemas };

function noSchemas(): never {
  throw new Error("Routes are checked by the contract, not by a JSON schema.");
}

export function openServer(app: App, inside: Inside): FastifyInstance {
  const safe = safeHeaders(app.config);
  const server = Fastify({
    logger: false, // it would listen to every answer and make every request a logger; call.ts writes the one line there is
    bodyLimit: BODY_LIMIT,
    requestTimeout: 120_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    trustProxy: app.config.trustedProxies.length > 0 ? app.config.trustedProxies : false,
    genReqId: newRequestId,
    routerOptions: {
      maxParamLength: 500,
      ignoreTrailingSlash: true,
      querystringParser: (text: string) => ({ text }),
    },
    frameworkErrors: (error, request, reply) => {
      setSafeHeaders(reply, safe); // no hook runs for what never reached a route
      sendError(app.log, request, reply, error, beginCall(null));
    },
    return503OnClosing: false,
    exposeHeadRoutes: true,
    schemaController: { compilersFactory: NO_COMPILERS },
  });

  noteWhereFrom(server, app);
  // Some clients search with a GET and a body. Passed over, it would be answered with everything there is.
  server.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  server.removeAllContentTypeParsers();
  const takesUpload = uploadsFor(app, inside);
  server.addContentTypeParser(/^multipart\/form-data\b/i, (request, payload, done) => {
    takesUpload(request, payload).then((body) => done(null, body), done);
  });
  const isWelcome = largeBodiesFor(app, inside);
  server.addContentTypeParser("*", { parseAs: "buffer" }, (request, payload, done) => {
    const file = request.routeOptions.config?.takesFile;
    const whole = payload as Buffer;
    if (file === undefined && whole.length <= bytesOfUnknown) return done(null, bodyOf(request, whole));
    isWelcome(request, whole)
      .then((refusal): Body | Promise<Body> => {
        if (refusal) return { refusal };
        return file === undefined ? bodyOf(request, whole) : bodyWithFile(request, whole, file);
      })
      .then((body) => done(null, body), done);
  });
  // What fails before it reaches its handler: a body that is too large, or shorter than it says.
  server.setErrorHandler((error, request, reply) => {
    const call = beginCall(request.routeOptions.config?.scope ?? null);
    inLanguageOf(request.headers, () => sendError(app.log, request, reply, error, call));
  });
  mount(server, app, inside);
  mountMcp(server, inside, app.config);
  mountOAuthMetadata(server, app.config);
  return server;
}

/** What the body says, or why it cannot be read: said only after we know who is asking. */
export type Body =
  | {
      bag: Bag;
      /** Lets go of a file that came along. */
      close?(): Promise<void>;
    }
  | { refusal: Refusal };

/** Why a large body is not read: its sender is unknown. A key may be in the body, so it is looked for there as text. */
function largeBodiesFor(app: App, inside: Inside) {
  const isSecure = app.config.publicUrl.startsWith("https:");
  return async (request: FastifyRequest, payload: Buffer): Promise<Refusal | null> => {
    if (payload.length <= bytesOfUnknown) return null;
    const { text } = request.query as { text: string };
    const credential = credentialOf(
      request,
      text ? readPairs(text) : emptyBag(),
      keyWithin(payload),
      isSecure,
    );
    if (!credential) return new Refusal("api_key_required");
    return (await inside.identify(credential)) ? null : new Refusal("invalid_api_key");
  };
}

const KEY_IN_BODY = /api_key(?:"\s{0,20}:\s{0,20}"|=|"\r\n\r\n)([\w%.-]{8,200})/;
/** Clients write it first or last. */
const LOOKED_AT = 64 * 1024;

function keyWithin(payload: Buffer): Bag {
  const ends = [payload.subarray(0, LOOKED_AT), payload.subarray(-LOOKED_AT)];
  const found = ends.flatMap((end) => KEY_IN_BODY.exec(end.toString("latin1"))?.[1] ?? []);
  return found[0] === undefined ? emptyBag() : { api_key: found[0] };
}

/** Forms: those with a large file are read as they arrive, by callers who are known; all others at once. */
function uploadsFor(app: App, inside: Inside) {
  const directory = join(app.config.dataDir, "uploads");
  const isWelcome = largeBodiesFor(app, inside);
  const isSecure = app.config.publicUrl.startsWith("https:");
  return async (request: FastifyRequest, stream: IncomingMessage): Promise<Body> => {
    // A caller who is refused half-way must be able to read why, so the connection is not cut off.
    const payload = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const type = request.headers["content-type"] ?? "";
    const { takesUpload, takesFile } = request.routeOptions.config ?? {};
    if (takesUpload === undefined) {
      const whole = await gathered(payload);
      const refusal = await isWelcome(request, whole);
      if (refusal) return { refusal };
      if (hasManyParts(whole))
        return { refusal: new Refusal("malformed_body", { why: say("it has too many parts") }) };
      return takesFile === undefined ? readMultipart(type, whole) : bodyWithFile(request, whole, takesFile);
    }
    const credential = credentialOf(request, emptyBag(), emptyBag(), isSecure);
    // Not read; an unknown caller gets the same words as everywhere.
    if (!credential || !(await inside.identify(credential))) return { bag: emptyBag() };
    if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES + BODY_LIMIT)
      return { refusal: new Refusal("import_too_large", { limit: "512 MB" }) };
    return takeUpload(type, payload, { name: takesUpload, directory });
  };
}

/** Counted by their headers before any is made. */
function hasManyParts(payload: Buffer) {
  const header = /content-disposition:/gi;
  const text = payload.toString("latin1");
  for (let parts = 0; header.exec(text) !== null; ) if (++parts > MOST_PARTS) return true;
  return false;
}

async function gathered(payload: AsyncIterable<Buffer>) {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of payload) {
    length += piece.length;
    if (length > BODY_LIMIT) throw new Refusal("body_too_large", { limit: "10 MB" });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function bodyOf(request: FastifyRequest, payload: Buffer): Body {
  if (payload.length === 0) return { bag: emptyBag() };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    return { bag: isForm(request, text) ? readPairs(text) : readJson(text) };
  } catch (error) {
    return {
      refusal:
        error instanceof Refusal ? error : new Refusal("malformed_body", { why: say("it is not UTF-8") }),
    };
  }
}

async function bodyWithFile(request: FastifyRequest, payload: Buffer, name: string): Promise<Body> {
  try {
    const bag = await readFile(request.headers["content-type"] ?? "", payload, name);
    return bag ? { bag } : bodyOf(request, payload);
  } catch {
    return { refusal: new Refusal("malformed_body", { why: say("the file or the form cannot be read") }) };
  }
}

// curl -d and its like send JSON under the form type unless told otherwise.
function isForm(request: FastifyRequest, text: string) {
  const type = request.headers["content-type"] ?? "";
  return /^application\/x-www-form-urlencoded/i.test(type) && !text.trimStart().startsWith("{");
}

/** Stops taking requests, lets running ones end, and closes idle connections. */
export async function closeServer(server: FastifyInstance, graceMs: number) {
  const hangUp = setInterval(() => server.server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.server.closeAllConnections(), graceMs);
  try {
    await server.close();
  } finally {
    clearInterval(hangUp);
    clearTimeout(cutOff);
  }
}
