// How people type the same sentence: without accents, in capitals, with errors, in one breath with a greeting.

import { type Chance, pick, sentenceFrom, type Template } from "./grammar.ts";

/** `company` are the sentences without a meaning of their own that may stand around it. */
export function variantOf(template: Template, company: readonly Template[], chance: Chance): string {
  let text = sentenceFrom(template, chance);
  const roll = chance();
  if (roll < 0.16) text = withoutAccents(text);
  else if (roll < 0.26) text = mistyped(text, chance);
  else if (roll < 0.32) text = text.toUpperCase();
  else if (roll < 0.5) text = text.toLowerCase();
  const isAlone = company.length === 0 || template.label === "other";
  if (!isAlone && chance() < 0.22) {
    const beside = sentenceFrom(pick(company, chance), chance);
    text = chance() < 0.6 ? `${beside}, ${text}` : `${text} ${beside}`;
  }
  return text + pick(["", "", ".", "!", "..", " :)"], chance);
}

const withoutAccents = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");

function mistyped(text: string, chance: Chance) {
  const letters = [...text];
  const at = Math.floor(chance() * Math.max(1, letters.length - 1));
  const kind = chance();
  if (kind < 0.4) letters.splice(at, 1);
  else if (kind < 0.7) letters.splice(at, 2, letters[at + 1] ?? "", letters[at] ?? "");
  else letters.splice(at, 0, letters[at] ?? "");
  return letters.join("");
}
