// What a storage refuses, as a sentence for the operator. The storage's own text is never repeated: it may hold the signature.

import type { FetchFailure } from "../outgoing/door.ts";
import type { BucketAddress } from "./address.ts";
import { errorIn } from "./answers.ts";

/** The message is a sentence for the operator. */
export class StorageFailure extends Error {
  readonly code: string;
  /** It may go well a moment later. */
  readonly isPassing: boolean;
  readonly retryAfter: string | null;

  constructor(code: string, says: string, { isPassing = false, retryAfter = null as string | null } = {}) {
    super(says);
    this.code = code;
    this.isPassing = isPassing;
    this.retryAfter = retryAfter;
  }
}

export type Answer = { status: number; body: Buffer; retryAfter: string | null };

export function refusedBy(address: BucketAddress, { status, body, retryAfter }: Answer): StorageFailure {
  const { code, region } = errorIn(body);
  const isPassing = status >= 500 || status === 429 || PASSING.has(code);
  const says = sentenceOf(address, status, code, region);
  return new StorageFailure(code || String(status), says, { isPassing, retryAfter });
}

const PASSING = new Set(["SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable"]);

function sentenceOf({ bucket }: BucketAddress, status: number, code: string, region: string | null) {
  const known = SENTENCES[code];
  if (known) return known;
  if (code === "NoSuchBucket") return `The bucket ${bucket} does not exist.`;
  if (WRONG_REGION.has(code) || status === 301 || status === 307)
    return `The bucket is in ${region ? `the region ${region}` : "another region"}. Set CADENZA_BACKUP_S3_REGION, and the host that belongs to it.`;
  if (status === 503 || status === 429) return "The storage is overloaded and asks to wait.";
  if (status === 507) return FULL;
  if (status === 401 || status === 403)
    return `The key has no permission for the bucket ${bucket}. It must be allowed to list, read, write and delete.`;
  if (status === 404) return `The bucket ${bucket} does not have what was asked for.`;
  return `The storage answered ${status}${code && ` (${code})`}.`;
}

const FULL = "The storage is full.";

const WRONG_REGION = new Set([
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
  "PermanentRedirect",
  "TemporaryRedirect",
]);

const SENTENCES: Record<string, string> = {
  InvalidAccessKeyId: "The storage does not know the key. Check CADENZA_BACKUP_S3_KEY_ID.",
  SignatureDoesNotMatch: "The storage refused the signature. Check CADENZA_BACKUP_S3_SECRET.",
  RequestTimeTooSkewed:
    "The clocks of this server and of the storage differ by more than 15 minutes. Set them with NTP.",
  SlowDown: "The storage is overloaded and asks to wait.",
  NoSuchUpload: "The storage no longer knows the unfinished upload.",
  BadDigest: "The storage received other bytes than were sent.",
  XAmzContentSHA256Mismatch: "The storage received other bytes than were sent.",
  EntityTooLarge: "The storage takes no part of this size.",
  QuotaExceeded: FULL,
  XMinioStorageFull: FULL,
  EntityTooSmall: "The storage takes no part as small as 16 MB.",
};

/** No answer arrived. */
export function notReached({ origin }: BucketAddress, { error }: FetchFailure): StorageFailure {
  const says = UNREACHED[error](origin);
  return new StorageFailure(error, says, { isPassing: isPassing(error) });
}

function isPassing(error: FetchFailure["error"]) {
  return error === "connection_failed" || error === "timed_out" || error === "name_not_found";
}

const NEVER = (origin: string) =>
  `Cadenza never connects to ${origin}: it is a link-local or metadata address, or its own database.`;

const UNREACHED: Record<FetchFailure["error"], (origin: string) => string> = {
  name_not_found: (origin) => `${origin} cannot be reached: its name has no address.`,
  connection_failed: (origin) =>
    `${origin} cannot be reached, its certificate is not trusted, or it closed the connection.`,
  timed_out: (origin) => `${origin} did not answer in time.`,
  unreadable_answer: (origin) => `${origin} sent an answer that is not one of S3.`,
  private_address: NEVER,
  bad_host: NEVER,
  bad_port: NEVER,
  not_a_url: NEVER,
  not_http: NEVER,
  has_credentials: NEVER,
};
