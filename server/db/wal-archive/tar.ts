// Just enough of the tar format (ustar) for the files of a database: regular files and folders, read and written piece by piece. An
// ordinary tar unpacks it too.

const BLOCK = 512;
export type TarEntry = { name: string; size: number; isFolder: boolean };

export class NotOurTar extends Error {}

export function tarHeader({ name, size, isFolder }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 99) throw new Error(`the name ${name} is too long for the tar file`);
  header.write(name, 0);
  header.write(isFolder ? "0000700" : "0000600", 100);
  header.write("0000000", 108); // the user and group are those of the process that unpacks it
  header.write("0000000", 116);
  header.write(octal(size), 124);
  header.write(octal(0), 136);
  header.write("        ", 148); // as the sum counts it
  header.write(isFolder ? "5" : "0", 156);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

const octal = (value: number) => value.toString(8).padStart(11, "0");
const paddingOf = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

export const tarPadding = (size: number) => Buffer.alloc(paddingOf(size));
export const tarEnd = () => Buffer.alloc(2 * BLOCK);

/** Gets each entry, then its content in pieces. Answers false where the file ends before its last block. */
export async function readTar(
  pieces: AsyncIterable<Buffer>,
  entry: (entry: TarEntry) => Promise<{ write(piece: Buffer): Promise<void>; end(): Promise<void> }>,
): Promise<boolean> {
  const source = blocks(pieces);
  for (;;) {
    const header = await source.take(BLOCK);
    if (header.length < BLOCK) return false;
    if (header.every((byte) => byte === 0)) return true;
    const found = readHeader(header);
    const target = await entry(found);
    let left = found.size;
    while (left > 0) {
      const piece = await source.some(left);
      if (piece.length === 0) return false;
      await target.write(piece);
      left -= piece.length;
    }
    await target.end();
    await source.take(paddingOf(found.size));
  }
}

function readHeader(header: Buffer): TarEntry {
  const text = (from: number, to: number) => header.toString("utf8", from, to).split("\0", 1)[0] ?? "";
  const size = Number.parseInt(text(124, 136), 8);
  const name = text(0, 100);
  const isOurs = text(257, 263) === "ustar" && name !== "" && Number.isSafeInteger(size);
  if (!isOurs || name.startsWith("/") || name.split("/").includes(".."))
    throw new NotOurTar(`the tar file has an entry that is not ours: ${name}`);
  return { name, size, isFolder: text(156, 157) === "5" };
}

function blocks(pieces: AsyncIterable<Buffer>) {
  const reading = pieces[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  async function some(most: number): Promise<Buffer> {
    while (held.length === 0) {
      const { value, done } = await reading.next();
      if (done) return Buffer.alloc(0);
      held = value;
    }
    const piece = held.subarray(0, most);
    held = held.subarray(piece.length);
    return piece;
  }
  async function take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const piece = await some(left);
      if (piece.length === 0) break;
      parts.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(parts);
  }
  return { some, take };
}
