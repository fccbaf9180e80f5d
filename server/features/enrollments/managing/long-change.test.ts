// A batch of a change to many people names a thousand of them in each statement.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { newSequence, plantMembers } from "../../../testing/members.ts";
import { useWorld } from "../../../testing/world.ts";
import { workOnEnrollments } from "./long-change.ts";

const world = useWorld({ role: "api" });

test("a batch is planned once for all batches, and its job says what came of each contact", async () => {
  const team = await world.newTeam();
  const { id, steps } = await newSequence(team, { steps: 1 });
  const members = await plantMembers(world, team, id, 3, { current_step_id: steps[0] });
  const contactIds = members.map(({ contact_id }) => contact_id);
  const all = { everybody: true, states: null, reasons: null, stepIds: null, mailboxIds: null };
  const whom = { ...all, dueBefore: null, views: null, words: null };
  const { outcomes, mode } = await actFor(
    world.running.app,
    { teamId: team.id, userId: team.owner.id, cause: "job" },
    async (act) => ({
      outcomes: await workOnEnrollments(
        act,
        { sequenceIds: [id], whom, action: { is: "finish" } },
        contactIds,
      ),
      mode: await act.db.row("select current_setting('plan_cache_mode') as is"),
    }),
  );
  assert.deepEqual(mode, { is: "force_generic_plan" });
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ["finished", "finished", "finished"],
  );
});
