// Training texts are grammars: "(a|b|) c" stands for each of its choices, "{d}" for a day. One line is one template, and
// all that comes of a line stays on one side of a split: two variants of a line are no independent witnesses.

import { readdirSync, readFileSync } from "node:fs";
import { CLASSES, type SentenceClass } from "../../server/domain/receiving/reading/classes.ts";

export type Template = { language: string; label: SentenceClass; pattern: string; line: number };
export type Chance = () => number;

const FOLDER = new URL("./texts/", import.meta.url);

export function templates(): Template[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .flatMap((file) => templatesIn(file.slice(0, -4), readFileSync(new URL(file, FOLDER), "utf8")));
}

function templatesIn(language: string, source: string): Template[] {
  let label: SentenceClass = "other";
  return source.split("\n").flatMap((pattern, line): Template[] => {
    if (pattern.startsWith("!")) {
      const named = CLASSES.find((one) => one === pattern.slice(1).trim());
      if (!named) throw new Error(`${language}.txt:${line + 1}: no such class: ${pattern}`);
      label = named;
      return [];
    }
    return pattern.trim() === "" || pattern.startsWith("#") ? [] : [{ language, label, pattern, line }];
  });
}

/** Mulberry32: the same numbers on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(from: readonly T[], chance: Chance): T =>
  from[Math.floor(chance() * from.length)] as T;

/** One of the sentences that a pattern stands for. */
export function sentenceFrom({ pattern, language }: Template, chance: Chance): string {
  const { text } = alternatives(pattern, 0, chance);
  return text
    .replace(/\{(\w+)\}/g, (whole, slot: string) => filler(slot, language, chance) ?? whole)
    .replace(/ {2,}/g, " ")
    .trim();
}

function alternatives(pattern: string, from: number, chance: Chance): { text: string; end: number } {
  const choices = [""];
  let at = from;
  for (; at < pattern.length && pattern[at] !== ")"; at++) {
    const last = choices.length - 1;
    const before = choices[last] ?? "";
    if (pattern[at] === "|" && from > 0) choices.push("");
    else if (pattern[at] === "(") {
      const inner = alternatives(pattern, at + 1, chance);
      choices[last] = before + inner.text;
      at = inner.end;
    } else choices[last] = before + pattern[at];
  }
  return { text: pick(choices, chance), end: at };
}

const NAMES = [
  "Anna",
  "Jonas",
  "Petra",
  "Luca",
  "Marek",
  "Sofia",
  "Ivan",
  "Mia",
  "Tom",
  "Elif",
  "Yuki",
  "Jan",
];
const FAMILIES = [
  "Weber",
  "Novak",
  "Rossi",
  "Lind",
  "Kowalski",
  "Smith",
  "Tanaka",
  "Horvat",
  "Popescu",
  "Berg",
];
const COMPANIES = ["Norrland", "Weberwerk", "Acme", "Fjordlys", "Soleado", "Molenaar", "Kestrel", "Atlas"];

function filler(slot: string, language: string, chance: Chance): string | null {
  switch (slot) {
    case "n":
      return pick(NAMES, chance);
    case "N":
      return `${pick(NAMES, chance)} ${pick(FAMILIES, chance)}`;
    case "c":
      return pick(COMPANIES, chance);
    case "m":
      return `${pick(NAMES, chance).toLowerCase()}@${pick(COMPANIES, chance).toLowerCase()}.example`;
    case "p":
      return `+${10 + Math.floor(chance() * 80)} ${100 + Math.floor(chance() * 900)} ${1000 + Math.floor(chance() * 9000)}`;
    case "t":
      return `#${10_000 + Math.floor(chance() * 90_000)}`;
    case "num":
      return String(1 + Math.floor(chance() * 60));
    case "w":
      return dayIn(language, { weekday: "long" }, chance);
    case "d":
      return dayIn(language, pick(DAY_FORMS, chance), chance);
    default:
      return null;
  }
}

const DAY_FORMS: Intl.DateTimeFormatOptions[] = [
  { day: "numeric", month: "long" },
  { day: "numeric", month: "long", year: "numeric" },
  { weekday: "long", day: "numeric", month: "long" },
  { day: "2-digit", month: "2-digit", year: "numeric" },
  { day: "numeric", month: "numeric" },
  { day: "numeric", month: "short" },
];

function dayIn(language: string, form: Intl.DateTimeFormatOptions, chance: Chance) {
  const day = new Date(Date.UTC(2026, Math.floor(chance() * 12), 1 + Math.floor(chance() * 28)));
  return new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC", calendar: "gregory" }).format(day);
}
