// A forecast may take seconds of thinking, so it is thought in a thread of its own, and this one goes on answering. One after the other:
// several at once would only slow each other, and the mails, down.

import { Worker } from "node:worker_threads";
import type { EndingsSeen, ForecastBand } from "../../../domain/insight/forecast-band.ts";
import type { ForecastFacts } from "../../../domain/insight/forecast-facts.ts";
import type { ForecastResult } from "../../../domain/insight/forecast-tally.ts";
import { Refusal } from "../../../kernel/refusal.ts";

const WORKER = new URL("./forecast-worker.ts", import.meta.url);
const LONGEST_MS = 120_000;
const MOST_WAITING = 10;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** `seen`: what likely contacts are reckoned from; null where nobody asks for that. */
export type ForecastWork = { facts: ForecastFacts; seen: EndingsSeen | null };
type Forecast = ForecastResult & { band: ForecastBand | null };

export async function forecastApart(
  facts: ForecastFacts,
  seen: EndingsSeen | null = null,
): Promise<Forecast> {
  if (waiting >= MOST_WAITING) throw new Refusal("forecasts_busy");
  waiting++;
  const turn = last.then(() => think({ facts, seen }));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    waiting--;
  }
}

function think(work: ForecastWork) {
  const { promise, resolve, reject } = Promise.withResolvers<Forecast>();
  const worker = new Worker(WORKER, { workerData: work, resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  const late = setTimeout(() => reject(new Refusal("forecasts_busy")), LONGEST_MS);
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("messageerror", reject);
  worker.once("exit", (code) => reject(new Error(`the forecast's thread ended with ${code}`)));
  return promise.finally(() => {
    clearTimeout(late);
    void worker.terminate();
  });
}
