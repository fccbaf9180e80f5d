// What was typed into a search, as the parts that must each occur.

export function searchWords(text: string | undefined) {
  return [...new Set((text ?? "").toLowerCase().split(/\s+/).filter(Boolean))].slice(0, 8);
}
