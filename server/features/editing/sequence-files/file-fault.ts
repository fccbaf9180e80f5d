// Why a file is refused: one sentence that names the file and the line.

import { Refusal } from "../../../kernel/refusal.ts";

export function fileFault(file: string, line: number, why: string, column: number | null = null) {
  const sentence = /[.?!]$/.test(why) ? why : `${why}.`;
  return new Refusal(
    "file_refused",
    { file: shown(file), line, why: sentence },
    { file: shown(file), line, column },
  );
}

/** A path is another person's text: short, and on one line. */
function shown(path: string) {
  return path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, "?").slice(0, 200);
}
