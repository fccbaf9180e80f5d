// Reads the answers of S3. They are XML of a fixed form without attributes that matter, and we read names that we gave and codes: so
// each element is found by its name, and an answer of another form is taken for an empty one.

const MOST_OF_ERROR = 16 * 1024;

/** An error that is no XML has no code. Its message is not read: it may repeat what was signed. */
export function errorIn(body: Buffer): { code: string; region: string | null } {
  const text = body.subarray(0, MOST_OF_ERROR).toString();
  if (!text.includes("<Error>")) return { code: "", region: null };
  const [code = ""] = valuesOf(text, "Code");
  const [region = ""] = valuesOf(text, "Region");
  return {
    code: /^[A-Za-z0-9]{1,64}$/.test(code) ? code : "",
    region: /^[a-z0-9-]{1,64}$/.test(region) ? region : null,
  };
}

/** Completing an upload may fail after the status was sent. */
export function isError(body: Buffer) {
  return body.includes("<Error>");
}

export function uploadIdIn(body: Buffer): string | null {
  return valuesOf(body.toString(), "UploadId")[0] || null;
}

/** `next`: where the list goes on. */
export type Page<Entry> = { entries: Entry[]; next: string | null };

export function objectsIn(body: Buffer): Page<{ key: string; bytes: number }> {
  const text = body.toString();
  const entries = blocksOf(text, "Contents").flatMap((block) => {
    const [key] = valuesOf(block, "Key");
    return key ? [{ key, bytes: Number(valuesOf(block, "Size")[0] ?? 0) }] : [];
  });
  return { entries, next: isTruncated(text) ? (valuesOf(text, "NextContinuationToken")[0] ?? null) : null };
}

export function uploadsIn(body: Buffer): { key: string; uploadId: string }[] {
  return blocksOf(body.toString(), "Upload").flatMap((block) => {
    const [key] = valuesOf(block, "Key");
    const [uploadId] = valuesOf(block, "UploadId");
    return key && uploadId ? [{ key, uploadId }] : [];
  });
}

function isTruncated(text: string) {
  return valuesOf(text, "IsTruncated")[0] === "true";
}

function blocksOf(text: string, name: string) {
  return text
    .split(`<${name}>`)
    .slice(1)
    .map((piece) => piece.split(`</${name}>`, 1).join());
}

function valuesOf(text: string, name: string) {
  return blocksOf(text, name).map(unescaped);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string) {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    return hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (ENTITIES[name] ?? whole);
  });
}

export function completionOf(etags: readonly string[]) {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
  );
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join("")}</CompleteMultipartUpload>`;
}

function escaped(text: string) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
