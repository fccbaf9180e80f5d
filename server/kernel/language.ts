// The language in which the current request is answered. It is set once, at the door; what is said under it is in this
// language, and what the engine does by itself is said in English.

import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync, readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { isLanguage } from "@cadenza/contract/languages";
import { listenTo, type Speech } from "./say.ts";

const current = new AsyncLocalStorage<Speech | null>();
listenTo(() => current.getStore() ?? null);

const speeches = new Map<string, Speech>();

/** For tests: a language that is not offered. */
export function addLanguage(speech: Speech) {
  speeches.set(speech.code, speech);
}

/** English where there is no such language. */
export function inLanguage<Result>(code: string | null, work: () => Result): Result {
  const speech = code === null ? null : speechOf(code);
  return speech === null && current.getStore() === undefined ? work() : current.run(speech, work);
}

/** What is kept for everybody is written in English. */
export const inEnglish = <Result>(work: () => Result): Result => inLanguage(null, work);

/** English is the language of the texts themselves. */
const isTranslated = (code: string) => code !== "en" && isLanguage(code);

function speechOf(code: string): Speech | null {
  const known = speeches.get(code);
  if (known) return known;
  if (!isTranslated(code)) return null;
  const speech = {
    code,
    catalog: readCatalog(new URL(`../language/catalogs/${code}.json`, import.meta.url)),
  };
  speeches.set(code, speech);
  return speech;
}

/** A release has it compressed. */
function readCatalog(file: URL) {
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : brotliDecompressSync(readFileSync(new URL(`${file}.br`))).toString("utf8");
  return JSON.parse(text) as Record<string, string>;
}

/** The first language of a browser's wish that is spoken here: "de-AT,de;q=0.9,en;q=0.8". */
export function firstSpoken(wish: string | undefined): string | null {
  const wished = (wish ?? "")
    .split(",", 20)
    .map((part) => {
      const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
      const weight = rest.find((one) => one.trim().startsWith("q="));
      return { code: tag.split("-")[0] ?? "", weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  const first = wished.find(({ code }) => isLanguage(code));
  return first && first.code !== "en" ? first.code : null;
}
