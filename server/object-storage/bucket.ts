// One bucket: the calls of S3 that copies of backups need. Each is signed (AWS Signature Version 4, by aws4fetch) together with the
// SHA-256 of its body, so a storage refuses a part that arrived changed. A call that failed for a moment is made again.
//
// The outgoing door makes the calls, as all calls to other people's servers. The signature goes by the time of the database, unmoved.

import { createHash } from "node:crypto";
import type { BytesResult, Outgoing } from "../outgoing/door.ts";
import type { BucketSettings } from "./address.ts";
import { completionOf, isError, objectsIn, uploadIdIn, uploadsIn } from "./answers.ts";
import { type Pause, patiently } from "./retrying.ts";
import { notReached, refusedBy } from "./storage-failure.ts";

type Answered = Extract<BytesResult, { kind: "answered" }>;

type Call = {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Below the bucket; null: the bucket itself. */
  name: string | null;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  longestMs?: number;
};

export type Bucket = ReturnType<typeof openBucket>;

const SOON_MS = 30_000;
/** The storage puts the parts together before it answers. */
const COMPLETING_MS = 600_000;
const READING_MS = 300_000;

export function openBucket(
  settings: BucketSettings,
  { outgoing, now, pause }: { outgoing: Pick<Outgoing, "fetchBytes">; now(): Temporal.Instant; pause: Pause },
) {
  const { origin, bucket, prefix } = settings;

  async function send({ method, name, query = {}, headers = {}, body, longestMs = SOON_MS }: Call) {
    const path = name === null ? bucket : `${bucket}/${prefix}${name}`;
    const search = new URLSearchParams(query).toString();
    const url = `${origin}/${path}${search && `?${search}`}`;
    const signed = await sign(settings, { method, url, headers, body: body ?? "", at: now() });
    return outgoing.fetchBytes({
      method,
      url,
      headers: signed,
      body: body ?? null,
      longestMs,
      answer: "object",
    });
  }

  /** `fine`: statuses that the caller reads. */
  async function once(call: Call, fine: readonly number[] = [200, 204, 206]): Promise<Answered> {
    const result = await send(call);
    if (result.kind === "failed") throw notReached(settings, result);
    if (!fine.includes(result.status)) throw refusedBy(settings, result);
    return result;
  }

  const ask = (call: Call, stopping?: AbortSignal, fine?: readonly number[]) =>
    patiently(() => once(call, fine), pause, stopping);

  return {
    address: settings.address,

    /** Whether it can be reached with this key. Throws why not. */
    async check(stopping?: AbortSignal) {
      await ask({ method: "GET", name: null, query: { "list-type": "2", prefix } }, stopping);
    },

    /** Null: it is not there. */
    async lengthOf(name: string, stopping?: AbortSignal): Promise<number | null> {
      const { status, length } = await ask({ method: "HEAD", name }, stopping, [200, 404]);
      return status === 404 ? null : length;
    },

    async readRange(name: string, from: number, to: number, stopping?: AbortSignal): Promise<Buffer> {
      const headers = { range: `bytes=${from}-${to - 1}` };
      const { body } = await ask({ method: "GET", name, headers, longestMs: READING_MS }, stopping);
      return body;
    },

    async list(stopping?: AbortSignal): Promise<{ name: string; bytes: number }[]> {
      const found: { name: string; bytes: number }[] = [];
      let after: string | null = null;
      do {
        const query: Record<string, string> = { "list-type": "2", prefix };
        if (after !== null) query["continuation-token"] = after;
        const { body } = await ask({ method: "GET", name: null, query }, stopping);
        const { entries, next } = objectsIn(body);
        found.push(...entries.map(({ key, bytes }) => ({ name: key.slice(prefix.length), bytes })));
        after = next;
      } while (after !== null);
      return found;
    },

    async delete(name: string) {
      await once({ method: "DELETE", name }, [200, 204, 404]);
    },

    async beginUpload(name: string, stopping?: AbortSignal): Promise<string> {
      const headers = { "content-type": "application/octet-stream" };
      const { body } = await ask({ method: "POST", name, query: { uploads: "" }, headers }, stopping);
      const id = uploadIdIn(body);
      if (id === null) throw notReached(settings, { kind: "failed", error: "unreadable_answer" });
      return id;
    },

    /** Answers what the storage calls the part. */
    async putPart(
      { name, uploadId, number }: { name: string; uploadId: string; number: number },
      body: Uint8Array,
      { longestMs, stopping }: { longestMs: number; stopping?: AbortSignal | undefined },
    ): Promise<string> {
      const query = { partNumber: String(number), uploadId };
      const { etag } = await ask({ method: "PUT", name, query, body, longestMs }, stopping);
      if (etag === null) throw notReached(settings, { kind: "failed", error: "unreadable_answer" });
      return etag;
    },

    /** Not made again: one whose answer was lost may have been completed, which the length tells. */
    async completeUpload(name: string, uploadId: string, etags: readonly string[]) {
      const call = { method: "POST", name, query: { uploadId }, longestMs: COMPLETING_MS } as const;
      const answer = await once({ ...call, body: completionOf(etags) });
      if (isError(answer.body)) throw refusedBy(settings, answer);
    },

    async abortUpload(name: string, uploadId: string) {
      await once({ method: "DELETE", name, query: { uploadId } }, [200, 204, 404]);
    },

    /** Uploads that were begun and not completed. Null: the storage cannot list them. */
    async listUploads(stopping?: AbortSignal): Promise<{ name: string; uploadId: string }[] | null> {
      const call = { method: "GET", name: null, query: { uploads: "", prefix } } as const;
      const answer = await ask(call, stopping, [200, 400, 405, 501]);
      if (answer.status !== 200) return null;
      return uploadsIn(answer.body).map(({ key, uploadId }) => ({
        name: key.slice(prefix.length),
        uploadId,
      }));
    },
  };
}

type Unsigned = { method: string; url: string; headers: Record<string, string>; body: Uint8Array | string };

async function sign(
  { keyId, secret, region }: BucketSettings,
  { method, url, headers, body, at }: Unsigned & { at: Temporal.Instant },
) {
  const { AwsV4Signer } = await import("aws4fetch"); // few installations have a bucket
  const signer = new AwsV4Signer({
    method,
    url,
    headers: { ...headers, "x-amz-content-sha256": createHash("sha256").update(body).digest("hex") },
    accessKeyId: keyId,
    secretAccessKey: secret,
    service: "s3",
    region,
    datetime: at.toString({ smallestUnit: "second" }).replace(/[:-]/g, ""),
  });
  return Object.fromEntries((await signer.sign()).headers);
}
