// A file that somebody brought, handed on. It may be anything and say it is anything, so it is never shown by a browser: it
// is always saved, under a name of plain letters, and its type is only believed where nothing runs by it.

import type { FastifyReply } from "fastify";
import { writeHead } from "./answer.ts";
import type { Call } from "./call.ts";
import type { SafeHeaders } from "./safe-headers.ts";

export type StoredFile = { fileName: string; contentType: string; content: Buffer };

export function writeFile(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: Call,
  { fileName, contentType, content }: StoredFile,
) {
  writeHead(reply, safe, call, 200, {
    "content-type": RUNS.test(contentType) ? "application/octet-stream" : contentType,
    "content-disposition": dispositionOf(fileName),
    "content-length": content.length,
  });
  reply.raw.end(content);
}

const RUNS = /html|svg|xml|javascript|ecmascript|flash|wasm|multipart/i;

/** For old programs in ASCII, for all others as it is (RFC 6266). */
export function dispositionOf(fileName: string) {
  const plain = fileName.replace(/[^\w. ()-]/g, "_");
  const whole = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
