// Several texts in one cell of a file: `Hot leads; Zebra`. A text that contains the separator, or begins with a
// quotation mark, is put in quotation marks, its own doubled, as CSV does with whole cells: `"Hot; really"; Zebra`.
//
// Easy to get wrong: files of other tools don't use such marks. A part counts as quoted only where the closing mark
// ends it.

export function inOneCell(texts: readonly string[], separator = ";") {
  return texts.map((text) => quotedIf(isUnclear(text, separator), text)).join("; ");
}

const isUnclear = (text: string, separator: string) =>
  text.includes(separator) || text.startsWith('"') || text !== text.trim();

const quotedIf = (isQuoted: boolean, text: string) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : text);

/** Trimmed where they are not quoted. A list of JSON is taken too, as lines of JSON have it. */
export function fromOneCell(cell: string, separator = ";"): string[] {
  return listOfJson(cell) ?? partsOf(cell, separator);
}

function partsOf(cell: string, separator: string) {
  const parts: string[] = [];
  for (let at = 0; at <= cell.length; ) {
    const quoted = quotedAt(cell, at, separator);
    const end = quoted?.end ?? endOf(cell, at, separator);
    parts.push(quoted?.text ?? cell.slice(at, end).trim());
    at = end + separator.length;
  }
  return parts;
}

function endOf(cell: string, from: number, separator: string) {
  const end = cell.indexOf(separator, from);
  return end === -1 ? cell.length : end;
}

function quotedAt(cell: string, from: number, separator: string): { text: string; end: number } | null {
  const begin = behindSpaces(cell, from);
  if (cell[begin] !== '"') return null;
  let close = cell.indexOf('"', begin + 1);
  while (close !== -1 && cell[close + 1] === '"') close = cell.indexOf('"', close + 2);
  if (close === -1) return null;
  const isEnd = cell.startsWith(separator, close + 1);
  const end = isEnd ? close + 1 : behindSpaces(cell, close + 1);
  if (end < cell.length && !cell.startsWith(separator, end)) return null;
  return { text: cell.slice(begin + 1, close).replaceAll('""', '"'), end };
}

function behindSpaces(cell: string, from: number) {
  let at = from;
  while (cell[at] === " ") at++;
  return at;
}

function listOfJson(cell: string): string[] | null {
  if (!cell.startsWith("[")) return null;
  try {
    const read: unknown = JSON.parse(cell);
    return Array.isArray(read) && read.every((one) => typeof one === "string") ? read : null;
  } catch {
    return null;
  }
}
