// What a header may contain. Words for people (names, subjects, file names) are cleaned; what machines read (ids,
// URLs, addresses) is right or is not printed.
//
// Easy to get wrong: a line break in any value begins a header of the writer's choice, two of them begin the body.
// And "=?utf-8?q?=0D=0A…" is a line break to a reader that decodes it.

const LONGEST_WORDS = 500;

/** One line of text, with nothing in it that a mail program would decode or obey. */
export function plainWords(text: string) {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "") // what turns the direction of what follows
    .replaceAll("=?", "= ?")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, LONGEST_WORDS)
    .toWellFormed();
}

/** Without the folders before it, whichever machine's. */
export function plainFileName(name: string) {
  const last = plainWords(name).split(/[\\/]/).at(-1) ?? "";
  return (
    last
      .replace(/["<>|:*?]/g, "_")
      .replace(/^\.+/, "")
      .slice(-150) || "attachment"
  );
}

/** `<left@right>`, as others made it: quoted parts are left out of chains rather than repeated. */
export function isMessageId(text: string) {
  return (
    text.length <= 250 && /^<[^\s<>@"()[\],;:\\]+@[^\s<>@"(),;\\]+>$/.test(text) && !/[^\x21-\x7e]/.test(text)
  );
}

/** An address on the web as it can stand between angle brackets. */
export function isPrintableUrl(text: string) {
  return (
    text.length <= 900 &&
    /^https?:\/\/[\x21-\x7e]+$/.test(text) &&
    !/[<>"\\]/.test(text) &&
    URL.canParse(text)
  );
}

export function isContentType(text: string) {
  return /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,80}$/i.test(text) && !/^(?:multipart|message)\//i.test(text);
}

/** A body's text without what no mail may carry. */
export function plainBody(text: string) {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n") // a lone CR is a line end to some, and a dot behind it the end of the mail
    .replace(/[^\P{Cc}\t\n]/gu, "");
}
