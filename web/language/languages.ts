// The languages of the screen: which one is shown, and how its catalog is loaded. English needs no catalog, so a
// screen in English loads nothing more.

import { LANGUAGES, type TranslatedLanguage } from "@cadenza/contract/languages";
import { OFFERED } from "./offered.ts";
import { type Catalog, speak } from "./t.ts";

type Loaded = { catalog: Catalog | null; disguise?: (text: string) => string };

type Loader = () => Promise<Loaded>;

const LOADERS: Readonly<Record<TranslatedLanguage | "pseudo", Loader>> = {
  de: async () => {
    await import("dayjs/locale/de.js"); // the names of months and days in calendars
    return { catalog: (await import("./catalogs/de.json")).default };
  },
  fr: async () => {
    await import("dayjs/locale/fr.js"); // the names of months and days in calendars
    return { catalog: (await import("./catalogs/fr.json")).default };
  },
  es: async () => {
    await import("dayjs/locale/es.js"); // the names of months and days in calendars
    return { catalog: (await import("./catalogs/es.json")).default };
  },
  // For tests: shows which texts are outside the catalogs, and which layouts break with longer words.
  pseudo: async () => ({ catalog: null, disguise: (await import("./pseudo.ts")).pseudo }),
};

/** The languages that can be chosen: those whose catalog is complete. */
export const CHOICES = Object.entries(LANGUAGES)
  .map(([value, label]) => ({ value, label }))
  .filter(({ value }) => OFFERED.includes(value));

const CHOSEN = "cadenza-language";

/** Before the first page is drawn. */
export async function startLanguage() {
  await show(choose(readChosen(), navigator.languages));
}

/** The language a user picked, else the first of the browser's that there is. */
export function choose(picked: string | null, wished: readonly string[]) {
  if (picked !== null && (picked === "pseudo" || OFFERED.includes(picked))) return picked;
  const codes = wished.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return codes.find((code) => OFFERED.includes(code)) ?? "en";
}

/**
 * What the signed-in user has chosen; null: the browser's language. Kept in this browser too, so that the next page is
 * in this language from its first word.
 */
export async function followProfile(code: string | null) {
  const kept = readChosen();
  if (kept === "pseudo") return;
  if (kept !== code) keep(code);
  await show(choose(code, navigator.languages));
}

/** Storage may be forbidden; then each page begins in the browser's language. */
function keep(code: string | null) {
  try {
    if (code === null) localStorage.removeItem(CHOSEN);
    else localStorage.setItem(CHOSEN, code);
  } catch {}
}

let shown = "";

async function show(code: string) {
  if (code === shown) return;
  const { catalog, disguise } = await load(code);
  const isEnglish = catalog === null && !disguise;
  shown = isEnglish ? "en" : code; // a catalog that could not be loaded is tried again
  speak(isEnglish ? "en" : code, catalog, disguise);
  document.documentElement.lang = isEnglish || disguise ? "en" : code;
}

/** A catalog that cannot be loaded must not keep anyone from working: the screen is then in English. */
async function load(code: string): Promise<Loaded> {
  try {
    return Object.hasOwn(LOADERS, code) ? await LOADERS[code as keyof typeof LOADERS]() : { catalog: null };
  } catch {
    return { catalog: null };
  }
}

function readChosen() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}
