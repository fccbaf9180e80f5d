// A good answer, written in one go. Fastify would take every header by itself and every answer through its hooks.
// What goes wrong, and whatever is no call, goes Fastify's way: a header that is missing here may have to be named in
// web.ts too.

import { hash } from "node:crypto";
import type { FastifyReply } from "fastify";
import type { Caller } from "../app.ts";
import type { CallContext } from "./call.ts";
import { compress, type Encoding } from "./compression.ts";
import { IGNORED_HEADER } from "./ignored.ts";
import type { SafeHeaders } from "./safe-headers.ts";

type Answer = { status: number; body: string };

export function writeAnswer(reply: FastifyReply, safe: SafeHeaders, call: CallContext, answer: Answer) {
  // As bytes once: Node would go through a text to measure it, and again to write it.
  const body = Buffer.from(answer.body);
  writeHead(reply, safe, call, answer.status, { "content-type": JSON_TYPE, "content-length": body.length });
  reply.raw.end(body);
}

/** What a read answers: only if it differs from what the caller has, and compressed if that is wanted. */
export async function writeRead(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: CallContext,
  { body: text, caller, encoding }: { body: string; caller: Caller; encoding: Encoding | null },
) {
  const body = Buffer.from(text);
  // An answer to a POST is kept by nobody, and one to a browser that is signed in would stay on its disk after the sign-out.
  const isAskedAgain = reply.request.method !== "POST" && caller.credential?.kind !== "session";
  const etag = isAskedAgain ? etagOf(text, caller) : null;
  const about = { vary: VARY, ...(etag && { etag, "cache-control": "private, no-cache" }) };
  if (etag && isKnown(etag, reply.request.headers["if-none-match"])) {
    writeHead(reply, safe, call, 304, about);
    reply.raw.end();
    return 304;
  }
  const made = encoding && compress(body, encoding);
  const small = made instanceof Promise ? await made : made;
  writeHead(reply, safe, call, 200, {
    ...about,
    "content-type": JSON_TYPE,
    "content-length": (small ?? body).length,
    ...(small && encoding && { "content-encoding": encoding }),
  });
  reply.raw.end(small ?? body);
  return 200;
}

const JSON_TYPE = "application/json; charset=utf-8";
/** The same address answers each caller otherwise. */
const VARY = "accept, accept-encoding, authorization, cookie, x-api-key";

/** Weak, because it stands for the answer however it is compressed; of this caller alone, so it tells another nothing. */
function etagOf(body: string, { teamId, userId }: Caller) {
  return `W/"${hash("sha256", `${teamId} ${userId} ${body}`, "base64url").slice(0, 22)}"`;
}

function isKnown(etag: string, header: string | undefined) {
  if (header === undefined) return false;
  const bare = etag.slice(2);
  return header.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === bare);
}

export function writeHead(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: CallContext,
  status: number,
  about: Record<string, string | number>,
) {
  const lines: (string | number)[] = [...linesOf(safe), "x-request-id", reply.request.id];
  if (call.limits) add(lines, call.limits);
  if (call.marks) add(lines, call.marks);
  for (const cookie of call.cookies) lines.push("set-cookie", cookie);
  if (call.ignored.length > 0) lines.push(IGNORED_HEADER, call.ignored.join(", "));
  if (!("cache-control" in about)) lines.push("cache-control", "no-store");
  add(lines, about);
  reply.raw.writeHead(status, lines);
}

/** Names and values in turn, as Node takes them with the least work. */
function add(lines: (string | number)[], headers: Readonly<Record<string, string | number>>) {
  for (const name in headers) lines.push(name, headers[name] as string | number);
}

const known = new WeakMap<SafeHeaders, readonly string[]>();

function linesOf(safe: SafeHeaders) {
  const lines = known.get(safe) ?? Object.entries(safe).flat();
  known.set(safe, lines);
  return lines;
}
