// Merging many contacts names them all in each of its many statements.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { useWorld } from "../../../testing/world.ts";
import { mergeContacts } from "./merging.ts";

const world = useWorld({ role: "api" });

test("merging is planned once for all merges", async () => {
  const team = await world.newTeam();
  const ids: string[] = [];
  for (const first_name of ["Ines", "Inês", "I."])
    ids.push((await team.api.contacts.create({ first_name })).contact.id);
  const [winner = "", ...losers] = ids;
  const mode = await actFor(
    world.running.app,
    { teamId: team.id, userId: team.owner.id, cause: "api" },
    async (act) => {
      await mergeContacts(act, winner, losers);
      return act.db.row("select current_setting('plan_cache_mode') as is");
    },
  );
  assert.deepEqual(mode, { is: "force_generic_plan" });
  const { contacts } = await team.api.contacts.search({});
  assert.deepEqual(
    contacts.map(({ id }) => id),
    [winner],
  );
});
