// Who asks, and with what: the query, the body, and the credential that may stand in either.

import type { Endpoint } from "@cadenza/contract";
import type { FastifyRequest } from "fastify";
import type { Caller } from "../app.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type Credential, credentialOf, isBearerOfNoKind, isFromOwnPage } from "./credentials.ts";
import { type Bag, emptyBag, mergeBags, readPairs } from "./params.ts";
import { type ReadInput, takesNothing } from "./read-input.ts";
import type { Body, Inside } from "./server.ts";

/** How callers are told apart here. */
export type Visitors = { identify: Inside["identify"]; isSecure: boolean; publicOrigin: string };

type RequestParams = { query: Bag; body: Body };

const NOTHING: Bag = Object.freeze(emptyBag());
const NO_BODY: Body = { bag: NOTHING };

export function requestParamsOf(request: FastifyRequest): RequestParams {
  const { text } = request.query as { text: string };
  return {
    query: text ? readPairs(text) : NOTHING,
    body: (request.body as Body | undefined) ?? NO_BODY,
  };
}

/** The body alone: what stands in an address is written down on its way. */
export function bodyOf({ body }: RequestParams): RequestParams {
  return { query: NOTHING, body };
}

export function callInputOf(readInput: ReadInput, { query, body }: RequestParams, request: FastifyRequest) {
  if ("refusal" in body) throw body.refusal;
  return readInput === takesNothing ? {} : readInput(mergeBags(query, body.bag, request.params as Bag));
}

/** Who is calling, if they say so; null where they do not, or where we do not know them. */
export function identify(visitors: Visitors, request: FastifyRequest, asked: RequestParams) {
  const credential = credentialIn(visitors, request, asked);
  return credential && visitors.identify(credential);
}

/** Who is calling, or a refusal. Known at once where the same caller was here a moment ago. */
export function knownCaller(
  visitors: Visitors,
  endpoint: Endpoint,
  request: FastifyRequest,
  asked: RequestParams,
): Promise<Caller> | Caller {
  const credential = credentialIn(visitors, request, asked);
  if (!credential) throw unnamed(asked);
  const admit = (caller: Caller | null) => admitted(caller, credential, visitors, endpoint, request);
  const found = visitors.identify(credential);
  return found instanceof Promise ? found.then(admit) : admit(found);
}

/** A key may stand in the body: one that cannot be read is what is wrong then, and not that there is no key. */
function unnamed({ body }: RequestParams) {
  return "refusal" in body ? body.refusal : new Refusal("api_key_required");
}

function admitted(
  caller: Caller | null,
  credential: Credential,
  visitors: Visitors,
  endpoint: Endpoint,
  request: FastifyRequest,
): Caller {
  if (!caller) throw notKnown(credential, request);
  const mayBeForged = credential.kind === "session" && endpoint.effect === "write";
  if (mayBeForged && !isFromOwnPage(request, visitors.publicOrigin)) throw new Refusal("foreign_origin");
  return caller;
}

function notKnown(credential: Credential, request: FastifyRequest) {
  if (credential.kind === "session") return new Refusal("not_signed_in");
  return new Refusal(isBearerOfNoKind(request, credential) ? "invalid_access_token" : "invalid_api_key");
}

function credentialIn({ isSecure }: Visitors, request: FastifyRequest, { query, body }: RequestParams) {
  return credentialOf(request, query, "bag" in body ? body.bag : NOTHING, isSecure);
}
