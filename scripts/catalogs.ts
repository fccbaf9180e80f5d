// The lists of the texts of the screen and of the server, and which languages have a translation of every one.

import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isLanguage, LANGUAGE_CODES } from "../contract/languages.ts";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { namesIn, readScreenTexts, type ScreenTexts } from "./screen-texts.ts";
import { readServerTexts } from "./server-texts.ts";

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

export function offeredFile() {
  const codes = ["en", ...completeLanguages()];
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

/** A screen half in another language helps nobody: a catalog has every text. */
export function missingTranslations(): Violation[] {
  return catalogs().flatMap(({ path, catalog, texts }): Violation[] => {
    const missing = [...texts.keys()].filter((text) => !catalog[text]);
    if (missing.length === 0) return [];
    const some = missing.slice(0, 5).map((text) => `"${text}"`);
    return [{ path, line: 1, why: `${missing.length} texts are not translated, such as ${some.join(", ")}` }];
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

/** Null where the translation fits the text. */
export function wrongIn(text: string, translation: string, code: string, isOfServer = false): string | null {
  if (translation.trim() === "") return "its translation is empty";
  const edges = (one: string) => `${/^\s*/.exec(one)}|${/\s*$/.exec(one)}`;
  if (edges(text) !== edges(translation)) return "spaces at its ends differ";
  if (!/[{<]/.test(text)) return null; // shown as it is
  try {
    const [ours, theirs] = [text, translation].map((one) => namesOf(one, isOfServer).toSorted().join(", "));
    if (ours !== theirs) return `its placeholders are ${ours}, those of the translation ${theirs}`;
  } catch (error) {
    return `its translation is no ICU message: ${error instanceof Error ? error.message : error}`;
  }
  const forms = [...translation.matchAll(/(?<=\{|\s)(zero|one|two|few|many|other) \{/g)].map(
    ([, form]) => form,
  );
  const known = new Intl.PluralRules(code).resolvedOptions().pluralCategories as readonly string[];
  const unknown = forms.find((form) => !known.includes(form ?? ""));
  return unknown ? `${code} has no plural form "${unknown}"` : null;
}

/** The server has no tags in its texts, and fills in a text without plurals as it is: {"rules": []} may stand in it. */
function namesOf(text: string, isOfServer: boolean) {
  if (!isOfServer) return namesIn(text, !/<\w+>/.test(text));
  if (/\{\w+,/.test(text)) return namesIn(text, true);
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))];
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
