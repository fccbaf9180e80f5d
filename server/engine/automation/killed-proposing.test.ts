// A copilot's day, killed before it is committed: the next engine proposes it whole, and once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newCopilot } from "../../testing/copiloted.ts";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { until } from "../../testing/sending.ts";
import { newContacts } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

test("a day that was killed half-way is proposed once, by the next engine", async (t) => {
  const team = await world.newTeam();
  const id = await newCopilot(team);
  await newContacts(team, 4, { title: "Plant Manager" });
  await team.api.copilots.update({ id, active: true });
  await asOwner(world, (client) =>
    client.query("update copilots set propose_at = now() - interval '2 days' where id = $1", [id]),
  );
  const killed = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "copilot-before-commit=kill:1:1",
  });
  t.after(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
  assert.equal((await team.api.copilots.show({ id })).copilot.waiting, 0, "nothing of it was written");
  const next = startEngineProcess(world);
  t.after(next.stop);
  const { copilot } = await until(async () => {
    const shown = await team.api.copilots.show({ id });
    return shown.copilot.waiting > 0 && shown;
  });
  assert.equal(copilot.waiting, 4);
  assert.ok(copilot.next_at && copilot.next_at > new Date().toISOString());
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select count(*)::int as days from events where type = 'copilot.proposed' and subject_id = $1",
      [id],
    ),
  );
  assert.deepEqual(rows, [{ days: 1 }]);
});
