// A table of words is made anew when the language changes, and looks like an ordinary object or array meanwhile:
// `const STATES = perLanguage(() => ({ active: t("Active") }))`.

import { spokenNow } from "./t.ts";

export function perLanguage<T extends object>(make: () => T): T {
  let madeFor = spokenNow();
  let made = make();
  const current = (): T => {
    if (madeFor !== spokenNow()) {
      madeFor = spokenNow();
      made = make();
    }
    return made;
  };
  // An empty array or object stands in, so that Array.isArray answers rightly.
  const standIn = (Array.isArray(made) ? [] : {}) as T;
  return new Proxy(standIn, {
    get: (_, name) => Reflect.get(current(), name),
    has: (_, name) => Reflect.has(current(), name),
    ownKeys: () => Reflect.ownKeys(current()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(current(), name),
  });
}
