// Things that happen between two steps of one mail, in an order that hardly ever comes by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Claimed, claimMails } from "../features/slots/claiming.ts";
import { passGate } from "../features/slots/gate.ts";
import { noteEnded } from "../features/slots/outcomes.ts";
import { sendAgain } from "../features/slots/proofs.ts";
import { newId } from "../ids.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { plantMessage } from "../testing/planted.ts";
import { newScene, type Scene, type SceneWish } from "../testing/torture/scene.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { byEngine } from "./engine.ts";
import { planOnce } from "./plan-steps.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand

async function scene(wish: Partial<SceneWish> = {}) {
  const team = await world.newTeam();
  const made = await newScene(team, { port: 9, mailboxes: 1, contacts: 1, waits: [0], ...wish });
  await planOnce(world.running);
  return made;
}

function inTeam<T>({ team }: Scene, work: (by: ReturnType<typeof byEngine>) => Promise<T>) {
  const { app } = world.running;
  return app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));
}

async function claim(made: Scene): Promise<Claimed> {
  const [claimed, ...more] = await claimAll(made);
  assert.ok(claimed && more.length === 0);
  return claimed;
}

async function claimAll(made: Scene): Promise<Claimed[]> {
  const { claimed } = await inTeam(made, (by) =>
    claimMails(by, {
      ...{ mailboxId: made.mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url },
    }),
  );
  return claimed;
}

async function gate(made: Scene, claimed: Claimed) {
  return (await gateAll(made, [claimed]))[0] ?? null;
}

async function gateAll(made: Scene, claimed: readonly Claimed[]) {
  const passages = await inTeam(made, (by) => passGate(by, claimed, { leave: null, seen: 0 }));
  return claimed.map(({ slot }) => passages.get(slot.id) ?? null);
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
  await inTeam(made, (by) =>
    noteEnded(by, { claimed, outcome: { kind: "held_back" }, passage }, world.running.app.secrets),
  );
  assert.equal((await delivery(made)).delivery, "cancelled");
  world.advance({ seconds: 2 });
  await planOnce(world.running);
  assert.deepEqual(await delivery(made), {
    ...{ delivery: "planned", is_queued: true },
    to_email: claimed.claim.toEmail,
  });
});

test("a limit that was reached long ago holds for those who stand before the gate together", async () => {
  const made = await scene({ contacts: 6, mailbox: { max_outbound_emails_per_hour: 2 } });
  const [mailbox_id] = made.mailboxIds;
  for (const minutes of [120, 121]) {
    const at = world.running.app.now().subtract({ minutes }).toString();
    await plantMessage(world, made.team, made.sequenceId, { mailbox_id, completed_at: at });
  }
  const claimed = [...(await claimAll(made)), ...(await claimAll(made)), ...(await claimAll(made))];
  assert.equal(claimed.length, 6, "as three engines would");
  const passages = await gateAll(made, claimed);
  assert.deepEqual(
    passages.map((passage) => passage?.is),
    ["pass", "pass", "wait", "wait", "wait", "wait"],
  );
});

test("a mail written to an address that its reader has changed meanwhile is written anew", async () => {
  const made = await scene();
  const [contactId] = made.contactIds;
  const claimed = await claim(made);
  const before = claimed.claim.toEmail ?? "";
  await made.team.api.contacts.update({ id: contactId, email: "moved@elsewhere.example" } as never);
  await made.team.api.suppressions.create({ value: before });
  const passage = await gate(made, claimed);
  assert.equal(passage?.is, "lost", "the one address was judged and the other written");
  await inTeam(made, (by) =>
    noteEnded(by, { claimed, outcome: { kind: "held_back" }, passage }, world.running.app.secrets),
  );
  const again = await claim(made);
  assert.equal(again.claim.toEmail, "moved@elsewhere.example");
  assert.equal(again.claim.internetMessageId, claimed.claim.internetMessageId);
  assert.equal((await gate(made, again))?.is, "pass");
});

test("a mail that a server put off does not go to an address its reader has left since", async () => {
  const made = await scene();
  const claimed = await claim(made);
  await gate(made, claimed);
  const later = { kind: "refused", phase: "dot", permanent: false, code: 451, enhanced: null } as const;
  const outcome = { ...later, serverSaid: "451 later" };
  await inTeam(made, (by) => noteEnded(by, { claimed, outcome, passage: null }, world.running.app.secrets));
  await made.team.api.contacts.update({
    id: made.contactIds[0],
    email: "moved@away.example",
  } as never);
  world.advance({ minutes: 2 });
  await planOnce(world.running);
  assert.equal((await claim(made)).claim.toEmail, "moved@away.example");
});

test("a server's late word is believed of a mail that was to be sent again", async () => {
  const made = await scene();
  const claimed = await claim(made);
  await gate(made, claimed);
  const unclear = { kind: "ambiguous", why: "timed_out", detail: null } as const;
  await inTeam(made, (by) =>
    noteEnded(by, { claimed, outcome: unclear, passage: null }, world.running.app.secrets),
  );
  await inTeam(made, (by) => sendAgain(by, [claimed.slot.id], "never_lost"));
  assert.equal((await delivery(made)).delivery, "planned");
  const taken = { kind: "accepted", serverSaid: "250 ok", queueId: null, newMessageId: null } as const;
  await inTeam(made, (by) =>
    noteEnded(by, { claimed, outcome: taken, passage: null }, world.running.app.secrets),
  );
  assert.equal((await delivery(made)).delivery, "sent");
});
