// An uploaded file, handed on. It may be anything and claim any type, so a browser never shows it: it is always
// saved, under a name of plain letters. Its type is only believed of pictures and PDF.

import type { FastifyReply } from "fastify";
import { writeHead } from "./answer.ts";
import type { CallContext } from "./call.ts";
import type { SafeHeaders } from "./safe-headers.ts";

export type StoredFile = { fileName: string; contentType: string; content: Buffer };

export function writeFile(
  reply: FastifyReply,
  safe: SafeHeaders,
  call: CallContext,
  { fileName, contentType, content }: StoredFile,
) {
  writeHead(reply, safe, call, 200, {
    "content-type": SHOWN.test(contentType) ? contentType : "application/octet-stream",
    "content-disposition": dispositionOf(fileName),
    "content-length": content.length,
  });
  reply.raw.end(content);
}

/** Pictures and PDF. Of what runs there are too many names to list: `text/jscript` is a script to browsers. */
const SHOWN = /^(?:image\/(?:png|jpe?g|gif|webp|bmp|avif|heic|tiff)|application\/pdf)$/i;

/** For old programs in ASCII, for all others as it is (RFC 6266). */
function dispositionOf(fileName: string) {
  const plain = fileName.replace(/[^\w. ()-]/g, "_");
  const whole = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
