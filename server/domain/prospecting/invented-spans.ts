// Making up a hundred thousand people is long work, done in spans that each take a moment: companies first, since people
// work for them.

export type InventedSpan = { what: "people" | "organizations"; from: number; to: number };

/** Saving a person waits while one of these is written, so it is small: a save waits for one at most. */
export const SPAN = 500;

export function spansOf(wanted: { people: number; organizations: number }): InventedSpan[] {
  return (["organizations", "people"] as const).flatMap((what) =>
    Array.from({ length: Math.ceil(wanted[what] / SPAN) }, (_, n) => ({
      what,
      from: n * SPAN + 1,
      to: Math.min(wanted[what], (n + 1) * SPAN),
    })),
  );
}
