// Which functions run in this thread while something is done: what another thread does is not among them. So a test shows where
// work is done, and not how long it takes.

import { Session } from "node:inspector/promises";

type Called = { file: string; name: string };

export async function called(work: () => Promise<unknown>): Promise<Called[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await session.post("Profiler.takePreciseCoverage"); // what ran before is counted no more
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    return result.flatMap(({ url, functions }) =>
      functions
        .filter(({ ranges }) => ranges.some(({ count }) => count > 0))
        .map(({ functionName }) => ({ file: url, name: functionName })),
    );
  } finally {
    session.disconnect();
  }
}
