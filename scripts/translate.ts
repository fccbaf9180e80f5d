// npm run translate -- it: begins the catalogs of a language, or brings them to the texts of today.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGE_CODES } from "../contract/languages.ts";
import { completedCatalogs } from "./catalogs.ts";
import { ROOT } from "./packages.mjs";
import { pluralForms } from "./translation-faults.ts";

const nameOf = (code: string) => new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
const codes = process.argv.slice(2);
const wanted = codes.length > 0 ? codes : LANGUAGE_CODES.filter((code) => code !== "en");
const wrong = wanted.find((code) => !/^[a-z]{2,3}$/.test(code) || code === "en");
if (wrong !== undefined) {
  console.error(`"${wrong}" is not the code of a language. Use two or three small letters, such as it.`);
  process.exitCode = 2;
} else for (const code of wanted) complete(code);

function complete(code: string) {
  console.info(`${nameOf(code)} has these plural forms: ${pluralForms(code).join(", ")}`);
  for (const { path, content, untranslated, asInEnglish, removed } of completedCatalogs(code)) {
    writeFileSync(join(ROOT, path), content);
    console.info(
      `${path}: ${untranslated} texts to translate, ${asInEnglish} the same as in English, ${removed} removed because they are gone`,
    );
  }
}
