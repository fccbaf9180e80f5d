/**
 * How long a test waits for what must happen. It decides when a broken product is reported, never whether a right one
 * passes: a machine may be ten times slower than the one a test was written on, and do other work besides.
 */
export const PATIENCE_MS = 300_000;

/**
 * How long a test rests before it asks again, by how long the last answer took: a question that costs much, asked without
 * a pause, would take the processor from what the test waits for.
 */
export function restMs(tookMs: number) {
  return Math.min(500, Math.max(25, 2 * tookMs));
}
