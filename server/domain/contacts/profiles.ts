// Profiles by their addresses. An address may contain letters as they are, or as `%C3%BC`: searches look for both.

/** Null where none is named. */
export function profilesIn(said: readonly (string | undefined)[]): readonly string[] | null {
  const told = said.map((url) => url?.trim() ?? "").filter(Boolean);
  return told.length > 0 ? [...new Set(told.flatMap(spellingsOf))] : null;
}

function spellingsOf(url: string): string[] {
  const plain = decoded(url);
  return plain === null ? [url] : [url, plain, encodeURI(plain)];
}

function decoded(url: string) {
  try {
    return decodeURI(url);
  } catch {
    return null;
  }
}
