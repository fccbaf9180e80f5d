// A job is newer than the database's statistics, and its batches cost what their items cost all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { newId } from "../../../kernel/ids.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { startProgress } from "./commands.ts";
import { writeOutcomes } from "./store.ts";

const world = useWorld();
const KNOWN = 4_000;
const ITEMS = 4_000;
const BATCH = 100;

function begin(team: Team, items: number) {
  return actFor(world.running.app, { teamId: team.id, userId: team.owner.id, cause: "api" }, (act) =>
    startProgress(act, {
      jobType: "sequence_finish_contacts",
      entityIds: Array.from({ length: items }, newId),
      params: {},
    }),
  );
}

test("a batch of a thousand reads its items, not all that are left, before there are any statistics", async () => {
  const team = await world.newTeam("First");
  const { id } = await begin(team, 20_000);
  const { app } = world.running;
  const read = await app.db.inTeam(team.id, async (db) => {
    const outcomes = Array.from({ length: 1_000 }, (_, position) => ({ position, outcome: "finished" }));
    const before = await fetched(db);
    await writeOutcomes(db, team.id, id, outcomes, app.now());
    return (await fetched(db)) - before;
  });
  assert.ok(read <= 2_000, `${read} items were read for 1,000 outcomes`);
});

test("writing outcomes reads the items of the batch, not all of a job that the statistics do not know", async () => {
  const team = await world.newTeam("Jobs");
  await begin(team, KNOWN);
  await asOwner(world, (client) => client.query("vacuum analyze progress_items"));
  const { id } = await begin(team, ITEMS);
  const { app } = world.running;
  const read = await app.db.inTeam(team.id, async (db) => {
    const outcomes = Array.from({ length: BATCH }, (_, position) => ({
      position,
      outcome: position % 2 === 0 ? "finished" : "failed",
      ...(position % 2 === 1 && { code: "record_not_found" as const, details: { position } }),
    }));
    const before = await fetched(db);
    await writeOutcomes(db, team.id, id, outcomes, app.now());
    return (await fetched(db)) - before;
  });
  assert.ok(read <= 2 * BATCH, `${read} items were read for ${BATCH} outcomes`);
  const { items } = await team.api.progress.items({ id, outcome: "failed", per_page: 100 });
  assert.deepEqual(
    [items.length, items[0]?.code, items[0]?.details],
    [BATCH / 2, "record_not_found", { position: 1 }],
  );
  assert.equal((await team.api.progress.get({ id })).entity_progress_job.done, BATCH);
});

test("an outcome is written beside the item, and no index is written for it", async () => {
  const team = await world.newTeam("Beside");
  const { id } = await begin(team, 2_000);
  const { app } = world.running;
  const { changed, leftAlone } = await app.db.inTeam(team.id, async (db) => {
    const outcomes = Array.from({ length: 1_000 }, (_, position) => ({ position, outcome: "finished" }));
    const before = await written(db);
    await writeOutcomes(db, team.id, id, outcomes, app.now());
    const after = await written(db);
    return { changed: after.changed - before.changed, leftAlone: after.leftAlone - before.leftAlone };
  });
  assert.deepEqual([changed, leftAlone], [1_000, 1_000]);
});

async function written(db: Db) {
  const row = await db.row<{ changed: number; leftAlone: number }>(
    `select n_tup_upd::int as changed, n_tup_hot_upd::int as left_alone
       from pg_stat_xact_user_tables where relname = 'progress_items'`,
  );
  return row ?? { changed: 0, leftAlone: 0 };
}

async function fetched(db: Db) {
  const row = await db.row<{ fetched: number }>(
    "select (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::int as fetched from pg_stat_xact_user_tables where relname = 'progress_items'",
  );
  return row?.fetched ?? Number.POSITIVE_INFINITY;
}
