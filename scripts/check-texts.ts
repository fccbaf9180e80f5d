// Every text of the screen and of the server is in the catalogs and asks for the values that it is given. Every catalog has it, and what
// it has fits.

import { missingTranslations, unmatchedLanguages, wrongTranslations } from "./catalogs.ts";
import { readScreenTexts } from "./screen-texts.ts";
import { readServerTexts } from "./server-texts.ts";

const violations = [
  ...readScreenTexts().violations,
  ...readServerTexts().violations,
  ...unmatchedLanguages(),
  ...missingTranslations(),
  ...wrongTranslations(),
];
for (const { path, line, why } of violations) console.error(`${path}:${line} ${why}`);
if (violations.length > 0) process.exitCode = 1;
