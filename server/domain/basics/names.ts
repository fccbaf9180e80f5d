// A name typed in one field, as the two that Apollo keeps: the last word is the last name.

export function splitName(name: string): { firstName: string | null; lastName: string | null } {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length < 2) return { firstName: words[0] ?? null, lastName: null };
  return { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? null };
}

/** A user's display name: their name, or their address while they have given none. */
export function nameOf(person: { firstName: string | null; lastName: string | null; email: string }) {
  return [person.firstName, person.lastName].filter(Boolean).join(" ") || person.email;
}
