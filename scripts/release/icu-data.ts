// Which part of ICU's data a release has. PostgreSQL is linked with ICU; of its 27 MB of languages, numbers and scripts, Cadenza's
// cluster (provider "builtin") reads the order of Unicode alone, when initdb notes the version of its collation "unicode".

const NEEDED = /^icudt\d+[lb]\/(?:root\.res|pool\.res|coll\/root\.res|coll\/ucadata\.icu)$/;
const ALIGNED = 16;

/** The data as it stands in the library `libicudata`: a header, a table of contents, and the items in order of their names. */
export function withNeededItems(library: Buffer): Buffer {
  const start = library.indexOf("CmnD") - 12; // the format's name stands 12 bytes into the header
  if (start < 0) throw new Error("There is no data of ICU in this library.");
  const table = start + library.readUInt16LE(start);
  const count = library.readUInt32LE(table);
  const items = Array.from({ length: count }, (_, index) => {
    const nameAt = table + library.readUInt32LE(table + 4 + index * 8);
    const name = library.toString("latin1", nameAt, library.indexOf(0, nameAt));
    const from = library.readUInt32LE(table + 8 + index * 8);
    const to = index + 1 < count ? library.readUInt32LE(table + 16 + index * 8) : from;
    return { name, bytes: library.subarray(table + from, table + to) };
  }).filter(({ name }) => NEEDED.test(name));
  return Buffer.concat([library.subarray(start, table), tableOf(items)]);
}

type Item = { name: string; bytes: Buffer };

function tableOf(items: readonly Item[]) {
  const head = Buffer.alloc(4 + items.length * 8);
  head.writeUInt32LE(items.length);
  let at = head.length;
  const names = items.map(({ name }, index) => {
    head.writeUInt32LE(at, 4 + index * 8);
    at += name.length + 1;
    return Buffer.from(`${name}\0`, "latin1");
  });
  const parts: Buffer[] = [head, ...names];
  for (const [index, { bytes }] of items.entries()) {
    const gap = -at & (ALIGNED - 1);
    parts.push(Buffer.alloc(gap), bytes);
    head.writeUInt32LE(at + gap, 8 + index * 8);
    at += gap + bytes.length;
  }
  return Buffer.concat(parts);
}
