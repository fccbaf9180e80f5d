import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { proposeOnce } from "../../../engine/automation/run-copilots.ts";
import { holdContact } from "../../../testing/incoming.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { type DueCopilot, lockDue, switchCopilotOff } from "./store.ts";

const world = useWorld();

type Rest = { mailbox?: object; count?: number; wish?: object; isAlwaysOpen?: boolean };

/** Buyers with a verified address score 25, heads 35. */
async function arranged({ mailbox = {}, count = 4, wish = {}, isAlwaysOpen = false }: Rest = {}) {
  const team = await world.newTeam();
  const box = await newMailbox(team, { email_daily_threshold: 50, ...mailbox });
  const sequence = await newSequence(
    team,
    isAlwaysOpen ? { emailer_schedule_id: await alwaysOpen(team) } : {},
  );
  const buyers = await newContacts(team, count, { title: "Buyer" });
  const head = await newContact(team, { title: "Head of Procurement" });
  const { copilot } = await team.api.copilots.create({
    name: "Buyers",
    filters: { email_statuses: ["verified"] },
    per_day: 3,
    emailer_campaign_id: sequence.id,
    email_account_ids: [box.id],
    ...wish,
  });
  return { team, box, sequence, buyers, head, copilot };
}

const propose = async ({ api }: Team, id: string) => (await api.copilots.propose({ id })).proposals;
const idsOf = (proposals: readonly { id: string }[]) => proposals.map(({ id }) => id);

test("it proposes as many as it may, the most promising first and each with reasons, once a day and no contact twice", async () => {
  const { team, head, copilot } = await arranged();
  const first = await propose(team, copilot.id);
  assert.deepEqual([first.length, first[0]?.contact.id, first[0]?.rank], [3, head, 35]);
  assert.deepEqual(first[0]?.reasons, [{ code: "score", points: 35, says: "Score 35" }]);
  assert.equal((await refused(propose(team, copilot.id))).code, "copilot_proposed_today");
  world.advance({ hours: 24 });
  const second = await propose(team, copilot.id);
  assert.equal(second.length, 2);
  assert.equal(new Set([...first, ...second].map(({ contact }) => contact.id)).size, 5);
  const { copilot: now } = await team.api.copilots.show({ id: copilot.id });
  assert.match(now.said ?? "", /No further contacts can be added/);
});

test("a contact whose answer is not settled is not proposed", async () => {
  const { team, copilot, head } = await arranged();
  const until = world.running.app.now().add({ hours: 24 });
  await holdContact(world, team, head, { until });
  const proposed = (await propose(team, copilot.id)).map(({ contact }) => contact.id);
  assert.ok(proposed.length > 0 && !proposed.includes(head), proposed.join());
});

test("a dry run shows the contacts it would propose, and proposes none", async () => {
  const { team, copilot } = await arranged();
  const { proposals } = await team.api.copilots.propose({ id: copilot.id }, { dryRun: true });
  assert.equal(proposals.length, 3);
  assert.equal((await team.api.copilots.proposals({ id: copilot.id })).proposals.length, 0);
});

test("an approved contact joins the sequence, and one who may not by then is skipped with the reason", async () => {
  const { team, sequence, head, copilot } = await arranged();
  const proposals = await propose(team, copilot.id);
  await team.api.contacts.update({ id: proposals[1]?.contact.id as string, do_not_contact: true });
  const { proposals: decided } = await team.api.copilots.approve({
    id: copilot.id,
    proposal_ids: idsOf(proposals),
  });
  assert.deepEqual(
    decided.map(({ state }) => state),
    ["approved", "left_out", "approved"],
  );
  assert.equal(decided[1]?.why, "contacts_do_not_contact");
  const { contact } = await team.api.contacts.get({ id: head });
  assert.deepEqual(
    contact.contact_campaign_statuses.map((one) => [one.id, one.emailer_campaign_id]),
    [[decided[0]?.enrollment_id, sequence.id]],
  );
  const again = await refused(team.api.copilots.approve({ id: copilot.id, proposal_ids: idsOf(proposals) }));
  assert.equal(again.code, "copilot_decided");
});

