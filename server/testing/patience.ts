/**
 * How long a test waits for what must happen. It decides when a broken product is reported, never whether a right one
 * passes: a machine may be ten times slower than the one a test was written on, and do other work besides.
 */
export const PATIENCE_MS = 300_000;
