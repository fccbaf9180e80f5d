// Every text of the screen is looked up here. The English text is the key, so a text without a translation is
// shown in English. Texts are ICU messages: "{name} saved.", "{n, plural, one {# contact} other {# contacts}}".

import { IntlMessageFormat } from "intl-messageformat";

/** What may be filled in; nothing is shown for null, undefined and booleans, as React does. */
export type Value = string | number | boolean | null | undefined;

/** A text with placeholders needs their values; the check of texts compares the names. */
type Values<Text extends string> = Text extends `${string}{${string}`
  ? [values: Readonly<Record<string, Value>>]
  : [];

/** A catalog: the translation of each English text. */
export type Catalog = Readonly<Record<string, string>>;

type Language = { code: string; catalog: Catalog | null; disguise: ((text: string) => string) | null };

let spoken: Language = { code: "en", catalog: null, disguise: null };
let messages = new Map<string, IntlMessageFormat>();
const listeners = new Set<() => void>();

/** Of the language that is shown: "en", "de". */
export const languageCode = () => spoken.code;

export function t<Text extends string>(text: Text, ...[values]: Values<Text>): string {
  if (values === undefined) return translationOf(text);
  const filled = messageOf(text, true).format<string>(shownValues(values));
  return Array.isArray(filled) ? filled.join("") : filled;
}

/** The parsed message; with `isPlain`, < and > are ordinary characters. Kept, since parsing takes longer than showing. */
export function messageOf(text: string, isPlain: boolean) {
  const key = isPlain ? text : `<${text}`;
  let message = messages.get(key);
  if (!message) {
    message = new IntlMessageFormat(translationOf(text), spoken.code, undefined, { ignoreTag: isPlain });
    messages.set(key, message);
  }
  return message;
}

/** Changes the language of everything that is drawn from now on. `disguise` is for tests: see pseudo.ts. */
export function speak(code: string, catalog: Catalog | null, disguise: Language["disguise"] = null) {
  spoken = { code, catalog, disguise };
  messages = new Map();
  for (const listener of listeners) listener();
}

/** For React's useSyncExternalStore. */
export function onLanguageChange(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes with every change of language. */
export const spokenNow = () => spoken;

function translationOf(text: string) {
  const { catalog, disguise } = spoken;
  if (disguise) return disguise(text);
  return (catalog && Object.hasOwn(catalog, text) && catalog[text]) || text;
}

function shownValues(values: Readonly<Record<string, Value>>) {
  const isShown = (value: Value) => typeof value === "string" || typeof value === "number";
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isShown(value) ? value : ""]),
  );
}