test("rejections teach: contacts like the rejected are proposed later from then on, with the reason", async () => {
  const { team, head, copilot } = await arranged({ wish: { per_day: 1 } });
  const [first] = await propose(team, copilot.id);
  assert.equal(first?.contact.id, head);
  await newContact(team, { title: "Head of Maintenance", direct_phone: null });
  await asOwner(world, (client) =>
    client.query("update contacts set country = 'Norway' where id = $1", [first?.contact.id]),
  );
  await team.api.copilots.reject({
    id: copilot.id,
    proposal_ids: [first?.id as string],
    reason: "Not our kind",
  });
  const { lessons } = await team.api.copilots.show({ id: copilot.id });
  assert.deepEqual(lessons, [{ trait: "Rank", value: "head", approved: 0, rejected: 1, points: -4 }]);
  world.advance({ hours: 24 });
  const [second] = await propose(team, copilot.id);
  assert.deepEqual(
    second?.reasons.map(({ points, says }) => [points, says]),
    [
      [35, "Score 35"],
      [-4, "Rank head: 0 approved, 1 rejected"],
    ],
  );
  const { proposals } = await team.api.copilots.proposals({ id: copilot.id, state: "rejected" });
  assert.deepEqual([proposals[0]?.why, proposals[0]?.decided_by_user_id], ["Not our kind", team.owner.id]);
});

test("more like these: contacts like the examples come first", async () => {
  const team = await world.newTeam();
  const box = await newMailbox(team, { email_daily_threshold: 50 });
  const sequence = await newSequence(team);
  const [example, alike] = await newContacts(team, 2, { title: "Buyer" });
  await asOwner(world, (client) =>
    client.query("update contacts set country = 'Norway' where id = any($1)", [[example, alike]]),
  );
  await newContacts(team, 3, { title: "Buyer" });
  const { copilot } = await team.api.copilots.create({
    name: "Alike",
    example_contact_ids: [example as string],
    per_day: 2,
    emailer_campaign_id: sequence.id,
    email_account_ids: [box.id],
  });
  const proposals = await propose(team, copilot.id);
  const found = proposals.find(({ contact }) => contact.id === alike);
  assert.match(found?.reasons.at(-1)?.says ?? "", /as 1 of 1 examples/);
});

test("it never proposes more than the mailboxes have room for, waiting proposals counted in", async () => {
  const { team, copilot } = await arranged({ mailbox: { email_daily_threshold: 2 }, wish: { per_day: 5 } });
  const first = await propose(team, copilot.id);
  assert.equal(first.length, 2);
  assert.match((await team.api.copilots.show({ id: copilot.id })).copilot.said ?? "", /can send 2 more/);
  world.advance({ hours: 24 });
  assert.equal((await propose(team, copilot.id)).length, 0, "both wait for a decision");
  const other = await newMailbox(team, { email_daily_threshold: 1 });
  for (const { id } of first)
    await team.api.copilots.edit({ id: copilot.id, proposal_id: id, email_account_id: other.id });
  const refusal = await refused(team.api.copilots.approve({ id: copilot.id, proposal_ids: idsOf(first) }));
  assert.deepEqual([refusal.code, refusal.status], ["copilot_no_room", 422]);
  const { proposals } = await team.api.copilots.approve({
    id: copilot.id,
    proposal_ids: [first[0]?.id as string],
  });
  const { contact } = await team.api.contacts.get({ id: proposals[0]?.contact.id as string });
  assert.equal(contact.contact_campaign_statuses[0]?.send_email_from_email_account_id, other.id);
});

/** Two copilots that look for others, and send from the same mailbox, which may send so many a day. */
async function sharing(room: number, wish: Partial<Input<"copilots", "create">> = {}) {
  const { team, box, copilot } = await arranged({
    mailbox: { email_daily_threshold: room },
    isAlwaysOpen: true,
    count: 6,
    wish: { filters: { q_title: "Buyer" }, per_day: 5, ...wish },
  });
  const sequence = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  await newContacts(team, 6, { title: "Head of Sales" });
  const { copilot: other } = await team.api.copilots.create({
    name: "Heads",
    filters: { q_title: "Head" },
    per_day: 5,
    ...wish,
    emailer_campaign_id: sequence.id,
    email_account_ids: [box.id],
  });
  return { team, box, copilots: [copilot, other] };
}

