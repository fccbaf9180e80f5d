// A file of SQL as its statements, without comments. A semicolon within a text, a function's body or `begin atomic … end` ends none.

const PIECE =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|--[^\n]*|\b(?:begin\s+atomic|case|end)\b|;|[\s\S]/gi;

export function statementsIn(sql: string): string[] {
  const found: string[] = [];
  let current = "";
  let depth = 0; // of a body in SQL, where `case` ends with `end` as well
  for (const [piece] of sql.matchAll(PIECE)) {
    if (piece.startsWith("--")) continue;
    if (/^begin/i.test(piece)) depth = 1;
    else if (depth > 0 && /^case$/i.test(piece)) depth++;
    else if (depth > 0 && /^end$/i.test(piece)) depth--;
    if (piece === ";" && depth === 0) {
      keep(current);
      current = "";
    } else current += piece;
  }
  keep(current);
  return found;

  function keep(text: string) {
    const statement = text.replace(/\s+/g, " ").trim();
    if (statement !== "") found.push(statement);
  }
}
