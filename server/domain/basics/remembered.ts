// The answers of a pure function about texts that come again and again, such as the host of an address. What is asked about a
// mail is asked at planning, at the claim and at the gate.

const LONGEST = 400; // longer texts are rare, and each would be kept

/** Forgets all of them at once where there are too many: cheaper for each question than knowing which was used last. */
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
