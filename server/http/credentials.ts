// How a caller says who they are. Apollo's clients use four ways to present a key, from four ages of
// its API, and all of them work. An access token comes as a bearer and in no other way: addresses are written down
// everywhere. A browser brings a cookie, which is never a key.

import type { FastifyRequest } from "fastify";
import { isAccessToken } from "../kernel/tokens.ts";
import type { Bag } from "./params.ts";

export type Credential = { kind: "key" | "token" | "session"; secret: string };

export function credentialOf(request: FastifyRequest, query: Bag, body: Bag, isSecure: boolean) {
  const inHeader = headerCredential(request);
  if (inHeader) return inHeader;
  const key = firstText(query.api_key) ?? firstText(body.api_key);
  if (key !== undefined) return { kind: "key", secret: key } as const;
  const secret = sessionCookie(request.headers.cookie, isSecure);
  return secret === undefined ? null : ({ kind: "session", secret } as const);
}

export function headerCredential({ headers }: FastifyRequest): Credential | null {
  const key = firstText(headers["x-api-key"]);
  if (key !== undefined) return { kind: "key", secret: key };
  const secret = bearer(headers.authorization);
  return secret === undefined ? null : { kind: isAccessToken(secret) ? "token" : "key", secret };
}

/** Whether a bearer of ours would look like this; whatever else comes as one was meant as a token. */
export function isBearerOfNoKind({ headers }: FastifyRequest, { secret }: Credential) {
  return bearer(headers.authorization) === secret && !/^cdz_[\w-]{43}$/.test(secret);
}

/** A program's name and secret, as OAuth's clients may send them: each encoded like a form (RFC 6749, 2.3.1). */
export function basicCredentials(header: string | undefined) {
  const encoded = header?.match(/^Basic\s+([\w+/=-]+)\s*$/i)?.[1];
  const [, name, secret] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded ?? "", "base64").toString()) ?? [];
  if (!name || secret === undefined) return null;
  try {
    const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
    return { name: decode(name), secret: decode(secret) };
  } catch {
    return null;
  }
}

function bearer(header: string | undefined) {
  const match = header?.match(/^Bearer\s+(\S+)\s*$/i);
  return match?.[1];
}

function firstText(value: unknown) {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first.trim() : undefined;
}

// With TLS the name carries __Host-, by which browsers refuse it from subdomains and plain http.
const nameOf = (noun: "session" | "device", isSecure: boolean) =>
  `${isSecure ? "__Host-" : ""}cadenza_${noun}`;

function cookieNamed(name: string, header: string | undefined, form: RegExp) {
  const start = `${name}=`;
  const value = header
    ?.split(/;\s*/)
    .find((piece) => piece.startsWith(start))
    ?.slice(start.length);
  return value && form.test(value) ? value : undefined;
}

function sessionCookie(header: string | undefined, isSecure: boolean) {
  return cookieNamed(nameOf("session", isSecure), header, /^[A-Za-z0-9_-]{20,200}$/);
}

/** Recognizes a browser in which a user has signed in before; it grants no access. */
export function deviceCookie(header: string | undefined, isSecure: boolean) {
  return cookieNamed(nameOf("device", isSecure), header, /^[\w.:-]{20,600}$/) ?? null;
}

export function printCookie(token: string, expiresAt: Temporal.Instant, isSecure: boolean) {
  return printed(nameOf("session", isSecure), token, expiresAt, isSecure);
}

export function printDeviceCookie(device: string, until: Temporal.Instant, isSecure: boolean) {
  return printed(nameOf("device", isSecure), device, until, isSecure);
}

function printed(name: string, value: string, until: Temporal.Instant, isSecure: boolean) {
  const expires = new Date(until.epochMilliseconds).toUTCString();
  return `${name}=${value}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

export function printEndedCookie(isSecure: boolean) {
  return `${nameOf("session", isSecure)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

/**
 * Whether a browser sent this from one of our own pages. A browser names the page's origin with
 * every write; a program that carries no cookie need not.
 */
export function isFromOwnPage(request: Pick<FastifyRequest, "headers">, publicOrigin: string) {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers["sec-fetch-site"] === "same-origin";
  if (origin === publicOrigin) return true;
  const page = URL.parse(origin);
  // Behind TLS a page that came without it may be anybody's who stood on the way.
  return page?.host === host && (page?.protocol === "https:" || !publicOrigin.startsWith("https:"));
}
