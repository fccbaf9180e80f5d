// Normalizes addresses. Full-width letters, ligatures and invisible characters come from files and web pages. Without
// this they would make a second address of one that mail servers and suppressions treat as the plain one.

/** With the letters that are meant, and without signs that are not seen (zero width, direction, soft hyphen). */
export function plainSpelling(text: string) {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
}

const LONGEST = 400; // longer texts are rare, and each would be kept

/**
 * The answers of a pure function about addresses or hosts, which come again and again: about each mail they are asked at planning,
 * at the claim and at the gate. All are forgotten at once where there are too many, which is cheaper for each question than knowing
 * which was used last.
 */
export function remembered<T>(work: (text: string) => T, most = 5_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text);
    if (answer !== undefined) return answer;
    const made = work(text);
    if (text.length > LONGEST) return made;
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
