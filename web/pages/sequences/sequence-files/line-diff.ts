// Two texts as lines: which are gone, which are new and which stay.

type DiffLine = { sign: "-" | "+" | " "; text: string };

/** Beyond so many lines the whole text is shown as replaced: comparing costs their product. */
const MOST_LINES = 400;

export function diffOf(before: string | null, after: string | null): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length > MOST_LINES || now.length > MOST_LINES) return [...signed("-", old), ...signed("+", now)];
  // How many lines from here on are in both.
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      (common[i] as number[])[j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ sign: " ", text: old[i] ?? "" });
      i++;
      j++;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1)))
      lines.push({ sign: "-", text: old[i++] ?? "" });
    else lines.push({ sign: "+", text: now[j++] ?? "" });
  }
  return lines;
}

function signed(sign: "-" | "+", lines: readonly string[]) {
  return lines.map((text): DiffLine => ({ sign, text }));
}

/** HTML is written without line breaks: a paragraph is a line here. */
function linesOf(text: string | null) {
  if (text === null || text === "") return [];
  return text
    .replace(/(<\/(?:p|div|li|h[1-6]|ul|ol|tr)>|<br\s*\/?>)(?!\n|$)/gi, "$1\n")
    .replace(/\n$/, "")
    .split("\n");
}
