// What a user is writing, in the tab's own storage: it outlives a reload and an ended session, and ends with the tab or by signing out.

const MARK = "cadenza-kept-";

export function keptPlace(userId: string, place: string) {
  return `${MARK}${userId}-${place}`;
}

/** `base`: what was saved when it was begun. */
export type Begun<Value> = { base: Value; mine: Value };

export function readBegun<Value>(place: string): Begun<Value> | null {
  const kept = readKept<Begun<Value>>(place);
  return kept !== null && typeof kept === "object" && "base" in kept && "mine" in kept ? kept : null;
}

export function readKept<Value>(place: string): Value | null {
  try {
    const text = sessionStorage.getItem(place);
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null; // storage may be forbidden; then it lives as long as the page
  }
}

export function keptPlaces(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((place) => place.startsWith(prefix));
  } catch {
    return [];
  }
}

export function writeKept(place: string, value: unknown) {
  try {
    if (value === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(value));
  } catch {}
}

/** At signing out: the next user of this browser must not find it. */
export function forgetKept() {
  for (const place of keptPlaces(MARK)) writeKept(place, null);
}
