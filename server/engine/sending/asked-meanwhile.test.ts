// The owner of a mail in doubt is asked about it while word of it comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { askOwners, proveSent } from "../../features/sending/outbox/reconciliation.ts";
import { byHand, TAKEN, UNCLEAR } from "../../testing/by-hand.ts";
import { bothAtOnce } from "../../testing/held-open.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import type { TortureScene } from "../../testing/torture/scene.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, inTeam, claim, gate, ended, delivery } = byHand(world);

/** In doubt for longer than a day, and nobody has asked yet. */
async function longInDoubt() {
  const made = await scene();
  await made.team.api.teams.update({ assume_delivered_after_hours: null });
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, UNCLEAR);
  world.advance({ hours: 25 });
  return { made, claimed };
}

async function questions({ team }: TortureScene) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select status from tasks where team_id = $1 and created_from = 'engine'", [team.id]),
  );
  return rows.map(({ status }) => status);
}

test("a question that is being asked while its mail is proved to be sent is answered by that", async () => {
  const { made, claimed } = await longInDoubt();
  await bothAtOnce(
    world,
    (beforeCommit) =>
      inTeam(made, async (by) => {
        assert.equal(await askOwners(by), 1);
        await beforeCommit();
      }),
    () => inTeam(made, (by) => proveSent(by, [claimed.slot.id], "reply")),
  );
  assert.equal((await delivery(made)).delivery, "sent");
  assert.deepEqual(await questions(made), ["completed"]);
});

test("a question is answered by the server's own late word", async () => {
  const { made, claimed } = await longInDoubt();
  assert.equal(await inTeam(made, (by) => askOwners(by)), 1);
  await ended(made, claimed, TAKEN);
  assert.equal((await delivery(made)).delivery, "sent");
  assert.deepEqual(await questions(made), ["completed"]);
});
