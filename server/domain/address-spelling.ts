// One address is one text: letters of double width, ligatures and signs that nobody sees come from files and web pages, and would
// make an address of its own of what every mail server and every bar means by the plain one.

/** With the letters that are meant, and without signs that are not seen (zero width, direction, soft hyphen). */
export function plainSpelling(text: string) {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
}
