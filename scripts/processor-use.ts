// How busy the processors were during a run: near 100 %, only less work makes it shorter; far below, more files at once do.

import { cpus } from "node:os";

type Times = { busy: number; idle: number };

/** Of all processors since the machine started, with everything else that ran on it. */
export function processorTimes(): Times {
  return cpus().reduce(
    ({ busy, idle }, { times }) => ({
      busy: busy + times.user + times.nice + times.sys + times.irq,
      idle: idle + times.idle,
    }),
    { busy: 0, idle: 0 },
  );
}

export function processorUse(before: Times, after: Times) {
  const busy = after.busy - before.busy;
  const all = busy + after.idle - before.idle;
  return `The processors were busy ${all > 0 ? Math.round((100 * busy) / all) : 0} % of the time.`;
}
