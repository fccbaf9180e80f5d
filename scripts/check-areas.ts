// Whether the areas stand as scripts/areas.ts says: no import against their order, no circle of folders at run time, and no table
// written by an area that scripts/table-writers.ts does not name.

import { ORDERED } from "./areas.ts";
import type { Violation } from "./check-imports.ts";
import type { SourceFile } from "./read-source.ts";
import { TABLE_WRITERS } from "./table-writers.ts";

const isTest = (path: string) => /\.test\.tsx?$|^server\/testing\//.test(path);

export function checkAreas(sources: readonly SourceFile[]): Violation[] {
  return [...inTheirPlaces(sources), ...sources.flatMap(writesItsOwn)];
}

function inTheirPlaces(sources: readonly SourceFile[]): Violation[] {
  return ORDERED.flatMap(({ place, areas }) => [
    ...sources.flatMap((source) => inOrder(source, place, areas)),
    ...withoutCircle(sources, place),
  ]);
}

/** The area of a file, or null when it is in no area. */
function areaOf(path: string, place: string) {
  const [area, file] = path.startsWith(place) ? path.slice(place.length).split("/") : [];
  return area !== undefined && file !== undefined ? area : null;
}

function inOrder({ path, imports }: SourceFile, place: string, areas: readonly string[]): Violation[] {
  const own = areaOf(path, place);
  if (own === null || isTest(path)) return [];
  if (!areas.includes(own))
    return [
      { path, line: 1, why: `${own} is no area of ${place}: add it to scripts/areas.ts, in its order` },
    ];
  return imports.flatMap(({ target, line }) => {
    const other = areaOf(target, place);
    if (other === null || areas.indexOf(other) <= areas.indexOf(own)) return [];
    return [{ path, line, why: `${own} stands before ${other} in scripts/areas.ts (imports ${target})` }];
  });
}

/** Imports between folders at run time, followed until one leads back. */
function withoutCircle(sources: readonly SourceFile[], place: string): Violation[] {
  const arrows = new Map<string, Map<string, { path: string; line: number; target: string }>>();
  for (const { path, imports } of sources) {
    if (!path.startsWith(place) || isTest(path)) continue;
    for (const { target, line, isType } of imports) {
      const [from, to] = [folderOf(path), folderOf(target)];
      if (isType || !target.startsWith(place) || from === to) continue;
      if (!arrows.has(from)) arrows.set(from, new Map());
      if (!arrows.get(from)!.has(to)) arrows.get(from)!.set(to, { path, line, target });
    }
  }
  return [...arrows].flatMap(([from, targets]) =>
    [...targets].flatMap(([to, { path, line, target }]) =>
      leadsTo(arrows, to, from)
        ? [
            {
              path,
              line,
              why: `folders import each other in a circle: ${from} and ${to} (imports ${target})`,
            },
          ]
        : [],
    ),
  );
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

function leadsTo(arrows: ReadonlyMap<string, ReadonlyMap<string, unknown>>, start: string, goal: string) {
  const seen = new Set([start]);
  for (const folder of seen) {
    if (folder === goal) return true;
    for (const next of arrows.get(folder)?.keys() ?? []) seen.add(next);
  }
  return false;
}

const NOUNS = "server/features/";
const WRITING =
  /(?<!\b(?:for|do|on|of|key)\s+)\b(?:insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?([a-z_]+)\b/gi;

function writesItsOwn({ path, texts }: SourceFile): Violation[] {
  const area = areaOf(path, NOUNS);
  if (area === null || isTest(path)) return [];
  const text = texts.join("\n");
  return [...text.matchAll(WRITING)].flatMap(({ 1: table = "", index }) => {
    const writers: readonly string[] | undefined = TABLE_WRITERS[table];
    if (writers === undefined || writers.includes(area)) return [];
    const line = text.slice(0, index).split("\n").length;
    return [
      {
        path,
        line,
        why: `${table} is written by ${writers.join(", ")} (scripts/table-writers.ts), not by ${area}`,
      },
    ];
  });
}
