// What is wrong with one translation: it loses or invents a placeholder, a tag or a case, or uses a plural form that its language does not have.

import { casesIn, namesIn } from "./screen-texts.ts";

/** Null where the translation fits the text. */
export function wrongIn(text: string, translation: string, code: string, isOfServer = false): string | null {
  if (translation.trim() === "") return "its translation is empty";
  const edges = (one: string) => `${/^\s*/.exec(one)}|${/\s*$/.exec(one)}`;
  if (edges(text) !== edges(translation)) return "spaces at its ends differ";
  if (!/[{<]/.test(text)) return null; // shown as it is
  try {
    const names = differ(namesOf(text, isOfServer), namesOf(translation, isOfServer));
    if (names) return `of its placeholders and tags, ${names}`;
    const ours = casesOf(text, isOfServer);
    const cases = differ(ours, casesOf(translation, isOfServer).filter(isCaseOf(ours)));
    if (cases) return `of its cases, ${cases}: the words before the inner braces stay English`;
  } catch (error) {
    return `its translation is no ICU message: ${error instanceof Error ? error.message : error}`;
  }
  const unknown = pluralFormsIn(translation).find((form) => !pluralForms(code).includes(form));
  return unknown ? `${code} has no plural form "${unknown}", only ${pluralForms(code).join(", ")}` : null;
}

/** "one", "other": those that a language distinguishes. */
export const pluralForms = (code: string) =>
  new Intl.PluralRules(code).resolvedOptions().pluralCategories as readonly string[];

const pluralFormsIn = (text: string) =>
  [...text.matchAll(/(?<=\{|\s)(zero|one|two|few|many|other) \{/g)].map(([, form = ""]) => form);

function differ(ours: readonly string[], theirs: readonly string[]) {
  const missing = ours.filter((one) => !theirs.includes(one));
  const unknown = theirs.filter((one) => !ours.includes(one));
  const said = [
    ...(missing.length > 0 ? [`${missing.join(", ")} missing`] : []),
    ...(unknown.length > 0 ? [`${unknown.join(", ")} not in the English text`] : []),
  ];
  return said.length > 0 ? said.join(", and ") : null;
}

/** The server has no tags in its texts, and fills in a text without plurals as it is: {"rules": []} may stand in it. */
function namesOf(text: string, isOfServer: boolean) {
  if (!isOfServer) return namesIn(text, !/<\w+>/.test(text));
  if (isMessage(text)) return namesIn(text, true);
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))];
}

/** A translation may choose between words where the English text shows a code, so only cases of the same placeholder are compared. */
function isCaseOf(ours: readonly string[]) {
  const names = new Set(ours.map((one) => one.split(" ")[0]));
  return (one: string) => names.has(one.split(" ")[0]);
}

function casesOf(text: string, isOfServer: boolean) {
  if (isOfServer && !isMessage(text)) return [];
  return casesIn(text, isOfServer || !/<\w+>/.test(text));
}

const isMessage = (text: string) => /\{\w+,/.test(text);
