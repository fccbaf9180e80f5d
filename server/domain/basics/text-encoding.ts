// In which encoding a file of text is written. A mark at its beginning says so; without one, UTF-16 shows by its zeros, and
// what is no UTF-8 anywhere is taken for Windows-1252, in which old spreadsheets write and any byte means something.

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Format = "csv" | "json_lines";
export type Encoding = (typeof ENCODINGS)[number];
type Sniffed = { encoding: Encoding; markLength: number };

/** `isUtf8` is asked of the whole file: one letter on its last line can tell. */
export function sniffEncoding(head: Uint8Array, isUtf8: boolean): Sniffed {
  const [first = -1, second = -1, third = -1] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", markLength: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", markLength: 2 };
  const wide = wideBy(head);
  if (wide) return { encoding: wide, markLength: 0 };
  return { encoding: isUtf8 ? "utf-8" : "windows-1252", markLength: 0 };
}

const LOOKED_AT = 4_096;

/** Western letters in UTF-16 have a zero for every other byte, always on the same side. */
function wideBy(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(head.length, LOOKED_AT) & ~1;
  if (length < 8) return null;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return "utf-16le";
  if (even > half * 0.6 && odd < half * 0.1) return "utf-16be";
  return null;
}
