// Everything that the reader learns from: the grammars, plain talk, and the phrases that the rules look for.

import { readFileSync } from "node:fs";
import { AWAY, DESK, LEFT } from "../../server/domain/receiving/auto-reply-phrases.ts";
import { ALONE, REQUESTS } from "../../server/domain/receiving/opt-out-phrases.ts";
import type { SentenceClass } from "../../server/domain/receiving/reading/classes.ts";
import { CLASSES } from "../../server/domain/receiving/reading/classes.ts";
import {
  DECLINES_PHRASES,
  REFERS_PHRASES,
  WELCOMES_PHRASES,
  WRONG_PERSON_PHRASES,
} from "../../server/domain/receiving/reply-phrases.ts";
import type { Sample } from "./fitting.ts";
import { chanceFrom, pick, type Template, templates } from "./grammar.ts";
import { variantOf } from "./variants.ts";

const VARIANTS = 14;
/** Opt-outs have the most templates: with as many variants of each, a sentence of unknown words would lean to them. */
const VARIANTS_OF_OPT_OUTS = 10;
const VARIANTS_OF_TALK = 10;
const VARIANTS_OF_ANSWERS = 5;
const VARIANTS_OF_PHRASES = 3;

/** Every fifth template is held back where figures are measured, whole. */
export const isHeldBack = ({ line, pattern }: Template) => (line * 7 + pattern.length) % 5 === 0;

export function allTemplates(): { template: Template; variants: number }[] {
  return [
    ...templates().map((template) => ({
      template,
      variants: template.label === "optout" ? VARIANTS_OF_OPT_OUTS : VARIANTS,
    })),
    ...talk().map((template) => ({ template, variants: VARIANTS_OF_TALK })),
    ...answers().map((template) => ({ template, variants: VARIANTS_OF_ANSWERS })),
    ...phrases().map((template) => ({ template, variants: VARIANTS_OF_PHRASES })),
    ...vocabulary().map((template) => ({ template, variants: 1 })),
  ];
}

export function samplesOf(all: readonly { template: Template; variants: number }[], seed: number): Sample[] {
  const chance = chanceFrom(seed);
  const neutral = Map.groupBy(
    all.flatMap(({ template }) => (template.label === "other" ? [template] : [])),
    ({ language }) => language,
  );
  return all.flatMap(({ template, variants }) => {
    const company = neutral.get(template.language) ?? [];
    return Array.from({ length: variants }, () => {
      const text = variantOf(template, company, chance);
      const twice = template.label === "other" && company.length > 0 && chance() < 0.15;
      const whole = twice ? `${text} ${variantOf(pick(company, chance), [], chance)}` : text;
      return { text: whole, label: CLASSES.indexOf(template.label), language: template.language };
    });
  });
}

function talk(): Template[] {
  const source = readFileSync(new URL("./talk/talk.txt", import.meta.url), "utf8");
  return source.split("\n").flatMap((line) => {
    const [language = "", ...sentences] = line.split("|");
    return sentences.map((pattern, at): Template => ({ language, label: "other", pattern, line: at }));
  });
}

/** What people and machines write who want no end of emails. Signs that mean something in a grammar are taken out. */
function answers(): Template[] {
  const source = readFileSync(new URL("./talk/answers.txt", import.meta.url), "utf8");
  return source.split("\n").flatMap((line, at): Template[] => {
    if (line === "" || line.startsWith("#")) return [];
    const [language = "", name, text = ""] = line.split("|");
    const label = CLASSES.find((one) => one === name);
    return label ? [{ language, label, pattern: text.replace(/[(){}]/g, " "), line: at }] : [];
  });
}

/**
 * Names of countries, languages and currencies, in no order: words that mean nothing here. Without them an unknown word
 * of a small language leans to the class that has the most texts.
 */
function vocabulary(): Template[] {
  const chance = chanceFrom(3);
  const languages = [...new Set(templates().map(({ language }) => language))];
  return languages.flatMap((language) => {
    const words = NAMED.flatMap(([type, codes]) => {
      const names = new Intl.DisplayNames(language, { type });
      return codes.split(" ").map((code) => (names.of(code) ?? code).replace(/[(){}|]/g, " "));
    });
    return Array.from({ length: 60 }, (_, line): Template => {
      const length = 1 + Math.floor(chance() * 6);
      const pattern = Array.from({ length }, () => pick(words, chance)).join(" ");
      return { language, label: "other", pattern, line };
    });
  });
}

const NAMED: readonly (readonly ["region" | "language" | "currency", string])[] = [
  [
    "region",
    "DE FR ES IT PT NL SE NO DK FI PL CZ SK HU RO BG HR SI EE LV LT GR IE MT UA RU TR JP KR CN US GB BR IN CA",
  ],
  [
    "region",
    "AU NZ ZA EG MA TN KE NG AR CL PE MX CO VE TH VN ID MY PH SG IL SA AE QA IR IQ PK BD LK NP GE AM AZ KZ UZ",
  ],
  [
    "language",
    "de fr es it pt nl sv no da fi pl cs sk hu ro bg hr sl et lv lt el ga mt uk ru tr ja ko zh en ar he hi",
  ],
  [
    "currency",
    "EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON BGN TRY JPY KRW CNY UAH RUB CAD AUD BRL INR MXN ZAR THB",
  ],
];

const LISTS: readonly (readonly [SentenceClass, Readonly<Record<string, readonly string[]>>])[] = [
  ["optout", ALONE],
  ["optout", REQUESTS],
  ["away", AWAY],
  ["left", LEFT],
  ["ack", DESK],
  ["no", DECLINES_PHRASES],
  ["wrong", WRONG_PERSON_PHRASES],
  ["refer", REFERS_PHRASES],
  ["yes", WELCOMES_PHRASES],
];

/** "…" stands for some words, so any will do. Brackets would be read as choices. */
function phrases(): Template[] {
  return LISTS.flatMap(([label, lists]) =>
    Object.entries(lists).flatMap(([language, list]) =>
      list.map((phrase, line) => ({
        language,
        label,
        line,
        pattern: phrase.replace(/[(){}|]/g, " ").replaceAll("…", "{c}"),
      })),
    ),
  );
}
