// The line of each key of a file, as data: a file is read in a thread of its own, and what is found wrong later is told with its line.

export type YamlPath = readonly PropertyKey[];

export type LinesOfFile = { line: number; inside?: Map<PropertyKey, LinesOfFile> };

/** Of what is not there, the line of what it would stand in. */
export function lineAt(lines: LinesOfFile, path: YamlPath) {
  let at = lines;
  for (const part of path) {
    const inside = at.inside?.get(part);
    if (!inside) break;
    at = inside;
  }
  return at.line;
}
