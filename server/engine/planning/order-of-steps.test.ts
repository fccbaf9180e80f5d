// The checks that steps come in their order and after their wait hold against the list of steps of the moment, whatever the list is now.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byHand, TAKEN } from "../../testing/by-hand.ts";
import { bringWitnesses, violations } from "../../testing/invariants.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import type { TortureScene } from "../../testing/torture/scene.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { planOnce } from "./plan-steps.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claim, gate, ended } = byHand(world);

async function send(made: TortureScene) {
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
  while ((await planOnce(world.running)) > 0);
}

const stepsOf = async ({ team, sequenceId }: TortureScene) =>
  (await team.api.sequences.show({ id: sequenceId })).emailer_steps;

function found() {
  return asOwner(world, async (client) => {
    await bringWitnesses(client, {});
    return (await violations(client)).filter(({ chk }) => chk === "I12" || chk === "I30");
  });
}

const threadOfItsOwn = (id: string) => ({
  id,
  emailer_touches: [
    {
      status: "approved" as const,
      type: "new_thread" as const,
      emailer_template: { subject: "Hello", body_html: "<p>Hello</p>" },
    },
  ],
});

test("a step that is put before those that were sent is no step out of order", async () => {
  const made = await scene({ waits: [0, 0, 0] });
  const [one = "", two = "", three = ""] = (await stepsOf(made)).map(({ id }) => id);
  const { api } = made.team;
  await api.sequences.update({ id: made.sequenceId, emailer_steps: [one, two, three].map(threadOfItsOwn) });
  await send(made);
  await send(made);
  await api.sequences.update({ id: made.sequenceId, emailer_steps: [three, one, two].map((id) => ({ id })) });
  await send(made);
  assert.equal((await stepsOf(made))[0]?.id, three);
  assert.deepEqual(await found(), []);
});

test("whose step is taken away goes at the time that was planned, and that is no mail too soon", async () => {
  const made = await scene({ waits: [0, 0, 0] });
  const [, two, three] = await stepsOf(made);
  const { api } = made.team;
  await api.steps.update({ id: three?.id ?? "", wait_time: 9, wait_mode: "day" });
  await send(made);
  await api.steps.remove({ id: two?.id ?? "", force: true });
  while ((await planOnce(world.running)) > 0);
  await send(made);
  assert.deepEqual(await found(), []);
});

test("within one list both checks see what is wrong", async () => {
  const made = await scene({ waits: [0, 0] });
  await send(made);
  await send(made);
  await asOwner(world, (client) =>
    client.query(
      `update messages m set released_at = case p.position when 1 then released_at + interval '1 hour' else released_at end, min_gap = interval '1 day'
         from sequence_steps p where p.id = m.step_id and m.sequence_id = $1`,
      [made.sequenceId],
    ),
  );
  assert.deepEqual((await found()).map(({ chk }) => chk).sort(), ["I12", "I30"]);
});
