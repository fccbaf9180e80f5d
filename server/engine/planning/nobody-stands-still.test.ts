// An enrollment that lost its step, by an earlier version or a restored backup, is found by the hourly look and goes
// on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mailboxesWithQueues } from "../../features/gate/engines/store.ts";
import { drop } from "../../features/sending/outbox/outcomes.ts";
import { newId } from "../../kernel/ids.ts";
import { byHand, TAKEN } from "../../testing/by-hand.ts";
import { claimFrom } from "../../testing/claim-from.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import type { TortureScene } from "../../testing/torture/scene.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { sweep } from "../upkeep/sweep.ts";
import { planOnce } from "./plan-steps.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claim, gate, ended, inTeam } = byHand(world);

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const lose = ({ sequenceId }: TortureScene) =>
  sql("update enrollments set current_step_id = null where sequence_id = $1", [sequenceId]);

/** Before the change the engine has looked at them, and found nothing to do. */
async function loseForGood(made: TortureScene) {
  await lose(made);
  await sql("update enrollments set plan_at = null where sequence_id = $1", [made.sequenceId]);
}

async function standing({ sequenceId }: TortureScene) {
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

async function sendStep(made: TortureScene) {
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
  await settle();
}

const stepsOf = ({ sequenceId }: TortureScene) =>
  sql("select id from sequence_steps where sequence_id = $1 order by position", [sequenceId]);

async function why(made: TortureScene) {
  const [row] = await sql("select id from enrollments where sequence_id = $1 and state <> 'removed'", [
    made.sequenceId,
  ]);
  return (await made.team.api.explain.enrollment({ id: row?.id })).explain;
}

test("an enrollment that lost its step goes on after the last one that was done, and nothing is sent twice", async () => {
  const made = await scene({ waits: [0, 0, 0] });
  await sendStep(made);
  await loseForGood(made);
  const told = await why(made);
  assert.equal(told.state, "held");
  assert.deepEqual(
    told.held_by.map(({ code, fix }) => [code, fix]),
    [["step_removed", null]],
  );
  assert.match(told.sentence, /The contact continues with the next one within the hour/);
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

test("an enrollment that lost its step after the last one is finished", async () => {
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

test("an enrollment that lost its step while paused goes on when it is resumed", async () => {
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

test("a sequence that is switched off and on takes no contact back to its beginning", async () => {
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
  assert.match(told.sentence, /The sequence has no step for this contact/);
  await made.team.api.steps.create({ emailer_campaign_id: made.sequenceId, type: "call" });
  await sweep(world.running.app);
  await settle();
  assert.deepEqual(await standing(made), ["active", 1, null]);
});

test("an enrollment that failed at a deleted step may be restarted, and the call that is offered works", async () => {
  const made = await scene({ waits: [0, 0] });
  await sql(
    "update enrollments set state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), current_step_id = null where sequence_id = $1",
    [made.sequenceId],
  );
  const { fix } = (await why(made)).held_by[0] ?? {};
  assert.match(fix?.path ?? "", /restart_contact_ids$/);
  await made.team.api.enrollments.restart({ id: made.sequenceId, ...(fix?.body as object) });
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
    const { dropped } = await inTeam(made, (by) => claimFrom(by, wish));
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
