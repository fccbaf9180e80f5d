// A storage that speaks S3, for tests: s3rver, a server of its own, on a port and a folder of this test. Before it stands a proxy, which
// cuts connections, changes answers, and answers the two calls that s3rver lacks (unfinished uploads) from s3rver's folder.
//
// CADENZA_TEST_S3 runs the same tests against another server: its address, key ID and secret, separated by spaces. It needs an account
// that may create buckets.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BucketSettings, readBucketAddress } from "../object-storage/address.ts";
import { type Bucket, openBucket } from "../object-storage/bucket.ts";
import { openOutgoing } from "../outgoing/door.ts";

/** What the proxy does to a call. `lost`: the storage carries it out, and its answer never arrives. */
export type Fault =
  | { kind: "cut"; afterBytes: number }
  | { kind: "lost" }
  | { kind: "answer"; status: number; headers?: Record<string, string>; body?: string }
  | { kind: "length"; bytes: number }
  | { kind: "flip" };

type Seen = { method: string; path: string };

const REGION = "us-east-1";

export async function startS3Server() {
  const own = process.env.CADENZA_TEST_S3 ? null : await startS3rver();
  const [address = "", keyId = "", secret = ""] = own ?? (process.env.CADENZA_TEST_S3 ?? "").split(" ");
  const faults: ((seen: Seen) => Fault | null | undefined)[] = [];
  const seen: Seen[] = [];
  const proxy = createServer((from, to) => {
    const call = { method: from.method ?? "", path: from.url ?? "" };
    seen.push(call);
    const fault = faultFor(faults, call);
    if (!fault && own && answerUploads(own[3], call, to)) from.resume();
    else pass(address, from, to, fault);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const name = `cadenza-test-${randomBytes(4).toString("hex")}`;

  function settings(more: Partial<BucketSettings> = {}, path = `${name}/backups`): BucketSettings {
    const found = readBucketAddress(`${url}/${path}`);
    if (!found) throw new Error(`${path} is no path of a bucket`);
    return { ...found, region: REGION, keyId, secret, ...more };
  }

  /** `waits`: what it would have waited. */
  function open(with_: BucketSettings = settings(), waits: number[] = [], now = realTime): Bucket {
    const { host, port } = with_;
    const outgoing = openOutgoing({ allowed: [{ host, port }], ownDatabase: [] });
    return openBucket(with_, { outgoing, now, pause: async (ms) => waits.push(ms) });
  }

  await createBucket(open(settings({}, `${name}`)), settings({}, name));
  return {
    url,
    name,
    /** s3rver answers calls of any time. */
    comparesClocks: own === null,
    settings,
    open,
    /** What the proxy does from now on. */
    faults,
    seen,
    env: (path = `${name}/backups`) => ({
      CADENZA_BACKUP_S3_URL: `${url}/${path}`,
      CADENZA_BACKUP_S3_KEY_ID: keyId,
      CADENZA_BACKUP_S3_SECRET: secret,
    }),
    async close() {
      proxy.closeAllConnections();
      proxy.close();
      await own?.[4]();
    },
  };
}

/** The first that has one: those behind it wait for their turn. */
function faultFor(faults: readonly ((seen: Seen) => Fault | null | undefined)[], call: Seen) {
  for (const faultOf of faults) {
    const fault = faultOf(call);
    if (fault) return fault;
  }
  return null;
}

const realTime = () => Temporal.Now.instant();

async function startS3rver() {
  // It has no types, and is loaded only where it is started.
  const S3rver = createRequire(import.meta.url)("@20minutes/s3rver");
  const directory = mkdtempSync(join(tmpdir(), "cadenza-s3-"));
  const server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory });
  const { port } = (await server.run()) as AddressInfo;
  const stop = async () => {
    server.httpServer.closeAllConnections();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return [`http://127.0.0.1:${port}`, "S3RVER", "S3RVER", directory, stop] as const;
}

async function createBucket(bucket: Bucket, settings: BucketSettings) {
  const { AwsV4Signer } = await import("aws4fetch");
  const { url, headers } = await new AwsV4Signer({
    method: "PUT",
    url: bucket.address,
    accessKeyId: settings.keyId,
    secretAccessKey: settings.secret,
    service: "s3",
    region: REGION,
  }).sign();
  const answer = await fetch(url, { method: "PUT", headers });
  if (!answer.ok) throw new Error(`the bucket was not created: ${answer.status} ${await answer.text()}`);
}

function pass(address: string, from: IncomingMessage, to: ServerResponse, fault: Fault | null) {
  if (fault?.kind === "answer") {
    from.resume();
    from.on("end", () => to.writeHead(fault.status, fault.headers).end(fault.body));
    return;
  }
  const { hostname, port } = new URL(address);
  const { method, url: path, headers } = from; // the host too: it was signed
  const onward = request({ hostname, port, method, path, headers }, (answer) => {
    const told = { ...answer.headers };
    if (method === "HEAD") delete told["transfer-encoding"]; // some send it, and Node would send chunks
    if (fault?.kind === "lost") return void answer.resume().on("end", () => to.destroy());
    if (fault?.kind === "length") told["content-length"] = String(fault.bytes);
    to.writeHead(answer.statusCode ?? 0, told);
    if (method === "HEAD") return void to.end();
    answer.on("data", (piece: Buffer) => {
      if (fault?.kind === "flip") piece.writeUInt8(piece.readUInt8(0) ^ 1, 0);
      to.write(piece);
    });
    answer.on("end", () => to.end());
  });
  onward.on("error", () => to.headersSent || to.destroy()); // after the answer to HEAD, some send an end of chunks
  let bytes = 0;
  from.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (fault?.kind === "cut" && bytes > fault.afterBytes) {
      onward.destroy();
      from.socket.destroy();
    } else onward.write(piece);
  });
  from.on("end", () => onward.end());
  from.on("close", () => from.complete || onward.destroy());
}

const UPLOADS = "._S3rver_uploads";

/** As AWS documents ListMultipartUploads and AbortMultipartUpload. */
function answerUploads(directory: string, { method, path }: Seen, to: ServerResponse) {
  const { pathname, searchParams: query } = new URL(path, "http://storage");
  const [, bucket = ""] = pathname.split("/");
  const place = join(directory, bucket, UPLOADS);
  if (method === "GET" && query.has("uploads")) {
    const uploads = (existsSync(place) ? readdirSync(place) : []).map((id) => {
      const key = readFileSync(join(place, id, "key"), "utf8");
      return `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`;
    });
    to.end(`<ListMultipartUploadsResult>${uploads.join("")}</ListMultipartUploadsResult>`);
    return true;
  }
  const id = query.get("uploadId");
  if (method !== "DELETE" || !id) return false;
  rmSync(join(place, id), { recursive: true, force: true });
  to.writeHead(204).end();
  return true;
}
