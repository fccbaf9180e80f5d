// The feed ends before the oldest transaction that is open on the server, and other tests have some open.

import { setTimeout as sleep } from "node:timers/promises";
import { asOwner } from "./wire.ts";
import type { World } from "./world.ts";

/** Until it tells of everything that is committed by now. */
export async function feedSettles(world: Pick<World, "ownerConnection">) {
  await asOwner(world, async (client) => {
    const { rows } = await client.query("select pg_snapshot_xmax(pg_current_snapshot())::text as xmax");
    const isOver = "select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as over";
    while (!(await client.query(isOver, [rows[0].xmax])).rows[0].over) await sleep(10);
  });
}
