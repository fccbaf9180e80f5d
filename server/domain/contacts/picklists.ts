// What a new list of choices does to the old one.
//
// The list is given in full. A choice that is no longer named is gone, and records that had it lose it, unless a
// choice that stays takes them over (`reassignFrom`). Easy to get wrong: two choices may not take over the same one,
// and a choice that stays keeps its records, so it cannot be taken over.

export type Option = { id: string; name: string };
export type OptionWish = { id: string | null; name: string; reassignFrom: readonly string[] };
export type OptionMove = { from: string; to: string | null };

export type PicklistPlan =
  | { problem: "empty" | "option_not_found" | "option_twice" }
  | { problem: null; options: Option[]; moves: OptionMove[] };

export function planPicklist(
  known: readonly Option[],
  wished: readonly OptionWish[],
  newId: () => string,
): PicklistPlan {
  if (wished.length === 0) return { problem: "empty" };
  const knownIds = new Set(known.map(({ id }) => id));
  const kept = wished.flatMap(({ id }) => (id === null ? [] : [id]));
  const taken = wished.flatMap(({ reassignFrom }) => reassignFrom);
  if (![...kept, ...taken].every((id) => knownIds.has(id))) return { problem: "option_not_found" };
  const names = wished.map(({ name }) => name.trim().toLowerCase());
  if (hasTwice(names) || hasTwice([...kept, ...taken])) return { problem: "option_twice" };

  const options = wished.map(({ id, name }) => ({ id: id ?? newId(), name: name.trim() }));
  const heirs = new Map(
    wished.flatMap(({ reassignFrom }, at) => reassignFrom.map((from) => [from, options[at]?.id ?? null])),
  );
  const gone = known.filter(({ id }) => !kept.includes(id));
  return { problem: null, options, moves: gone.map(({ id }) => ({ from: id, to: heirs.get(id) ?? null })) };
}

function hasTwice(values: readonly string[]) {
  return new Set(values).size < values.length;
}
