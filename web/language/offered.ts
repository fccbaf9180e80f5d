// Made by npm run generate from the catalogs; not to be changed by hand.

/** The languages whose catalog has every text. */
export const OFFERED: readonly string[] = ["en", "de", "es", "fr"];
