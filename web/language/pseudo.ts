// A made-up language for tests: every letter gets an accent and every text grows by 40 %. A text without accents is
// outside the catalogs, and a layout that breaks would break in a language with longer words.

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."abcdeghijklnorstuwyzABCDEGHIJKLNORSTUWYZ"].map((letter, at) => [
    letter,
    [..."ȧƀƈḓḗɠħīĵķŀƞǿřşŧŭẇẏẑȦƁƇḒḖƓĦĪĴĶĿȠǾŘŞŦŬẆẎẐ"][at] ?? letter,
  ]),
);

/** Names, syntax and tags of the message stay; its words do not. */
export function pseudo(message: string): string {
  let out = "";
  let depth = 0;
  let letters = 0;
  for (let at = 0; at < message.length; at++) {
    const rest = message.slice(at);
    const syntax =
      /^<\/?\w+>/.exec(rest) ??
      /^\{\w+(?:, number)?\}/.exec(rest) ??
      /^\{\w+, (?:plural|select),/.exec(rest) ??
      (depth > 0 ? /^\s*(?:=\d+|one|other|\w+) \{/.exec(rest) : null);
    if (syntax) {
      if (syntax[0].endsWith("{") || syntax[0].endsWith(",")) depth++;
      out += syntax[0];
      at += syntax[0].length - 1;
      continue;
    }
    const letter = message[at] ?? "";
    if (letter === "}" && depth > 0) depth--;
    if (/\p{L}/u.test(letter)) letters++;
    out += ACCENTED[letter] ?? letter;
  }
  // Longer in words of eight, since no language makes one word of forty letters.
  const more = "~".repeat(Math.ceil(letters * 0.4)).replace(/~{8}(?=~)/g, "~~~~~~~~ ");
  return out + more;
}
