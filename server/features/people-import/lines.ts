// A file's lines: JSON, one object to a line, or CSV with a header. What it is is told by how it begins.

import { type Line, lineOf } from "../../domain/person-rows.ts";
import { Refusal } from "../../refusal.ts";
import { recordsOf, sniff } from "../imports/reading.ts";

export type Read = { row: number; line: Line } | { row: number; error: string };

const MOST_ROWS = 20_000;

export async function linesOf(text: string): Promise<Read[]> {
  const lines = /^\s*\{/.test(text) ? jsonLines(text) : await csvLines(text);
  if (lines.length > MOST_ROWS)
    throw new Refusal("import_too_many_rows", { count: lines.length, limit: MOST_ROWS });
  return lines;
}

function jsonLines(text: string): Read[] {
  return text.split(/\r?\n/).flatMap((source, n): Read[] => {
    if (source.trim() === "") return [];
    const row = n + 1;
    try {
      const read: unknown = JSON.parse(source);
      if (typeof read !== "object" || read === null || Array.isArray(read))
        return [{ row, error: "is no object" }];
      return [{ row, line: lineOf(Object.entries(read)) }];
    } catch {
      return [{ row, error: "is no JSON" }];
    }
  });
}

async function csvLines(text: string): Promise<Read[]> {
  const bytes = Buffer.from(text);
  const source = {
    size: bytes.length,
    pieces: async function* () {
      yield bytes;
    },
  };
  const manner = await sniff(source, { encoding: "utf-8" });
  let header: string[] | null = null;
  const lines: Read[] = [];
  for await (const { row, cells } of recordsOf(source, manner)) {
    const names: string[] = header ?? [];
    if (header === null) header = cells;
    else lines.push({ row, line: lineOf(cells.map((cell, n) => [names[n] ?? "", cell] as const)) });
  }
  return lines;
}
