// The list of the screen's texts, and which languages have a translation of every one.

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { namesIn, readScreenTexts } from "./screen-texts.ts";

type Catalog = Readonly<Record<string, string>>;

const FOLDER = "web/language/catalogs";

/** Each text, and the files that use it, for those who review and translate. */
export function textsFile() {
  return `${JSON.stringify(Object.fromEntries(readScreenTexts().texts), null, 1)}\n`;
}

export function offeredFile() {
  const codes = ["en", ...completeLanguages()];
  return `// Made by npm run generate from the catalogs; not to be changed by hand.

/** The languages whose catalog has every text. */
export const OFFERED: readonly string[] = [${codes.map((code) => `"${code}"`).join(", ")}];
`;
}

function completeLanguages() {
  const texts = [...readScreenTexts().texts.keys()];
  return catalogs()
    .filter(({ catalog }) => texts.every((text) => catalog[text]))
    .map(({ code }) => code);
}

/** A screen half in another language helps nobody: a catalog has every text. */
export function missingTranslations(): Violation[] {
  const texts = [...readScreenTexts().texts.keys()];
  return catalogs().flatMap(({ path, catalog }): Violation[] => {
    const missing = texts.filter((text) => !catalog[text]);
    if (missing.length === 0) return [];
    const some = missing.slice(0, 5).map((text) => `"${text}"`);
    return [{ path, line: 1, why: `${missing.length} texts are not translated, such as ${some.join(", ")}` }];
  });
}

/** What is wrong with a translation that is there. */
export function wrongTranslations(): Violation[] {
  const { texts } = readScreenTexts();
  return catalogs().flatMap(({ path, code, catalog }) =>
    Object.entries(catalog).flatMap(([text, translation], at): Violation[] => {
      const why = texts.has(text) ? wrongIn(text, translation, code) : "the screen has no such text";
      return why ? [{ path, line: at + 2, why: `"${text}": ${why}` }] : [];
    }),
  );
}

/** Null where the translation fits the text. */
export function wrongIn(text: string, translation: string, code: string): string | null {
  if (translation.trim() === "") return "its translation is empty";
  const edges = (one: string) => `${/^\s*/.exec(one)}|${/\s*$/.exec(one)}`;
  if (edges(text) !== edges(translation)) return "spaces at its ends differ";
  if (!/[{<]/.test(text)) return null; // shown as it is
  try {
    const isPlain = !/<\w+>/.test(text);
    const [ours, theirs] = [namesIn(text, isPlain), namesIn(translation, isPlain)].map((names) =>
      names.toSorted().join(", "),
    );
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

function catalogs(): { path: string; code: string; catalog: Catalog }[] {
  return globSync(`${FOLDER}/*.json`, { cwd: ROOT })
    .toSorted()
    .map((path) => ({
      path: path.replaceAll("\\", "/"),
      code: basename(path, ".json"),
      catalog: JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Catalog,
    }));
}
