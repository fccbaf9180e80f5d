// Dates and numbers in the language that is shown. A format is made once for each language, since making one takes
// longer than drawing a row.

import { languageCode } from "./t.ts";

/** English dates are written as in Europe (4 Sep 2026), and so are dates in the other languages. */
const REGION: Readonly<Record<string, string>> = { en: "en-GB", pseudo: "en-GB" };

function perRegion<Format>(make: (region: string) => Format): () => Format {
  const made = new Map<string, Format>();
  return () => {
    const region = REGION[languageCode()] ?? languageCode();
    const known = made.get(region);
    if (known !== undefined) return known;
    const format = make(region);
    made.set(region, format);
    return format;
  };
}

export function dateFormat(options: Intl.DateTimeFormatOptions) {
  const current = perRegion((region) => new Intl.DateTimeFormat(region, options));
  return { format: (at?: Date | number) => current().format(at) };
}

/** `english`: the region whose way is followed in English. */
export function numberFormat(options: Intl.NumberFormatOptions = {}, english = REGION.en) {
  const current = perRegion(
    (region) => new Intl.NumberFormat(region === REGION.en ? english : region, options),
  );
  return { format: (n: number) => current().format(n) };
}

export function listFormat(options: Intl.ListFormatOptions = {}) {
  const current = perRegion((region) => new Intl.ListFormat(region, options));
  return { format: (words: Iterable<string>) => current().format(words) };
}

export function relativeFormat(options: Intl.RelativeTimeFormatOptions) {
  const current = perRegion((region) => new Intl.RelativeTimeFormat(region, options));
  return { format: (n: number, unit: Intl.RelativeTimeFormatUnit) => current().format(n, unit) };
}

/** Words from A to Z as the language has it, numbers within them by their size. */
export function wordOrder() {
  const current = perRegion((region) => new Intl.Collator(region, { numeric: true, sensitivity: "base" }));
  return (one: string, other: string) => current().compare(one, other);
}

/** A label within a sentence: in small letters, except in German, where nouns keep their capital. */
export function inSentence(label: string) {
  return languageCode() === "de" ? label : label.toLowerCase();
}
