// Whoever has lost their step, by an earlier version or a back-up that was put back, is found by the hourly look and goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mailboxesWithQueues } from "../features/engines/store.ts";
import { claimMails } from "../features/slots/claiming.ts";
import { drop } from "../features/slots/outcomes.ts";
import { newId } from "../ids.ts";
import { byHand, TAKEN } from "../testing/by-hand.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import type { Scene } from "../testing/torture/scene.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { planOnce } from "./plan-steps.ts";
import { sweep } from "./sweep.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claim, gate, ended, inTeam } = byHand(world);

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const lose = ({ sequenceId }: Scene) =>
  sql("update enrollments set current_step_id = null where sequence_id = $1", [sequenceId]);

/** Before the change the engine has looked at them, and found nothing to do. */
async function loseForGood(made: Scene) {
  await lose(made);
  await sql("update enrollments set plan_at = null where sequence_id = $1", [made.sequenceId]);
}

async function standing({ sequenceId }: Scene) {
  const [row] = await sql(
    `select e.state, e.inactive_reason as reason, p.position from enrollments e
       left join sequence_steps p on p.id = e.current_step_id where e.sequence_id = $1`,
    [sequenceId],
  );
  return [row?.state, row?.position ?? null, row?.reason ?? null];
}

/** As far as anybody is to be planned. */
async function settle() {
  while ((await planOnce(world.running)) > 0);
}

async function sendStep(made: Scene) {
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
  await settle();
}

const stepsOf = ({ sequenceId }: Scene) =>
  sql("select id from sequence_steps where sequence_id = $1 order by position", [sequenceId]);

async function why(made: Scene) {
  const [row] = await sql("select id from enrollments where sequence_id = $1 and state <> 'removed'", [
    made.sequenceId,
  ]);
  return (await made.team.api.explain.enrollment({ id: row?.id })).explain;
}

test("whoever has lost their step goes on after the last one that was done for them, and nothing is sent twice", async () => {
  const made = await scene({ waits: [0, 0, 0] });
  await sendStep(made);
  await loseForGood(made);
  const told = await why(made);
  assert.equal(told.state, "held");
  assert.deepEqual(
    told.held_by.map(({ code, fix }) => [code, fix]),
    [["step_removed", null]],
  );
  assert.match(told.sentence, /They go on with the one that comes next, within the hour/);
  const { explain } = await made.team.api.explain.sequence({ id: made.sequenceId });
  assert.deepEqual(
    explain.waiting.map(({ code, count }) => [code, count]),
    [["step_removed", 1]],
  );
  assert.equal(await planOnce(world.running), 0, "nobody would ever look at them");
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["active", 2, null]);
  await sendStep(made);
  await sendStep(made);
  assert.deepEqual(await standing(made), ["finished", 3, "Completed last step"]);
  const rows = await sql("select step_id from messages where sequence_id = $1 and delivery = 'sent'", [
    made.sequenceId,
  ]);
  assert.equal(new Set(rows.map(({ step_id }) => step_id)).size, 3);
});

test("whoever has lost their step after the last one is through", async () => {
  const made = await scene();
  const claimed = await claim(made);
  await gate(made, claimed);
  await sql("update messages set delivery = 'sent', completed_at = now() where sequence_id = $1", [
    made.sequenceId,
  ]);
  await loseForGood(made);
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["finished", null, "Completed last step"]);
});

test("whose mail is on its way stands at its step again, and waits for it", async () => {
  const made = await scene({ waits: [0, 0] });
  const claimed = await claim(made);
  await gate(made, claimed);
  await loseForGood(made);
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["active", 1, null]);
  await ended(made, claimed, TAKEN);
  assert.deepEqual(await standing(made), ["active", 2, null]);
});

test("whoever lost their step while they were paused goes on when they are resumed", async () => {
  const made = await scene({ waits: [0, 0] });
  await sendStep(made);
  const who = { id: made.sequenceId, contact_ids: made.contactIds };
  await made.team.api.enrollments.pause(who);
  await loseForGood(made);
  await sql("update enrollments set due_at = null where sequence_id = $1", [made.sequenceId]);
  assert.deepEqual(
    (await why(made)).held_by.map(({ code, fix }) => [code, fix?.path.split("/").at(-1) ?? null]),
    [
      ["step_removed", null],
      ["enrollment_paused", "resume_contact_ids"],
    ],
  );
  await made.team.api.enrollments.resume(who);
  await settle();
  assert.deepEqual(await standing(made), ["active", 2, null]);
});

test("switched off and on, a sequence takes nobody back to its beginning", async () => {
  const made = await scene({ waits: [0, 0, 0] });
  await sendStep(made);
  await loseForGood(made);
  await made.team.api.sequences.abort({ id: made.sequenceId });
  await made.team.api.sequences.approve({ id: made.sequenceId });
  assert.deepEqual(await standing(made), ["active", 2, null]);
});

test("in a sequence without steps they wait for one, and are told so; given one, they go on", async () => {
  const made = await scene();
  const [step] = await stepsOf(made);
  await sql("delete from sequence_steps where id = $1", [step?.id]);
  await sql("update enrollments set plan_at = null where sequence_id = $1", [made.sequenceId]);
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["active", null, null]);
  const told = await why(made);
  assert.deepEqual([told.held_by[0]?.code, told.held_by[0]?.evidence.has_steps], ["step_removed", false]);
  assert.match(told.sentence, /There is no step for them in the sequence/);
  await made.team.api.steps.create({ emailer_campaign_id: made.sequenceId, type: "call" } as never);
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["active", 1, null]);
});

test("whoever failed at a step that is gone may start over, and the call that says so is taken", async () => {
  const made = await scene({ waits: [0, 0] });
  await sql(
    "update enrollments set state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), current_step_id = null where sequence_id = $1",
    [made.sequenceId],
  );
  const { fix } = (await why(made)).held_by[0] ?? {};
  assert.match(fix?.path ?? "", /restart_contact_ids$/);
  await made.team.api.enrollments.restart({ id: made.sequenceId, ...(fix?.body as object) } as never);
  const rows = await sql("select state from enrollments where sequence_id = $1 order by generation", [
    made.sequenceId,
  ]);
  assert.deepEqual(
    rows.map(({ state }) => state),
    ["removed", "active"],
  );
});

test("a mailbox that was taken away is waited for three days, and then its mails are given up by name", async () => {
  const made = await scene();
  const [mailboxId = ""] = made.mailboxIds;
  await made.team.api.emailAccounts.disconnect({ id: mailboxId });
  const look = async () => {
    const queues = await world.running.app.db.inTransaction(mailboxesWithQueues);
    if (!queues.some((queue) => queue.mailboxId === mailboxId)) return "nobody looks";
    const wish = { mailboxId, engineId: newId(), publicUrl: world.url };
    const { dropped } = await inTeam(made, (by) => claimMails(by, wish));
    for (const one of dropped) await inTeam(made, (by) => drop(by, one));
    return dropped.length;
  };
  assert.equal(await look(), 0, "it may come back");
  assert.equal((await why(made)).held_by[0]?.code, "no_active_email_account");
  world.advance({ hours: 73 });
  await settle();
  assert.equal(await look(), 1);
  assert.deepEqual(await standing(made), ["failed", 1, null]);
  const [row] = await sql("select failure_reason from enrollments where sequence_id = $1", [made.sequenceId]);
  assert.equal(row?.failure_reason, "no_active_email_account");
});
