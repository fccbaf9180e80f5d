// Variables of a text that nothing fills: no variable and no custom field has that name.

import { readyTemplate } from "./mail-template.ts";
import { isVariable } from "./variable-scope.ts";

/** As they are written, each once. Throws what makes the text unreadable. A text with names of its own is left alone. */
export function unknownVariables(place: "subject" | "body", source: string, fieldNames: readonly string[]) {
  const { references, hasLocals } = readyTemplate(place, source).translation;
  if (hasLocals) return [];
  const names = new Map(references.map(({ reference }) => [reference.name, reference.key]));
  return [...names].filter(([, key]) => !isVariable(key, fieldNames)).map(([name]) => name);
}
