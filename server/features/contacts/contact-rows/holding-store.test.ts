// Contacts that are moved to another stage, all of them by one statement.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { setContactStage } from "./holding-store.ts";

const world = useWorld({ role: "api" });
const THERE = 3_000;
const MOVED = 100;

/** Contacts without a stage, in the order of their ids. */
function plantContacts(team: Team, count: number) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into contacts (team_id, id, first_name, created_at, updated_at, source, original_source)
       select $1::ident, new_ident(), 'Ines', now(), now(), 'api', 'api' from generate_series(1, $2::int) returning id::text`,
      [team.id, count],
    );
    await client.query("vacuum analyze contacts");
    return rows.map(({ id }) => id).sort();
  });
}

async function stagesOf(team: Team) {
  const { contact_stages } = await team.api.contactStages.list();
  return contact_stages.map(({ id }) => id);
}

test("moving contacts to a stage reads them, and not everybody in the team", async () => {
  const team = await world.newTeam("Stages");
  const ids = await plantContacts(team, THERE);
  const [stageId = ""] = await stagesOf(team);
  const { app } = world.running;
  const read = await app.db.inTeam(team.id, async (db) => {
    const fetched = async () => {
      const row = await db.row<{ read: number }>(
        "select (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::int as read from pg_stat_xact_user_tables where relname = 'contacts'",
      );
      return row?.read ?? Number.POSITIVE_INFINITY;
    };
    const before = await fetched();
    await setContactStage(db, team.id, ids.slice(0, MOVED), stageId, app.now());
    return (await fetched()) - before;
  });
  assert.ok(read <= 5 * MOVED, `${read} contacts were read to move ${MOVED}`);
});

test("moving contacts to a stage answers who moved, and from which stage", async () => {
  const team = await world.newTeam("Moved");
  const ids = await plantContacts(team, 3);
  const [first = "", second = ""] = await stagesOf(team);
  const { app } = world.running;
  const move = (whom: readonly string[], stageId: string) =>
    app.db.inTeam(team.id, (db) => setContactStage(db, team.id, whom, stageId, app.now()));
  await move(ids.slice(0, 2), first);
  const moved = await move(ids, second);
  assert.deepEqual(
    moved.map(({ id, fromStageId }) => [id, fromStageId]),
    [
      [ids[0], first],
      [ids[1], first],
      [ids[2], null],
    ],
  );
  assert.deepEqual(await move(ids, second), []);
  const stages = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ stage: string }>(
      "select contact_stage_id::text as stage from contacts where team_id = $1",
      [team.id],
    );
    return rows.map(({ stage }) => stage);
  });
  assert.deepEqual(stages, [second, second, second]);
});
