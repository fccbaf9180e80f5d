// In how many ways a list is spelled: brackets, numbers, repeats, JSON as text, commas between ids.

import { isObject } from "./params.ts";

/** The list that is meant, or undefined where the caller sent no list. */
export function listFrom(value: unknown): unknown[] | undefined {
  const list = spelled(value);
  // `ids[]=` is how forms and Rails send a list with nothing in it.
  return list?.length === 1 && typeof list[0] === "string" && list[0].trim() === "" ? [] : list;
}

function spelled(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value.every(Array.isArray) ? value.flat() : value;
  if (isObject(value)) {
    const keys = Object.keys(value);
    return keys.every((key) => /^\d{1,6}$/.test(key))
      ? keys.sort((a, b) => Number(a) - Number(b)).map((key) => value[key])
      : undefined;
  }
  if (typeof value === "string") return fromText(value);
  return value === undefined ? undefined : [value];
}

// `["a","b"]` as text, or `a,b` where every part is an id: a name may well contain a comma.
function fromText(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(trimmed);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // not JSON after all: a name may start with a bracket
    }
  }
  const parts = trimmed.split(",").map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => /^[0-9a-f]{24}$/i.test(part)) ? parts : [text];
}
