// Normalizes addresses. Full-width letters, ligatures and invisible characters come from files and web pages. Without
// this they would make a second address of one that mail servers and suppressions treat as the plain one.

/** With the letters that are meant, and without signs that are not seen (zero width, direction, soft hyphen). */
export function plainSpelling(text: string) {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
}
