// Large mails, cut down before they are parsed: of a text, a megabyte is more than anybody wrote.
//
// A parser collects a text in memory, several times over. An attachment flows through it and is only counted, so parts
// that are files are left whole, on every level: mail programs put them inside of others.

const LARGE = 1024 * 1024;
const LARGEST_PART_HEAD = 16 * 1024;
const DEEPEST = 6;

/** Counted as it flows by, also where it is the whole mail. */
const FILE_TYPE = /^\s*(?!text\/|multipart\/|message\/)[a-z]+\//i;

type Cut = { bytes: Buffer; isCut: boolean };

export function cutDown(raw: Buffer, bodyAt: number, contentType: string, depth = 0): Cut {
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
    const cut = cutPart(part, depth);
    kept.push(cut.bytes);
    isCut ||= cut.isCut;
  }
  return { bytes: isCut ? Buffer.concat(kept) : raw, isCut };
}

function cutPart(part: Buffer, depth: number): Cut {
  const { fields, end } = headOfPart(part);
  if (part.length <= LARGE || isFile(fields)) return { bytes: part, isCut: false };
  const type = /\ncontent-type:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/i.exec(fields)?.[1] ?? "";
  if (/^\s*multipart\//i.test(type) && depth < DEEPEST) return cutDown(part, end, type, depth + 1);
  return { bytes: part.subarray(0, LARGE), isCut: true };
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

function headOfPart(part: Buffer) {
  const head = part.subarray(0, LARGEST_PART_HEAD).toString("latin1");
  const fields = head.split(/\r?\n\r?\n/, 1)[0] ?? "";
  return { fields, end: fields.length };
}

/** A text that was attached flows by as well. */
function isFile(fields: string) {
  return (
    /\ncontent-type:\s*(?!text\/|multipart\/|message\/)[a-z]+\//i.test(fields) ||
    (/\ncontent-disposition:\s*attachment/i.test(fields) &&
      !/\ncontent-type:\s*(?:multipart|message)\//i.test(fields))
  );
}
