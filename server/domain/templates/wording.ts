// How words are put for a sentence: a company as people say it, a title in another case or in the plural.

// Behind a name, whatever stands between: "Norrland Kraft AB (publ)", "Apollo, Inc.". Never the whole name.
const LEGAL_FORM = new RegExp(
  `(?<=[^\\s,])[\\s,]+(?:${[
    ...[
      "inc",
      "incorporated",
      "llc",
      "l\\.l\\.c",
      "llp",
      "lp",
      "ltd",
      "limited",
      "corp",
      "corporation",
      "plc",
      "pllc",
    ],
    ...[
      "gmbh(?: & co\\.? kg)?",
      "ag",
      "kg",
      "ug",
      "se",
      "ab(?: \\(publ\\))?",
      "as",
      "asa",
      "a/s",
      "aps",
      "oy",
      "oyj",
    ],
    ...[
      "bv",
      "b\\.v",
      "nv",
      "n\\.v",
      "sa",
      "s\\.a",
      "sas",
      "sarl",
      "s\\.r\\.l",
      "srl",
      "spa",
      "s\\.p\\.a",
      "sl",
      "s\\.l",
    ],
    ...[
      "pty(?:\\.? ltd)?",
      "pte(?:\\.? ltd)?",
      "pvt(?:\\.? ltd)?",
      "sp\\. z o\\.o",
      "s\\.r\\.o",
      "kft",
      "zrt",
    ],
  ].join("|")})\\.?\\s*$`,
  "iu",
);

/** "Apollo, Inc." is "Apollo" in a sentence. */
export function spokenName(name: string | null) {
  return name && (name.slice(0, 300).replace(LEGAL_FORM, "") || name);
}

/** Capitals that are there stay: a "VP of sales" is a "VP Of Sales". */
export function capitalizedWords(text: string) {
  return text.replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** The last word in the plural, as English does it. */
export function plural(text: string) {
  const word = text.length > 500 ? "" : (/(?<!\p{L})\p{L}+$/u.exec(text)?.[0] ?? "");
  const before = text.slice(0, text.length - word.length);
  return word === "" ? text : before + pluralWord(word);
}

function pluralWord(word: string) {
  if (/person$/i.test(word)) return word.replace(/erson$/i, "eople");
  if (/(?<!hu|ger|ro)man$/i.test(word)) return word.replace(/an$/i, "en");
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  if (/[^s]s$/i.test(word)) return word; // sales, operations
  return word + (/(?:ss|x|z|ch|sh)$/i.test(word) ? "es" : "s");
}
