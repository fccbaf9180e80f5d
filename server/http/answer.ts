// A good answer, written in one go. Fastify would take every header by itself and every answer through its hooks.
// What goes wrong, and whatever is no call, goes Fastify's way: a header that is missing here may have to be named in
// web.ts too.

import type { FastifyReply } from "fastify";
import type { Call } from "./call.ts";
import { IGNORED_HEADER } from "./ignored.ts";
import type { SafeHeaders } from "./safe-headers.ts";

export function writeAnswer(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: Call,
  answer: { status: number; body: string },
) {
  // As bytes once: Node would go through a text to measure it, and again to write it.
  const body = Buffer.from(answer.body);
  writeHead(reply, safe, call, answer.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
  });
  reply.raw.end(body);
}

export function writeHead(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: Call,
  status: number,
  about: Record<string, string | number>,
) {
  const lines: (string | number)[] = [...linesOf(safe), "x-request-id", reply.request.id];
  if (call.limits) add(lines, call.limits);
  if (call.marks) add(lines, call.marks);
  for (const cookie of call.cookies) lines.push("set-cookie", cookie);
  if (call.ignored.length > 0) lines.push(IGNORED_HEADER, call.ignored.join(", "));
  lines.push("cache-control", "no-store");
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
