// Zip files, written without compression and read with it: enough for a folder of texts, so no library is needed.

type ZipEntry = { path: string; text: string };

/** So that a small file cannot fill the memory. */
type Limits = { mostFiles: number; mostBytes: number };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 0x0800;
/** 1 January 1980, the first day a zip file can say: equal files make equal zip files. */
const FIRST_DAY = 0x0021;

export function zipOf(entries: readonly ZipEntry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { path, text } of entries) {
    const name = new TextEncoder().encode(path);
    const bytes = new TextEncoder().encode(text);
    const crc = crcOf(bytes);
    const about = [20, UTF8, 0, 0, FIRST_DAY, crc, bytes.length, bytes.length, name.length, 0] as const;
    const head = record([LOCAL], about, []);
    directory.push(record([CENTRAL, 20], about, [0, 0, 0, 0, offset]), name);
    parts.push(head, name, bytes);
    offset += head.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, new Uint8Array(end.buffer)], { type: "application/zip" });
}

type About = readonly [number, number, number, number, number, number, number, number, number, number];

/** The fields that a file's own head and the directory share, with those before and after them. */
function record(first: readonly number[], about: About, last: readonly number[]) {
  const [version, flags, method, time, day, crc, packed, size, nameLength, extraLength] = about;
  const view = new DataView(new ArrayBuffer(last.length > 0 ? 46 : 30));
  let at = 0;
  const long = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const short = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  long(first[0] ?? 0);
  for (const value of first.slice(1)) short(value);
  for (const value of [version, flags, method, time, day]) short(value);
  for (const value of [crc, packed, size]) long(value);
  for (const value of [nameLength, extraLength]) short(value);
  if (last.length === 0) return new Uint8Array(view.buffer);
  for (const value of last.slice(0, 3)) short(value);
  for (const value of last.slice(3)) long(value);
  return new Uint8Array(view.buffer);
}

/** Its files by path, as bytes. Null where it is no zip file that can be read, or more than the limits. */
export async function filesInZip(
  file: Blob,
  { mostFiles, mostBytes }: Limits,
): Promise<Map<string, Uint8Array<ArrayBuffer>> | null> {
  try {
    const view = new DataView(await file.arrayBuffer());
    const end = endOf(view);
    if (end === null) return null;
    const count = view.getUint16(end + 10, true);
    if (count > mostFiles) return null;
    const found = new Map<string, Uint8Array<ArrayBuffer>>();
    let at = view.getUint32(end + 16, true);
    let left = mostBytes;
    for (let n = 0; n < count; n++) {
      if (view.getUint32(at, true) !== CENTRAL) return null;
      const nameLength = view.getUint16(at + 28, true);
      const path = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, nameLength));
      if (!path.endsWith("/")) {
        const bytes = await unpacked(view, at, left);
        left -= bytes.length;
        found.set(path, bytes);
      }
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return found;
  } catch {
    return null;
  }
}

/** Where the directory's end stands: the last of the file, but for a remark. */
function endOf(view: DataView) {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--)
    if (view.getUint32(at, true) === END) return at;
  return null;
}

async function unpacked(view: DataView<ArrayBuffer>, entry: number, most: number) {
  const method = view.getUint16(entry + 10, true);
  const packedSize = view.getUint32(entry + 20, true);
  const head = view.getUint32(entry + 42, true);
  const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
  const packed = new Uint8Array(view.buffer, start, packedSize);
  if (method === 0 && packedSize <= most) return packed;
  if (method !== 8) throw new Error("neither stored nor deflated");
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      await reader.cancel();
      throw new Error("too large");
    }
    chunks.push(part.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function crcOf(bytes: Uint8Array) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
