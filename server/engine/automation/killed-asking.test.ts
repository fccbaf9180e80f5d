// A process that is killed while it asks a language model: nothing is paid for twice, and nothing is left waiting.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newCopilot } from "../../testing/copiloted.ts";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { connectModel, openModel } from "../../testing/model-peer.ts";
import { until } from "../../testing/sending.ts";
import { newContacts } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const peer = await openModel();
after(() => peer.close());
// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api", webhookAllow: LOOPBACK });
const ALLOWED = { CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8" };

const KILLS = [
  { point: "model-before-call", paid: 0 },
  { point: "model-after-call", paid: 1 },
] as const;

async function arranged() {
  peer.asked.length = 0;
  const team = await world.newTeam();
  await connectModel(team, peer, { drafts_openers: true });
  const id = await newCopilot(team);
  await newContacts(team, 1, { title: "Plant Manager" });
  await team.api.copilots.propose({ id });
  return { team, id };
}

const openerOf = async (team: Team, id: string) =>
  (await team.api.copilots.proposals({ id })).proposals[0]?.opener ?? null;

for (const { point, paid } of KILLS)
  test(`killed at ${point}: ${paid} calls were made and none is made again by itself`, async (t) => {
    const { team, id } = await arranged();
    const killed = startEngineProcess(world, {
      ...ALLOWED,
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill:1:1`,
    });
    t.after(killed.stop);
    assert.equal(await killed.ended, "SIGKILL");
    assert.deepEqual([(await openerOf(team, id))?.state, peer.asked.length], ["asking", paid]);
    assert.equal((await team.api.languageModel.show()).usage[0]?.calls, 1, "it counts before it is made");
    await asOwner(world, (client) =>
      client.query("update model_suggestions set next_at = now() - interval '1 second' where team_id = $1", [
        team.id,
      ]),
    );
    const next = startEngineProcess(world, ALLOWED);
    t.after(next.stop);
    const lost = await until(async () => {
      const opener = await openerOf(team, id);
      return opener?.state === "failed" && opener;
    });
    assert.equal(lost.error, "lost");
    assert.equal(peer.asked.length, paid);

    const [proposal] = (await team.api.copilots.proposals({ id })).proposals;
    const again = { id, proposal_id: proposal?.id as string, decision: "draft_again" as const };
    await team.api.copilots.decideOpener(again);
    await until(async () => (await openerOf(team, id))?.state === "suggested");
    assert.equal(peer.asked.length, paid + 1);
    await next.stop();
  });

test("two engines beside each other ask once about everybody", async (t) => {
  peer.asked.length = 0;
  const team = await world.newTeam();
  await connectModel(team, peer, { drafts_openers: true });
  const id = await newCopilot(team);
  await newContacts(team, 9, { title: "Plant Manager" });
  await team.api.copilots.update({ id, per_day: 9 });
  await team.api.copilots.propose({ id });
  const engines = [startEngineProcess(world, ALLOWED), startEngineProcess(world, ALLOWED)];
  for (const engine of engines) t.after(engine.stop);
  await until(async () => {
    const { proposals } = await team.api.copilots.proposals({ id });
    return proposals.length === 9 && proposals.every(({ opener }) => opener?.state === "suggested");
  });
  assert.equal(peer.asked.length, 9);
});
