// Searches are planned for their values, with room to note whom they find; what comes after them is planned as usual.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { planAsUsual, planForValues } from "./store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function inTeam<T>(work: (db: Db) => Promise<T>) {
  return world.running.app.db.inTeam(team.id, work);
}

async function standing(db: Db) {
  return db.row<{ room: string; mode: string }>(
    "select current_setting('work_mem') as room, current_setting('plan_cache_mode') as mode",
  );
}

test("a search has 16 MB to note whom it finds, for its transaction and no longer", async () => {
  const before = await inTeam(standing);
  const during = await inTeam(async (db) => {
    await planForValues(db);
    return standing(db);
  });
  assert.deepEqual(during, { room: "16MB", mode: "force_custom_plan" });
  const after = await inTeam(async (db) => {
    await planForValues(db);
    await planAsUsual(db);
    return standing(db);
  });
  assert.deepEqual(after, { room: "16MB", mode: "auto" });
  assert.deepEqual(await inTeam(standing), before);
});

test("where an administrator gives more, it has more", async () => {
  const during = await inTeam(async (db) => {
    await db.run("select set_config('work_mem', '64MB', true)");
    await planForValues(db);
    return standing(db);
  });
  assert.equal(during?.room, "64MB");
});
