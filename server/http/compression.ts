// Answers made smaller, in the way the caller prefers. Quick levels: an answer is compressed for one caller and once.
//
// Easy to get wrong here: the length of a compressed answer tells whether two of its parts are alike. An attacker who
// can choose a part of an answer and see its length can guess a secret in it, one character at a time (BREACH). So
// only reads are compressed, because secrets are answered by writes alone (contract/secrets.test.ts). And a browser's
// session is only compressed for our own pages: another site can make the browser ask, but cannot say that.

import type { Transform } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { Endpoint } from "@cadenza/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../app.ts";
import { readWeights } from "./weights.ts";

export type Encoding = "br" | "zstd" | "gzip";

/** Below this the headers weigh more than what is saved. */
const LEAST_BYTES = 1024;
/** Larger ones are compressed in another thread, so that other callers do not wait. */
const MOST_AT_ONCE = 64 * 1024;

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
const brotliQuick = (size: number) => ({
  params: { [BROTLI_PARAM_QUALITY]: 1, [BROTLI_PARAM_SIZE_HINT]: size },
});
const GZIP_QUICK = { level: 1 };

type Means = {
  now(body: Buffer): Buffer;
  aside(body: Buffer): Promise<Buffer>;
  stream(): Transform;
};

const [brotli, zstd, gzip] = [
  promisify(zlib.brotliCompress),
  promisify(zlib.zstdCompress),
  promisify(zlib.gzip),
] as const;

/** The first is taken where a caller prefers none. */
const MEANS: Record<Encoding, Means> = {
  br: {
    now: (body) => zlib.brotliCompressSync(body, brotliQuick(body.length)),
    aside: (body) => brotli(body, brotliQuick(body.length)),
    stream: () => zlib.createBrotliCompress(brotliQuick(0)),
  },
  zstd: {
    now: (body) => zlib.zstdCompressSync(body),
    aside: (body) => zstd(body),
    stream: () => zlib.createZstdCompress(),
  },
  gzip: {
    now: (body) => zlib.gzipSync(body, GZIP_QUICK),
    aside: (body) => gzip(body, GZIP_QUICK),
    stream: () => zlib.createGzip(GZIP_QUICK),
  },
};

/** What the caller prefers of what we have; null where that is the answer as it is. */
export function chooseEncoding(header: string | undefined): Encoding | null {
  if (!header) return null;
  const weights = readWeights(header);
  const weightOf = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  const best = (Object.keys(MEANS) as Encoding[]).reduce((one, other) =>
    weightOf(other) > weightOf(one) ? other : one,
  );
  return weightOf(best) > 0 && weightOf(best) >= (weights.get("identity") ?? 0) ? best : null;
}

/** How the answer to this call may be compressed. */
export function encodingFor(request: FastifyRequest, endpoint: Endpoint, caller: Caller): Encoding | null {
  if (endpoint.effect !== "read") return null;
  if (caller.credential.kind === "session" && request.headers["sec-fetch-site"] !== "same-origin")
    return null;
  return chooseEncoding(request.headers["accept-encoding"]);
}

/** A promise for large ones alone, null for small ones. */
export function compress(body: Buffer, encoding: Encoding): Buffer | Promise<Buffer> | null {
  if (body.length < LEAST_BYTES) return null;
  const means = MEANS[encoding];
  return body.length > MOST_AT_ONCE ? means.aside(body) : means.now(body);
}

export const compressor = (encoding: Encoding) => MEANS[encoding].stream();

/** A page or a document that says the same to every caller, or nothing secret: no rule of calls holds for it. */
export async function sendPlainPage(request: FastifyRequest, reply: FastifyReply, text: string) {
  reply.header("vary", "accept-encoding");
  const body = Buffer.from(text);
  const encoding = chooseEncoding(request.headers["accept-encoding"]);
  const small = encoding && (await compress(body, encoding));
  if (!small) return reply.send(body);
  return reply.header("content-encoding", encoding).send(small);
}
