// Splits a mail into new words and quoted words: quotes are at the end, and are seldom read.

const BEGINS = [
  /^\s*(on|am|le|el|den|på|il)\b.{0,200}(wrote|schrieb|écrit|escribió|skrev|ha scritto).{0,5}:?\s*$/i,
  /^\s*-{2,}\s*(original message|ursprüngliche nachricht|opprinnelig melding|message d'origine).*$/i,
  /^\s*(from|von|de|fra|från): .+$/i,
  /^\s*_{10,}\s*$/,
];

export function splitQuoted(text: string): { said: string; quoted: string } {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex(
    (line, index) => BEGINS.some((begins) => begins.test(line)) || startsQuotes(lines, index),
  );
  if (at <= 0) return { said: text.trim(), quoted: "" };
  return { said: lines.slice(0, at).join("\n").trim(), quoted: lines.slice(at).join("\n").trim() };
}

/** From here on nothing but quotes. */
function startsQuotes(lines: readonly string[], index: number) {
  if (!lines[index]?.startsWith(">")) return false;
  return lines.slice(index).every((line) => line.startsWith(">") || line.trim() === "");
}
