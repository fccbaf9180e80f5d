// A good answer, written in one go. Fastify would take every header by itself and every answer through its hooks.
// What goes wrong, and whatever is no call, goes Fastify's way: a header that is missing here may have to be named in
// web.ts too.

import type { FastifyReply } from "fastify";
import type { Call } from "./call.ts";
import type { SafeHeaders } from "./safe-headers.ts";

export function writeAnswer(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: Call,
  answer: { status: number; body: string },
) {
  writeHead(reply, safe, call, answer.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(answer.body),
  });
  reply.raw.end(answer.body);
}

export function writeHead(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: Call,
  status: number,
  about: Record<string, string | number>,
) {
  reply.raw.writeHead(status, {
    ...safe,
    ...call.limits,
    ...call.marks,
    "x-request-id": reply.request.id,
    "cache-control": "no-store",
    ...about,
  });
}
