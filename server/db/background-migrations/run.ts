// Goes on with a background migration until it has ended, in batches that take a fraction of a second.

import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { changeBlocks } from "./batch.ts";
import type { BackgroundMigration } from "./files.ts";

export type End = { is: "over" } | { is: "stuck"; error: string } | { is: "stopped" };

type Pace = {
  /** Whether it rests as long as it works: nobody waits for it, and emails go out meanwhile. */
  rests: boolean;
  stopping?: AbortSignal;
};

const FIRST = 16;
/** Empty blocks are passed in no time, and full ones may come next: these are then some thousand rows. */
const MOST = 256;
const SHORT_MS = 250;
const LONG_MS = 1_000;
const [LEAST_REST_MS, MOST_REST_MS, WAIT_MS] = [20, 2_000, 500];

export async function runBackground(
  client: pg.Client,
  migration: BackgroundMigration,
  { rests, stopping }: Pace,
): Promise<End> {
  const rest = (ms: number) => sleep(ms, undefined, { signal: stopping }).catch(() => {});
  for (let blocks = FIRST; !stopping?.aborted; ) {
    const outcome = await changeBlocks(client, migration, blocks);
    switch (outcome.is) {
      case "over":
      case "stuck":
        return outcome;
      case "waiting":
        await rest(WAIT_MS);
        break;
      case "too large":
        blocks = Math.max(1, Math.floor(blocks / 8));
        break;
      case "more": {
        const { tookMs } = outcome;
        if (rests) await rest(Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs)));
        if (tookMs < SHORT_MS) blocks = Math.min(MOST, blocks * 2);
        else if (tookMs > LONG_MS) blocks = Math.max(1, Math.floor(blocks / 2));
      }
    }
  }
  return { is: "stopped" };
}
