// The document as a file: one line for each call and for each component, so that a change shows what it changes.

export function printOpenApi(document: object) {
  return `${print(document, 3)}\n`;
}

/** Objects are laid out in lines down to this depth; what is deeper is one line. */
function print(value: unknown, depth: number, margin = ""): string {
  if (depth === 0 || typeof value !== "object" || value === null || Array.isArray(value))
    return JSON.stringify(value);
  const inner = `${margin}  `;
  const lines = Object.entries(value).map(
    ([key, part]) => `${inner}${JSON.stringify(key)}: ${print(part, depth - 1, inner)}`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${margin}}`;
}
