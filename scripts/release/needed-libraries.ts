// The shared libraries that a program names, read from its ELF file: what the system must have where the release does not bring it.

import { readFileSync } from "node:fs";

const DYNAMIC = 6; // type of the section with the names
const NEEDED = 1n;

/** Nothing for a file of another kind. */
export function neededLibraries(file: string): string[] {
  const bytes = readFileSync(file);
  const isElf64 = bytes.length > 64 && bytes.readUInt32BE(0) === 0x7f45_4c46 && bytes[4] === 2;
  if (!isElf64) return [];
  const [table, size, count] = [
    Number(bytes.readBigUInt64LE(40)),
    bytes.readUInt16LE(58),
    bytes.readUInt16LE(60),
  ];
  const sections = Array.from({ length: count }, (_, index) => {
    const at = table + index * size;
    const number = (offset: number) => Number(bytes.readBigUInt64LE(at + offset));
    return {
      type: bytes.readUInt32LE(at + 4),
      at: number(24),
      size: number(32),
      names: bytes.readUInt32LE(at + 40),
    };
  });
  const dynamic = sections.find(({ type }) => type === DYNAMIC);
  const names = dynamic && sections[dynamic.names];
  if (!dynamic || !names) return [];
  const textAt = (offset: number) => bytes.toString("latin1", offset, bytes.indexOf(0, offset));
  return Array.from({ length: dynamic.size / 16 }, (_, index) => dynamic.at + index * 16)
    .filter((at) => bytes.readBigUInt64LE(at) === NEEDED)
    .map((at) => textAt(names.at + Number(bytes.readBigUInt64LE(at + 8))));
}
