// The key of a record in files. The first apply writes it down; until then it is made of the name.

type Named = { id: string; name: string; key: string | null };

/** By id. Records without a key whose names make the same one, or one that is taken, are told apart by their ids. */
export function keysOf(records: readonly Named[]): Map<string, string> {
  const taken = new Set(records.flatMap(({ key }) => (key === null ? [] : [key])));
  const wanted = Map.groupBy(
    records.filter(({ key }) => key === null),
    ({ name }) => keyFromName(name),
  );
  return new Map(
    records.map(({ id, name, key }) => {
      if (key !== null) return [id, key];
      const made = keyFromName(name);
      const isOnlyOne = !taken.has(made) && wanted.get(made)?.length === 1;
      return [id, isOnlyOne ? made : `${made}-${id.slice(-8)}`];
    }),
  );
}

/** "Nordic Plants (2026)" is `nordic-plants-2026`. */
export function keyFromName(name: string) {
  const letters = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const key = letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return key.slice(0, 60).replace(/-$/, "") || "unnamed";
}
