// Answers as lists of what stands where, so that two can be compared.

/** Every value with its place, as in `contacts[0].account.name`. */
export function flat(value: unknown, place = "", found = new Map<string, string>()) {
  if (typeof value !== "object" || value === null) found.set(place, steady(value));
  else {
    found.set(place, Array.isArray(value) ? `${value.length} in a list` : "an object");
    for (const [key, inner] of Object.entries(value))
      flat(inner, Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`, found);
  }
  return found;
}

/** The time of the call itself is no difference: two calls may fall into one second or into two. */
function steady(value: unknown) {
  const isTime = typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value);
  return isTime && Math.abs(Date.parse(value) - Date.now()) < AROUND_NOW_MS ? "now" : JSON.stringify(value);
}

const AROUND_NOW_MS = 50 * 60_000;

export type Flat = ReturnType<typeof flat>;

/** Where they differ, a value that only one of them has included. */
export function differences(one: Flat, other: Flat): string[] {
  const places = new Set([...one.keys(), ...other.keys()]);
  return [...places].filter((place) => one.get(place) !== other.get(place));
}
