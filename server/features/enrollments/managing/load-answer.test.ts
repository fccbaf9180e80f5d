// What the answer shows where very many are in the sequence. By itself, because planting them takes a while.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, newSequence, plantMembers } from "../../../testing/members.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

test("above twenty thousand contacts the answer has no counts, and the sequence still has them", async () => {
  const { id, steps } = await newSequence(team);
  const [member] = await plantMembers(world, team, id, 20_000, { current_step_id: steps[0] });
  const pause = () => team.api.enrollments.pause({ id, contact_ids: [member?.contact_id ?? ""] });
  const few = atOnce(await pause());
  assert.deepEqual(
    [few.num_contacts, few.contact_statuses.paused, few.emailer_steps[0]?.counts.active],
    [20_000, 1, 19_999],
  );
  await plantMembers(world, team, id, 1);
  const many = atOnce(await pause());
  assert.deepEqual([many.num_contacts, many.emailer_campaigns[0]?.num_contacts], ["loading", "loading"]);
  for (const counts of [many.contact_statuses, ...many.emailer_steps.map((step) => step.counts)])
    assert.deepEqual(new Set(Object.values(counts)), new Set(["loading"]));
  assert.equal(many.contacts.length, 1);
  assert.equal((await team.api.sequences.show({ id })).emailer_campaign.num_contacts, 20_001);
});
