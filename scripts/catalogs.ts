// The lists of the texts of the screen and of the server, and which languages have a translation of every one.

import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isLanguage, LANGUAGE_CODES } from "../contract/languages.ts";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { readScreenTexts, type ScreenTexts } from "./screen-texts.ts";
import { readServerTexts } from "./server-texts.ts";
import { wrongIn } from "./translation-faults.ts";

type Catalog = Readonly<Record<string, string>>;

/** Who says texts: the folder of the catalogs, and the list of the texts. */
const SPEAKERS = [
  { folder: "web/language/catalogs", read: readScreenTexts, is: "the screen" },
  { folder: "server/language/catalogs", read: readServerTexts, is: "the server" },
];

/** Each text, and the files that use it, for those who review and translate. */
export const screenTextsFile = () => printed(readScreenTexts());
export const serverTextsFile = () => printed(readServerTexts());

const printed = ({ texts }: ScreenTexts) => `${JSON.stringify(Object.fromEntries(texts), null, 1)}\n`;

/** `also`: offered to be looked at before it is complete. */
export function offeredFile(also: readonly string[] = []) {
  const codes = [...new Set(["en", ...completeLanguages(), ...also])];
  return `// Made by npm run generate from the catalogs; not to be changed by hand.

/** The languages whose catalog has every text. */
export const OFFERED: readonly string[] = [${codes.map((code) => `"${code}"`).join(", ")}];
`;
}

function completeLanguages() {
  const incomplete = new Set(
    catalogs().flatMap(({ code, catalog, texts }) =>
      [...texts.keys()].every((text) => catalog[text]) ? [] : [code],
    ),
  );
  const codes = new Set(catalogs().map(({ code }) => code));
  return [...codes].filter((code) => !incomplete.has(code));
}

/** Those that cannot be chosen yet, and why. */
export function withheldLanguages() {
  const complete = new Set(completeLanguages());
  const missing = Map.groupBy(
    catalogs().filter(({ code }) => !complete.has(code)),
    ({ code }) => code,
  );
  return [...missing].map(([code, files]) => {
    const counts = files.map(({ is, catalog, texts }) => {
      const count = [...texts.keys()].filter((text) => !catalog[text]).length;
      return `${count} of ${is}`;
    });
    return `${code} is not offered yet: texts without translation: ${counts.join(", ")}.`;
  });
}

/** A screen half in another language helps nobody: a catalog has every text. */
export function missingTranslations(): Violation[] {
  return catalogs().flatMap(({ path, catalog, texts }): Violation[] => {
    const missing = [...texts.keys()].filter((text) => !catalog[text]);
    const [first] = missing;
    if (first === undefined) return [];
    const some = missing.slice(0, 5).map((text) => `"${text}"`);
    const how = missing.length === 1 ? "1 text is" : `${missing.length} texts are`;
    const line = Math.max(0, Object.keys(catalog).indexOf(first) + 1) + 1;
    return [{ path, line, why: `${how} not translated: "" in this file, such as ${some.join(", ")}` }];
  });
}

/** A language has both catalogs and a name, or it cannot be chosen. */
export function unmatchedLanguages(): Violation[] {
  const found = catalogs().map(({ path, code }) => ({ path, code }));
  const nameless = found.filter(({ code }) => !isLanguage(code));
  const missing = SPEAKERS.flatMap(({ folder }) =>
    LANGUAGE_CODES.filter((code) => code !== "en").map((code) => `${folder}/${code}.json`),
  ).filter((path) => !found.some((catalog) => catalog.path === path));
  return [
    ...nameless.map(({ path }) => ({
      path,
      line: 1,
      why: "contract/languages.ts does not name this language",
    })),
    ...missing.map((path) => ({ path, line: 1, why: "missing: run npm run translate" })),
  ];
}

/** What is wrong with a translation that is there. */
export function wrongTranslations(): Violation[] {
  return catalogs().flatMap(({ path, code, catalog, texts, is }) =>
    Object.entries(catalog).flatMap(([text, translation], at): Violation[] => {
      if (translation === "") return []; // missing, and counted as such
      const why = texts.has(text)
        ? wrongIn(text, translation, code, is === "the server")
        : `${is} has no such text`;
      return why ? [{ path, line: at + 2, why: `"${text}": ${why}` }] : [];
    }),
  );
}

/**
 * The catalogs of a language with every text that there is now, in order, and without those that are gone. A text without
 * translation is empty, so that translators and their programs find it.
 */
export function completedCatalogs(code: string) {
  return SPEAKERS.map(({ folder, read }) => {
    const path = `${folder}/${code}.json`;
    const known = existsSync(join(ROOT, path)) ? readCatalog(path) : {};
    const texts = [...read().texts.keys()];
    const catalog = Object.fromEntries(texts.map((text) => [text, known[text] ?? ""]));
    return {
      path,
      content: `${JSON.stringify(catalog, null, 1)}\n`,
      untranslated: texts.filter((text) => !known[text]).length,
      asInEnglish: texts.filter((text) => known[text] === text).length,
      removed: Object.keys(known).filter((text) => !Object.hasOwn(catalog, text)).length,
    };
  });
}

const readCatalog = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Catalog;

function catalogs() {
  return SPEAKERS.flatMap(({ folder, read, is }) => {
    const { texts } = read();
    return globSync(`${folder}/*.json`, { cwd: ROOT })
      .toSorted()
      .map((path) => ({
        is,
        texts,
        path: path.replaceAll("\\", "/"),
        code: basename(path, ".json"),
        catalog: readCatalog(path),
      }));
  });
}
