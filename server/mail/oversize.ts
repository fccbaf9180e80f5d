// Large mails, cut down before they are parsed: of a text, a megabyte is more than anybody wrote.
//
// A parser collects a text in memory, several times over. An attachment flows through it and is only counted, so of
// the parts on the first level those that are files are left whole.

const LARGE = 1024 * 1024;
const LARGEST_PART_HEAD = 16 * 1024;

/** Counted as it flows by, also where it is the whole mail. */
const FILE_TYPE = /^\s*(?!text\/|multipart\/|message\/)[a-z]+\//i;

export function cutDown(raw: Buffer, bodyAt: number, contentType: string): { bytes: Buffer; isCut: boolean } {
  if (raw.length <= LARGE) return { bytes: raw, isCut: false };
  const boundary = /^\s*multipart\/.*?boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/is.exec(
    contentType,
  );
  const sign = boundary?.[1] ?? boundary?.[2];
  if (!sign && FILE_TYPE.test(contentType)) return { bytes: raw, isCut: false };
  if (!sign) return { bytes: raw.subarray(0, bodyAt + LARGE), isCut: raw.length > bodyAt + LARGE };
  const kept: Buffer[] = [];
  let isCut = false;
  for (const part of partsBetween(raw, `\n--${sign}`)) {
    const isLong = part.length > LARGE && !isFile(part);
    kept.push(isLong ? part.subarray(0, LARGE) : part);
    isCut ||= isLong;
  }
  return { bytes: isCut ? Buffer.concat(kept) : raw, isCut };
}

/** What stands before the first border, then each part with its border. */
function* partsBetween(raw: Buffer, border: string) {
  let from = 0;
  for (let at = raw.indexOf(border); at !== -1; at = raw.indexOf(border, at + 1)) {
    yield raw.subarray(from, at);
    from = at;
  }
  yield raw.subarray(from);
}

function isFile(part: Buffer) {
  const head = part.subarray(0, LARGEST_PART_HEAD).toString("latin1");
  return /\ncontent-type:\s*(?!text\/|multipart\/|message\/)[a-z]+\//i.test(
    head.split(/\r?\n\r?\n/, 1)[0] ?? "",
  );
}