test("what one copilot has proposed takes room from another that shares its mailboxes, until it is decided", async () => {
  const { team, copilots } = await sharing(7);
  const [one = { id: "" }, other = { id: "" }] = copilots;
  const first = await propose(team, one.id);
  assert.deepEqual([first.length, (await propose(team, other.id)).length], [5, 2]);
  assert.match((await team.api.copilots.show({ id: other.id })).copilot.said ?? "", /can send 2 more/);
  world.advance({ hours: 24 });
  assert.equal((await propose(team, other.id)).length, 0);
  await team.api.copilots.reject({ id: one.id, proposal_ids: idsOf(first.slice(0, 1)) });
  const elsewhere = await newMailbox(team, { email_daily_threshold: 50 });
  await team.api.copilots.edit({
    id: one.id,
    proposal_id: first[1]?.id as string,
    email_account_id: elsewhere.id,
  });
  world.advance({ hours: 24 });
  assert.equal((await propose(team, other.id)).length, 2, "one was rejected, one goes from elsewhere");
});

for (const review of [true, false])
  test(`two copilots at once give no room away twice, ${review ? "proposing" : "without review"}`, async () => {
    for (let round = 0; round < 3; round++) {
      const { team, copilots } = await sharing(6, { review });
      const proposed = await Promise.all(copilots.map(({ id }) => propose(team, id)));
      assert.equal(proposed.flat().length, 6, proposed.map(({ length }) => length).join(" and "));
    }
  });

test("two decisions at once let in no more than the mailbox they share has room for", async () => {
  const { team, box, copilots } = await sharing(50);
  const proposed = await Promise.all(copilots.map(({ id }) => propose(team, id)));
  await team.api.emailAccounts.update({ id: box.id, email_daily_threshold: 5 });
  const done = await Promise.allSettled(
    copilots.map(({ id }, n) => team.api.copilots.approve({ id, proposal_ids: idsOf(proposed[n] ?? []) })),
  );
  assert.deepEqual(done.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("the engine proposes when the hour comes, and a day that was missed runs once", async () => {
  const { team, copilot } = await arranged({ wish: { active: true, per_day: 1 } });
  const waiting = async () => (await team.api.copilots.show({ id: copilot.id })).copilot.waiting;
  const settle = async () => {
    while ((await proposeOnce(world.running)) > 0);
  };
  await settle();
  assert.equal(await waiting(), 0, "its hour is still to come");
  world.advance({ hours: 24 });
  await settle();
  await settle();
  assert.equal(await waiting(), 1);
  world.advance({ hours: 3 * 24 });
  await settle();
  assert.equal(await waiting(), 2, "three days, and once");
});

test("a copilot that is changed once its day has failed stays on, and one that is not is turned off", async () => {
  const { team, copilot } = await arranged({ wish: { active: true } });
  const { db, now } = world.running.app;
  world.advance({ hours: 24 });
  const failed = await db.inTeam(team.id, (inTeam) => lockDue(inTeam, team.id, now()));
  assert.ok(failed?.id === copilot.id);
  const turnOff = async (as: DueCopilot) => {
    await db.inTeam(team.id, (inTeam) => switchCopilotOff(inTeam, team.id, as, "Turned off.", now()));
    const { active, said } = (await team.api.copilots.show({ id: copilot.id })).copilot;
    return [active, said];
  };
  const { id } = await newSequence(team);
  await team.api.copilots.update({ id: copilot.id, emailer_campaign_id: id });
  assert.deepEqual(await turnOff(failed), [true, null]);
  const again = await db.inTeam(team.id, (inTeam) => lockDue(inTeam, team.id, now()));
  assert.ok(again);
  assert.deepEqual(await turnOff(again), [false, "Turned off."]);
});

test("without review they join as soon as they are proposed", async () => {
  const { team, copilot } = await arranged({ wish: { review: false } });
  const proposals = await propose(team, copilot.id);
  assert.deepEqual(
    proposals.map(({ state, decided_by_user_id: by }) => [state, by]),
    [...Array.from({ length: 3 }, () => ["approved", null])],
  );
});

test("a copilot is changed by the user who made it, and its description follows its filters", async () => {
  const { team, copilot } = await arranged();
  const { copilot: changed } = await team.api.copilots.update({ id: copilot.id, name: "Others", per_day: 7 });
  assert.deepEqual(
    [changed.name, changed.per_day, changed.active, changed.next_at],
    ["Others", 7, false, null],
  );
  const everybody = await refused(team.api.copilots.update({ id: copilot.id, filters: {} }));
  assert.equal(everybody.code, "copilot_takes_everybody");
  assert.equal(
    (await refused(team.api.copilots.update({ id: copilot.id, filters: { q_tittle: "x" } }))).status,
    422,
  );
  await team.api.copilots.delete({ id: copilot.id });
  assert.deepEqual((await team.api.copilots.list()).copilots, []);
});
