// Work over several sequences that goes on when one of them is closed to its caller. By itself: nothing may work until then.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { memberOf, newSequence, plantMembers } from "../../../testing/members.ts";
import { until } from "../../../testing/sending.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let member: Team["api"];
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  await team.api.users.invite({ email: "mia@example.no", role: "member" }).then(({ invitation_url }) =>
    opened.client().invitations.accept({
      token: tokenIn(invitation_url),
      name: "Mia Member",
      password: "a long sentence is a good password",
    }),
  );
  member = (await opened.signIn("mia@example.no", "a long sentence is a good password")).api;
});

async function shared(access: "can_edit" | "can_view") {
  const sequence = await newSequence(team);
  await share(sequence.id, access);
  const [row] = await plantMembers(world, team, sequence.id, 1, { current_step_id: sequence.steps[0] });
  assert.ok(row);
  return { id: sequence.id, row };
}

function share(id: string, access_type: "can_edit" | "can_view") {
  return team.api.sequences.update({ id, sharing_permission: { visibility: "everyone", access_type } });
}

test("people in sequences that are still open are changed, and those in a closed one are named with why", async (t) => {
  const [open, closed] = [await shared("can_edit"), await shared("can_edit")];
  const answer = await member.enrollments.manageEverywhere({
    action: "pause",
    contact_ids: [open.row.contact_id, closed.row.contact_id],
    async: true,
  });
  assert.ok("entity_progress_job" in answer);
  const { id } = answer.entity_progress_job;
  await share(closed.id, "can_view");
  t.after(startEngineProcess(world).stop);
  await until(async () => (await member.progress.get({ id })).entity_progress_job.percent === 100);
  assert.deepEqual(
    [(await memberOf(world, open.row.id)).state, (await memberOf(world, closed.row.id)).state],
    ["paused", "active"],
  );
  const { items } = await member.progress.items({ id });
  assert.deepEqual(
    new Map(items.map(({ item_key, outcome, code }) => [item_key, [outcome, code]])),
    new Map([
      [open.row.contact_id, ["paused", null]],
      [closed.row.contact_id, ["skipped", "sequence_not_permitted"]],
    ]),
  );
});
