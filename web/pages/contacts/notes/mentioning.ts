// Names of colleagues in a note: `@` and the beginning of a name asks for them, and `@Eva Lund` stands for the user.

export type Colleague = { id: string; name: string };

/** What is being asked for at the cursor: from which `@`, and by which letters. */
export type Asked = { from: number; letters: string };

/** `@` begins a name where a word may begin, so `ines@example.com` asks for nothing. A name may have two words. */
const AT_CURSOR = /(?:^|[\s(,;])@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/u;

export function askedAt(text: string, cursor: number): Asked | null {
  const letters = AT_CURSOR.exec(text.slice(0, cursor))?.[1];
  return letters === undefined ? null : { from: cursor - letters.length - 1, letters };
}

/** Those with a name that begins like this, or a word of whose name does. */
export function matching<One extends Colleague>(colleagues: readonly One[], letters: string) {
  const wanted = plain(letters);
  return colleagues.filter(({ name }) => {
    const whole = plain(name);
    return whole.startsWith(wanted) || whole.includes(` ${wanted}`);
  });
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function withMention(text: string, { from, letters }: Asked, name: string) {
  const before = `${text.slice(0, from)}@${name} `;
  const after = text.slice(from + 1 + letters.length).replace(/^ /, "");
  return { text: before + after, cursor: before.length };
}

export type Part = { text: string; id: string | null };

/** The text in parts, each a mention or not. Of `Eva` and `Eva Lund` the longer one counts. */
export function partsOf(text: string, colleagues: readonly Colleague[]): Part[] {
  const byLength = colleagues.filter(({ name }) => name).toSorted((a, b) => b.name.length - a.name.length);
  const parts: Part[] = [];
  let rest = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const found = byLength.find(({ name }) => isNamed(text, at, name));
    if (!found) continue;
    const end = at + 1 + found.name.length;
    if (at > rest) parts.push({ text: text.slice(rest, at), id: null });
    parts.push({ text: text.slice(at, end), id: found.id });
    rest = end;
  }
  if (rest < text.length) parts.push({ text: text.slice(rest), id: null });
  return parts;
}

function isNamed(text: string, at: number, name: string) {
  if (/[\p{L}\p{N}.]/u.test(text.charAt(at - 1))) return false; // an email address
  return text.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1 + name.length));
}

/** Of two users with one name, the one that was chosen from the list; both where none was. */
export function mentionedIn(text: string, colleagues: readonly Colleague[], chosen: ReadonlySet<string>) {
  const named = new Set(
    partsOf(text, colleagues).flatMap(({ text: name, id }) => (id ? [name.slice(1)] : [])),
  );
  const byName = Map.groupBy(
    colleagues.filter(({ name }) => named.has(name)),
    ({ name }) => name,
  );
  return [...byName.values()].flatMap((same) => {
    const picked = same.filter(({ id }) => chosen.has(id));
    return (picked.length > 0 ? picked : same).map(({ id }) => id);
  });
}
