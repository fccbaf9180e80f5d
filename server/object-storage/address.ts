// Where copies of backups go: a bucket of a storage that speaks S3, by its path (https://host/bucket/prefix), because each such storage
// answers there, and one without a name for each bucket answers nowhere else.

export type BucketAddress = {
  origin: string;
  host: string;
  port: number;
  bucket: string;
  /** In front of each name: empty, or with a slash at its end. */
  prefix: string;
  /** As people and rows of the database know it. */
  address: string;
};

/** With what it is opened. The secret leaves the process only as a signature. */
export type BucketSettings = BucketAddress & { region: string; keyId: string; secret: string };

/** Names that need no encoding, so that the signed path is the path that is sent. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;
const FOLDER = /^[A-Za-z0-9._-]{1,100}$/;

/** Null where it is no address of a bucket. */
export function readBucketAddress(text: string): BucketAddress | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    return null;
  const [bucket, ...folders] = url.pathname.split("/").filter(Boolean);
  if (!bucket || !BUCKET.test(bucket) || !folders.every((name) => FOLDER.test(name))) return null;
  return {
    address: [url.origin, bucket, ...folders].join("/"),
    origin: url.origin,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
    bucket,
    prefix: folders.map((name) => `${name}/`).join(""),
  };
}
