// Two who come at once, in an order that hardly ever comes by itself.

import { asOwner } from "./wire.ts";
import { untilHolds } from "./workflowing.ts";
import type { World } from "./world.ts";

/**
 * The first does its work, and awaits what it is handed before it commits. It is kept there until the second waits for it or is
 * through. Answers what both came to.
 */
export async function bothAtOnce<One, Other>(
  world: World,
  first: (beforeCommit: () => Promise<void>) => Promise<One>,
  second: () => Promise<Other>,
): Promise<[One, Other]> {
  const worked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const one = first(() => {
    worked.resolve();
    return released.promise;
  });
  await Promise.race([worked.promise, one]);
  let isThrough = false;
  const other = second().finally(() => {
    isThrough = true;
  });
  other.catch(() => {}); // told below
  await untilHolds(async () => isThrough || (await countWaiting(world)) > 0, Boolean);
  released.resolve();
  return Promise.all([one, other]);
}

/** Begins a transaction that does its work, and then stays open until it is released. */
export async function stayOpen(begin: (untilReleased: () => Promise<void>) => Promise<unknown>) {
  const worked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const staying = begin(() => {
    worked.resolve();
    return released.promise;
  });
  await Promise.race([worked.promise, staying]);
  const release = async () => {
    released.resolve();
    await staying;
  };
  return { release };
}

/** How many sessions of this world's database wait for a lock. Those of other test files are on the same server. */
export function countWaiting(world: World) {
  return asOwner(world, async (client) => {
    const { rowCount } = await client.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and application_name <> 'cadenza-jobs'",
    );
    return rowCount ?? 0;
  });
}
