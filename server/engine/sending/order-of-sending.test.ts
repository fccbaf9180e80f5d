// Which of the mails that wait in a mailbox goes out first, after the score of one of them has changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { queueDue } from "../../features/sending/planning/planning-store.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence, type SequenceWish } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { startMailing } from "../loop.ts";
import { planOnce } from "../planning/plan-steps.ts";
import { followScoresOnce } from "../upkeep/follow-scores.ts";

const witness = useWitness();
const world = useWorld({ mailAllow: LOOPBACK });

/** Two with a mail each, both due, one of them five minutes longer; then the other one becomes a CEO. */
async function waiting(policy: SequenceWish["priority_policy"]) {
  const team = await world.newTeam();
  await team.api.scoreFormula.replace({
    signals: [{ field: "title", operator: "has_any_of", value: ["ceo"], weight: 100 }],
  });
  const mailbox = await newSendingMailbox(team, witness, { seconds_delay_between_emails: 1 });
  const schedule = await alwaysOpen(team);
  const { id } = await newSequence(team, { priority_policy: policy, emailer_schedule_id: schedule });
  const [longer = "", other = ""] = await newContacts(team, 2);
  for (const contact of [longer, other]) {
    const wish = { id, contact_ids: [contact], send_email_from_email_account_id: mailbox.id };
    await team.api.joining.addContacts(wish);
    world.advance({ minutes: 5 });
  }
  while ((await planOnce(world.running)) > 0);
  await team.api.contacts.update({ id: other as string, title: "CEO" });
  while ((await followScoresOnce(world.running)) > 0);
  const { contact } = await team.api.contacts.get({ id: other as string });
  return contact.email as string;
}

test("by score and among first touches the CEO's mail leaves first, in turn the one that has waited longer", async (t) => {
  const chiefs = {
    score: await waiting("score"),
    followups_first: await waiting("followups_first"),
    fifo: await waiting("fifo"),
  };
  const { app } = world.running;
  const stop = await startMailing({ ...app, config: { ...app.config, engineLoops: 2 } });
  t.after(stop);
  const lines = await witness.waitFor(6);
  const order = lines.map((line) => line.rcpt);
  assert.equal(new Set(order).size, 6);
  // Each team has a mailbox of its own: who of its two came first?
  const cameFirst = (chief: string) => {
    const person = Number(/\d+/.exec(chief)?.[0]);
    return order.indexOf(chief) < order.findIndex((to) => to.startsWith(`person${person - 1}@`));
  };
  assert.deepEqual(
    Object.fromEntries(Object.entries(chiefs).map(([policy, chief]) => [policy, cameFirst(chief)])),
    { score: true, followups_first: true, fifo: false },
  );
});

test("of two who rank equal the one added first is mailed first, whichever mail was planned first", async (t) => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness, { seconds_delay_between_emails: 1 });
  const { id } = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  const contacts = await newContacts(team, 2);
  const wish = { id, contact_ids: contacts, send_email_from_email_account_id: [mailbox.id] };
  const added = await team.api.joining.addContacts(wish);
  assert.ok("enrollments" in added);
  const [first = "", second = ""] = added.enrollments.map((one) => one.id).sort();
  const planAt = (at: string) =>
    asOwner(world, (client) => client.query(`update enrollments set plan_at = ${at} where id = $1`, [first]));
  await planAt("null");
  while ((await planOnce(world.running)) > 0);
  await planAt("due_at");
  while ((await planOnce(world.running)) > 0);
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select enrollment_id, contact_id, rank from messages where team_id = $1 and delivery = 'planned' order by id",
      [team.id],
    ),
  );
  assert.deepEqual(
    rows.map((row) => row.enrollment_id),
    [second, first],
    "the later one was planned first",
  );
  assert.equal(rows[0].rank, rows[1].rank);
  const { app } = world.running;
  t.after(await startMailing({ ...app, config: { ...app.config, engineLoops: 2 } }));
  const addressOf = async (contact: string) => (await team.api.contacts.get({ id: contact })).contact.email;
  const expected = [await addressOf(rows[1].contact_id), await addressOf(rows[0].contact_id)];
  const sent = async () => {
    const lines = await witness.waitFor(8);
    return lines.map((line) => line.rcpt).filter((to) => expected.includes(to));
  };
  assert.deepEqual(await sent(), expected);
});

test("an engine whose clock is ahead of the database's puts no email in its queue early", async () => {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, witness);
  const schedule = await alwaysOpen(team);
  const later = { ...MAIL_STEP, wait_time: 30 };
  const { id } = await newSequence(team, { emailer_schedule_id: schedule, emailer_steps: [later] });
  const [contact = ""] = await newContacts(team, 1);
  await team.api.joining.addContacts({
    id,
    contact_ids: [contact],
    send_email_from_email_account_id: mailbox.id,
  });
  while ((await planOnce(world.running)) > 0);
  const { app } = world.running;
  const queue = (now: Temporal.Instant) =>
    app.db.inTeam(team.id, (db) => queueDue(db, team.id, now, 10, "first"));
  assert.equal(await queue(app.now().add({ hours: 1 })), 0);
  world.advance({ minutes: 31 });
  assert.equal(await queue(app.now()), 1);
});
