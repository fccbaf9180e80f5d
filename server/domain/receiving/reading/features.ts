// A sentence as numbers: which pieces of words it holds. The trainer and the reader share this, so that a weight means
// the same in both. Pieces rather than words, because one wish has many endings, and typing errors leave most pieces.

/** Three times 2^16: the largest whose weights, a byte each, fit into a file of 3 MB. */
export const SPACE = 196_608;

/** Small letters without accents; numbers, addresses and links as one sign each, because which one says nothing. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g, " @ ")
    .replace(/https?:\/\/\S{1,500}/g, " % ")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFKC")
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/æ/g, "ae")
    .replace(/ł/g, "l")
    .replace(/đ/g, "d")
    .replace(/ı/g, "i")
    .replace(/[’‘´`]/g, "'")
    .replace(/\p{N}+/gu, "0")
    .replace(/[^\p{L}0@%'?]+/gu, " ")
    .trim();
}

/** Places in the table of weights, each once. */
export function featuresOf(text: string): Int32Array {
  const words = plain(text).split(" ", 60);
  const found = new Set<number>();
  let before = "<";
  for (const word of words) {
    if (word === "") continue;
    found.add(placeOf(`w${word}`));
    found.add(placeOf(`b${before} ${word}`));
    before = word;
    pieces(`_${word}_`, found);
  }
  found.add(placeOf(`b${before} >`));
  found.add(placeOf(words.length <= 2 ? "short" : words.length <= 6 ? "middle" : "long"));
  return Int32Array.from(found);
}

function pieces(word: string, found: Set<number>) {
  const most = Math.min(word.length, 40);
  for (let from = 0; from < most; from++)
    for (let length = 2; length <= 5 && from + length <= most; length++)
      found.add(placeOf(word.slice(from, from + length)));
}

/** FNV-1a, folded to the table's size. */
function placeOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at++) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> 0) % SPACE;
}
