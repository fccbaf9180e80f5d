// Numbers of employees as Apollo writes them: `1,10`, `10001,` and `,50`.

export type SizeRange = { min: number | null; max: number | null };

const RANGE = /^(\d{1,15})?\s*,\s*(\d{1,15})?$/;

/** Null where it is no range. */
export function readSizeRange(text: string): SizeRange | null {
  const [whole, min, max] = RANGE.exec(text.trim()) ?? [];
  if (whole === undefined || (min === undefined && max === undefined)) return null;
  return { min: min === undefined ? null : Number(min), max: max === undefined ? null : Number(max) };
}
