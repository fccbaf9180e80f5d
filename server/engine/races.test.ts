// Things that happen between two steps of one mail, in an order that hardly ever comes by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Claimed, claimMails } from "../features/slots/claiming.ts";
import { passGate } from "../features/slots/gate.ts";
import { noteEnded } from "../features/slots/outcomes.ts";
import { newId } from "../ids.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { newScene, type Scene } from "../testing/torture/scene.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { byEngine } from "./engine.ts";
import { planOnce } from "./plan-steps.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand

async function scene() {
  const team = await world.newTeam();
  const made = await newScene(team, { port: 9, mailboxes: 1, contacts: 1, waits: [0] });
  await planOnce(world.running);
  return made;
}

function inTeam<T>({ team }: Scene, work: (by: ReturnType<typeof byEngine>) => Promise<T>) {
  const { app } = world.running;
  return app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));
}

/** As an engine that is alive. */
async function claim(made: Scene): Promise<Claimed> {
  const { claimed } = await inTeam(made, (by) =>
    claimMails(by, {
      ...{ mailboxId: made.mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url },
    }),
  );
  assert.equal(claimed.length, 1);
  return claimed[0] as Claimed;
}

async function gate(made: Scene, claimed: Claimed) {
  const passages = await inTeam(made, (by) => passGate(by, [claimed], null));
  return passages.get(claimed.slot.id) ?? null;
}

async function delivery({ team }: Scene) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select delivery, is_queued, to_email from messages where team_id = $1", [team.id]),
  );
  return rows[0];
}

test("whoever was paused at the gate and resumed before that was written down is planned again", async () => {
  const made = await scene();
  const claimed = await claim(made);
  const who = { id: made.sequenceId, contact_ids: made.contactIds };
  await made.team.api.enrollments.pause(who);
  const passage = await gate(made, claimed);
  assert.equal(passage?.is, "cancel");
  await made.team.api.enrollments.resume(who);
  await planOnce(world.running); // their mail is under way, so there is nothing to plan
  await inTeam(made, (by) => noteEnded(by, { claimed, outcome: { kind: "held_back" }, passage }));
  assert.equal((await delivery(made)).delivery, "cancelled");
  world.advance({ seconds: 2 });
  await planOnce(world.running);
  assert.deepEqual(await delivery(made), {
    ...{ delivery: "planned", is_queued: true },
    to_email: claimed.claim.toEmail,
  });
});
