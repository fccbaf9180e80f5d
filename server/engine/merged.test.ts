// Two contacts turn out to be one person while both are in a sequence: the person gets no mail twice and misses none.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClaimedOutgoingMail } from "../features/sending/outbox/claiming.ts";
import { byHand, TAKEN } from "../testing/by-hand.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import type { TortureScene } from "../testing/torture/scene.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { planOnce } from "./planning/plan-steps.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const { scene, claimAll, gate, ended } = byHand(world);

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

async function settle() {
  while ((await planOnce(world.running)) > 0);
}

async function two(waits: number[]) {
  const made = await scene({ contacts: 2, waits });
  const [winner = "", loser = ""] = made.contactIds;
  return { made, winner, loser };
}

/** What is due goes out to this contact; the others' mails are given back. */
async function send(made: TortureScene, contactId: string) {
  for (const one of await claimAll(made))
    if (one.slot.contactId === contactId) await take(made, one);
    else await ended(made, one, { kind: "held_back" }, { is: "lost" });
  await settle();
}

async function take(made: TortureScene, claimed: ClaimedOutgoingMail) {
  assert.equal((await gate(made, claimed))?.is, "pass");
  await ended(made, claimed, TAKEN);
}

function merge({ team }: TortureScene, winner: string, loser: string) {
  return team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
}

/** Everything that is due from now on, to its end: which steps, in order. */
async function therest(made: TortureScene) {
  const steps: string[] = [];
  for (;;) {
    await settle();
    const claimed = await claimAll(made);
    if (claimed.length === 0) return steps;
    for (const one of claimed) {
      assert.notEqual(one.claim.bodyText, "", "an empty mail");
      steps.push(/:(\d+)\s*$/.exec(one.claim.bodyText ?? "")?.[1] ?? "?");
      await take(made, one);
    }
  }
}

async function standings({ sequenceId }: TortureScene, contactId: string) {
  const rows = await sql(
    "select state from enrollments where sequence_id = $1 and contact_id = $2 order by state",
    [sequenceId, contactId],
  );
  return rows.map(({ state }) => state);
}

test("what was planned for the one that goes is not sent, and neither an empty mail in its place", async () => {
  const { made, winner, loser } = await two([0, 0]);
  await merge(made, winner, loser);
  assert.deepEqual(await therest(made), ["1", "2"]);
  assert.deepEqual(await standings(made, winner), ["finished"]);
});

test("a mail that is being sent to the one that goes does not pass the gate", async () => {
  const { made, winner, loser } = await two([0]);
  const theirs = (await claimAll(made)).find(({ slot }) => slot.contactId === loser) as ClaimedOutgoingMail;
  await merge(made, winner, loser);
  const passage = await gate(made, theirs);
  assert.equal(passage?.is, "lost");
  await ended(made, theirs, { kind: "held_back" }, passage);
  assert.deepEqual(
    (await claimAll(made)).map(({ slot }) => slot.contactId),
    [],
    "the winner's is claimed already, and nothing else is to be sent",
  );
});

test("the contact who is further along stays, and is sent the steps that are left", async () => {
  const { made, winner, loser } = await two([0, 0, 0]);
  await send(made, loser);
  await send(made, loser);
  await merge(made, winner, loser);
  assert.deepEqual(await standings(made, winner), ["active", "removed"]);
  assert.deepEqual(await therest(made), ["3"]);
  const [removed] = await sql(
    "select data ->> 'reason' as reason from events where team_id = $1 and type = 'enrollment.removed' and data ->> 'contact_id' = $2",
    [made.team.id, winner],
  );
  assert.equal(removed?.reason, "merged");
});

test("a step whose mail to the merged contact is under way or in doubt is not sent again", async () => {
  for (const isKnown of [true, false]) {
    const { made, winner, loser } = await two([0, 0]);
    const [one, other] = await claimAll(made);
    const theirs = one?.slot.contactId === loser ? one : other;
    const own = one?.slot.contactId === loser ? other : one;
    assert.ok(theirs && own);
    await gate(made, theirs);
    if (!isKnown) await ended(made, theirs, { kind: "ambiguous", why: "timed_out", detail: null });
    await merge(made, winner, loser);
    // The loser's has come further, and is the winner's now: its own step 1 is not let go.
    assert.notEqual((await gate(made, own))?.is, "pass");
  }
});

test("what both were sent is done, and what only one of them was sent is not sent to the other", async () => {
  const { made, winner, loser } = await two([0, 0, 0]);
  await send(made, winner);
  await send(made, loser);
  await send(made, loser);
  const steps = await sql("select id from sequence_steps where sequence_id = $1 order by position", [
    made.sequenceId,
  ]);
  // As if the winner had begun at the last step.
  await sql("update messages set step_id = $2 where contact_id = $1 and delivery = 'sent' and step_id = $3", [
    winner,
    steps[2]?.id,
    steps[0]?.id,
  ]);
  await merge(made, winner, loser);
  assert.deepEqual(await therest(made), [], "the loser's 1 and 2 and the winner's 3 are all there is");
});

test("a contact who has replied as one of them is finished as the other", async () => {
  const { made, winner, loser } = await two([0, 0]);
  await send(made, loser);
  await sql(
    "update enrollments set state = 'finished', inactive_reason = 'replied', finished_at = now(), due_at = null where contact_id = $1",
    [loser],
  );
  await merge(made, winner, loser);
  assert.deepEqual(await standings(made, winner), ["finished", "removed"]);
  assert.deepEqual(await therest(made), []);
});

test("a reply as one of them counts as a reply of the other, also where replies finish no contact", async () => {
  const { made, winner, loser } = await two([0, 0]);
  for (const one of [loser, winner]) await send(made, one);
  await sql(
    "update messages set replied_at = now(), reply_class = 'follow_up_question' where contact_id = $1 and delivery = 'sent'",
    [loser],
  );
  await merge(made, winner, loser);
  const rows = await sql(
    "select state, reply_class from enrollments where contact_id = $1 and replied_at is not null and state <> 'removed'",
    [winner],
  );
  assert.deepEqual(rows, [{ state: "active", reply_class: "follow_up_question" }]);
});

test("an empty mail that an earlier merge has left in the queue is called off", async () => {
  const made = await scene();
  await sql("update messages set enrollment_id = null where sequence_id = $1", [made.sequenceId]);
  assert.deepEqual(await claimAll(made), []);
});
