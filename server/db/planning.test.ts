// Statements that name many ids are planned once, for one transaction.

import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorld } from "../testing/world.ts";
import type { Db } from "./connect.ts";
import { goByIds } from "./planning.ts";

const world = useWorld({ role: "api" });

async function planOf(db: Db, ids: readonly string[]) {
  const { rows } = await db.raw(
    "select current_setting('plan_cache_mode') as mode, current_setting('enable_seqscan') as scans",
  );
  await db.raw(
    "prepare named (text[]) as select id from contacts where team_id = current_team() and id = any($1)",
  );
  const { rows: plan } = await db.raw(`explain execute named ('{${ids.join()}}')`);
  await db.raw("deallocate named");
  return {
    mode: rows[0]?.mode,
    scans: rows[0]?.scans,
    plan: plan.map((line) => Object.values(line).join()).join("\n"),
  };
}

test("statements that go by ids are planned without their values and by indexes, until the transaction ends", async () => {
  const team = await world.newTeam();
  const { db } = world.running.app;
  const ids = ["0123456789abcdef01234567"];
  const within = await db.inTeam(team.id, async (one) => {
    await goByIds(one);
    return planOf(one, ids);
  });
  assert.deepEqual([within.mode, within.scans], ["force_generic_plan", "off"]);
  assert.match(within.plan, /Index.* = ANY \(\$1\)/s);
  const after = await db.inTeam(team.id, (one) => planOf(one, ids));
  assert.deepEqual([after.mode, after.scans], ["auto", "on"]);
});
