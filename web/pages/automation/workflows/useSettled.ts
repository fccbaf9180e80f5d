import { useDebouncedValue } from "@mantine/hooks";

const AFTER_MS = 500;

/** A value once it stands still: what changes with each letter is not asked for with each letter. */
export function useSettled<T>(value: T): T {
  const [text] = useDebouncedValue(JSON.stringify(value), AFTER_MS);
  return JSON.parse(text) as T;
}
