// What work costs as its input grows: processor time of this thread, so other work on the machine does not count, and
// compared only with the same work on a smaller input, so a slow machine does not either. Work that grows with the
// square of its input costs sixteen times as much for four times the input; linear work four times.

import assert from "node:assert/strict";

const TIMES = 4;
const ALLOWED = 2.5 * TIMES;
/** Below this a measurement says more about the clock than about the work. */
const LEAST_MICROS = 2_000;

/** `prepare` makes the input, which is not measured, and answers the work on it. */
export async function assertLinear(what: string, largest: number, prepare: (size: number) => () => unknown) {
  const small = await cheapest(prepare(Math.ceil(largest / TIMES)));
  const large = await cheapest(prepare(largest));
  assert.ok(
    large <= ALLOWED * Math.max(small, LEAST_MICROS),
    `${what}: ${TIMES} times the input costs ${(large / small).toFixed(1)} times as much (${small} and ${large} µs)`,
  );
}

/** The least of three: what else the thread did in between only adds. */
async function cheapest(work: () => unknown) {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3; tries++) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}
