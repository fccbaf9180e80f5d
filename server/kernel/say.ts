// Sentences for people, in the language of the caller. The English text is the key, as on the screen, so a sentence
// without a translation is said in English. Texts are ICU messages: "{name} replied.", "{n, plural, one {# email} other {# emails}}".

import { IntlMessageFormat } from "intl-messageformat";

/** How a language is spoken: the translation of each text, and for tests a disguise instead. */
export type Speech = {
  code: string;
  catalog: Readonly<Record<string, string>>;
  disguise?: (text: string) => string;
};

/** A text with placeholders needs its facts; the check of texts compares the names. */
type Facts<Text extends string> = Text extends `${string}{${string}`
  ? [facts: Readonly<Record<string, unknown>>]
  : [];

let heard: () => Speech | null = () => null;

/** Tells where the language of the current work is known. Without it, and outside of any, it is English. */
export function listenTo(source: () => Speech | null) {
  heard = source;
}

export const spokenLanguage = () => heard()?.code ?? "en";

/** For dates and numbers. English ones are written as in Europe: 4 September 2026. */
export function spokenRegion() {
  const code = spokenLanguage();
  return code.length === 2 && code !== "en" ? code : "en-GB";
}

export function say<Text extends string>(text: Text, ...[facts]: Facts<Text>): string {
  return facts === undefined ? translated(text, heard()) : sayWith(text, facts);
}

/** A text out of a table, whose placeholders the compiler does not see. */
export function sayWith(text: string, facts: Readonly<Record<string, unknown>>): string {
  const speech = heard();
  const message = messageOf(text, speech);
  return typeof message === "string"
    ? message.replace(/\{(\w+)\}/g, (_, name: string) =>
        Object.hasOwn(facts, name) ? shown(facts[name]) : "",
      )
    : String(
        message.format(
          Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, countable(value)])),
        ),
      );
}

/** Marks one text that is said later, so that it is listed for translation. */
export const toSay = <Text extends string>(text: Text): Text => text;

/**
 * A table of texts, each of which is said in the current language when it is read: `texts({ replied: "The contact replied." })`.
 */
export function texts<const Table extends object>(table: Table): Table {
  return new Proxy(table, { get: (target, key, itself) => textIn(Reflect.get(target, key, itself), key) });
}

/** Codes, and calls of the API: what stands in a table for programs. */
export const isForPrograms = (key: string, value: string) =>
  /^(?:code|level|kind|row|scope)$/.test(key) ||
  /^[a-z]+(?:_[a-z]+)+$|^(?:GET|POST|PUT|PATCH|DELETE) \//.test(value);

function textIn(value: unknown, key: string | symbol) {
  if (heard() === null || typeof key === "symbol") return value;
  if (typeof value === "string") return isForPrograms(key, value) ? value : say(value);
  const isTable = Array.isArray(value) || (typeof value === "object" && value !== null);
  return isTable ? texts(value) : value;
}

/** Parsing takes longer than filling in. All texts stand in the code, so their number is limited. */
const parsed = new Map<string, IntlMessageFormat | string>();

function messageOf(text: string, speech: Speech | null) {
  const key = `${speech?.code ?? "en"} ${text}`;
  let message = parsed.get(key);
  if (message === undefined) {
    const said = translated(text, speech);
    message = /\{\w+,/.test(said)
      ? new IntlMessageFormat(said, speech?.disguise ? "en" : speech?.code, undefined, { ignoreTag: true })
      : said;
    parsed.set(key, message);
  }
  return message;
}

function translated(text: string, speech: Speech | null): string {
  if (speech === null) return text;
  if (speech.disguise) return speech.disguise(text);
  return Object.hasOwn(speech.catalog, text) ? (speech.catalog[text] as string) : text;
}

/** "one, two and three" */
export function listed(words: readonly string[], joined: "and" | "or" = "and") {
  const type = joined === "and" ? "conjunction" : "disjunction";
  const key = `${spokenRegion()} ${type}`;
  const format = lists.get(key) ?? new Intl.ListFormat(spokenRegion(), { type });
  lists.set(key, format);
  return format.format(words);
}

const lists = new Map<string, Intl.ListFormat>();

/** The day of a time or date that is kept as it goes over the wire: 2 December 2026. */
export function dayWords(at: unknown) {
  const text = String(at).slice(0, 10);
  const day = Date.parse(text);
  if (Number.isNaN(day)) return text;
  const region = spokenRegion();
  const format = days.get(region) ?? new Intl.DateTimeFormat(region, { dateStyle: "long", timeZone: "UTC" });
  days.set(region, format);
  return format.format(day);
}

const days = new Map<string, Intl.DateTimeFormat>();

const shown = (value: unknown) => (value === null || value === undefined ? "" : String(value));

/** A number that counts something is given as it is; everything else as its words. */
const countable = (value: unknown) => (typeof value === "number" ? value : shown(value));
