// The languages of the screen and of the server's sentences. Each has its name in itself, as its speakers look for it.

export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
} as const satisfies Readonly<Record<string, string>>;

export type Language = keyof typeof LANGUAGES;

/** English is the language of the texts themselves, so it has no catalog. */
export type TranslatedLanguage = Exclude<Language, "en">;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as [Language, ...Language[]];

export const isLanguage = (code: string): code is Language => Object.hasOwn(LANGUAGES, code);
