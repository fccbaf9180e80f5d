// Where one was in a list, for coming back to it: kept as long as the page lives, by list and question.

const places = new Map<string, number>();

let last = { of: "", name: "" };

/** The same list with another filter is another place. Asked at every turn of the wheel, and told apart once. */
function nameOf(storageKey: string) {
  const of = storageKey + location.pathname + location.search;
  if (last.of === of) return last.name;
  const asked = new URLSearchParams(location.search);
  for (const name of ["peek", "open", "do"]) asked.delete(name);
  last = { of, name: `${storageKey} ${location.pathname}?${asked}` };
  return last.name;
}

export function keepPlace(storageKey: string, offset: number) {
  places.set(nameOf(storageKey), offset);
}

export function placeKept(storageKey: string) {
  return places.get(nameOf(storageKey)) ?? 0;
}
