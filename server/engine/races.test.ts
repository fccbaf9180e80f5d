// Things that happen between two steps of one mail, in an order that hardly ever comes by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import type { ClaimedOutgoingMail } from "../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../features/sending/outbox/gate.ts";
import { passGate } from "../features/sending/outbox/mail-life.ts";
import { drop } from "../features/sending/outbox/outcomes.ts";
import { newId } from "../kernel/ids.ts";
import { byHand, TAKEN } from "../testing/by-hand.ts";
import { claimFrom } from "../testing/claim-from.ts";
import { countWaiting } from "../testing/held-open.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { plantMessage } from "../testing/planted.ts";
import { until } from "../testing/sending.ts";
import { newPeople } from "../testing/torture/scene.ts";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { planOnce } from "./planning/plan-steps.ts";
import { sweep } from "./upkeep/sweep.ts";

const world = useWorld({ mailAllow: LOOPBACK, databaseConnections: 10 }); // no engine works here but what a test does by hand
const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};
const { scene, inTeam, claim, claimAll, gate, gateAll, ended, delivery } = byHand(world);

test("a contact paused at the gate and resumed before that was written down keeps its planned mail", async () => {
  const made = await scene();
  const claimed = await claim(made);
  const who = { id: made.sequenceId, contact_ids: made.contactIds };
  await made.team.api.enrollments.pause(who);
  const passage = await gate(made, claimed);
  assert.equal(passage?.is, "cancel");
  await made.team.api.enrollments.resume(who);
  await planOnce(world.running); // their mail is under way, so there is nothing to plan
  await ended(made, claimed, { kind: "held_back" }, passage);
  assert.deepEqual(await delivery(made), {
    delivery: "planned",
    is_queued: true,
    to_email: claimed.claim.toEmail,
  });
});

test("a mail whose enrollment is due later by now waits for that moment, at claim and at gate, and is asked for its limits", async () => {
  const made = await scene({ contacts: 2, mailbox: { email_daily_threshold: 1 } });
  const later = world.running.app.now().add({ hours: 30 }).round({ smallestUnit: "second" });
  const putOff = () =>
    asOwner(world, (client) =>
      client.query("update enrollments set due_at = $2 where team_id = $1", [made.team.id, later.toString()]),
    );
  const claimed = await claimAll(made);
  await putOff();
  for (const passage of await gateAll(made, claimed)) {
    assert.equal(passage?.is === "wait" && passage.code, "not_due");
    assert.equal(passage?.is === "wait" && passage.nextCheckAt.toString(), later.toString());
  }
  for (const one of claimed) await ended(made, one, { kind: "held_back" }, { is: "lost" });
  assert.deepEqual(await claimAll(made), [], "it is asked at the claim as well");
  const { rows } = await asOwner(world, (client) =>
    client.query("select distinct hold_code from messages where team_id = $1 and hold_code is not null", [
      made.team.id,
    ]),
  );
  assert.deepEqual(rows, [{ hold_code: "not_due" }]);
});

test("a verdict whose cause is gone before it is carried out is not, and the mail goes", async () => {
  const made = await scene();
  const address = (email_status: shapes.ContactChanges["email_status"]) =>
    made.team.api.contacts.update({ id: made.contactIds[0] ?? "", email_status });
  await asOwner(world, (client) =>
    client.query("update enrollments set allows_unverified = false where team_id = $1", [made.team.id]),
  );
  await address("guessed");
  const wish = { mailboxId: made.mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url };
  const { dropped } = await inTeam(made, (by) => claimFrom(by, wish));
  assert.equal(dropped[0]?.judgement.is, "fail");
  await address("verified");
  for (const one of dropped) await inTeam(made, (by) => drop(by, one));
  assert.equal((await gate(made, await claim(made)))?.is, "pass");
});

test("a mail held at the gate by a company's limit is looked at again within a minute, though the limit lasts a day", async () => {
  const made = await scene();
  const cap = (most: number | null) =>
    made.team.api.teams.update({ max_emails_per_recipient_domain_per_day: most });
  await plantMessage(world, made.team, made.sequenceId, {
    to_email: "other@company0.example",
    completed_at: world.running.app.now().subtract({ minutes: 5 }).toString(),
  });
  await cap(2);
  const claimed = await claim(made);
  await cap(1);
  const passage = await gate(made, claimed);
  assert.equal(passage?.is === "wait" && passage.code, "limit:domain_day");
  await cap(null); // wakes what waits for it, and this one does not yet
  await ended(made, claimed, { kind: "held_back" }, passage);
  world.advance({ seconds: 61 });
  await planOnce(world.running);
  assert.equal((await gate(made, await claim(made)))?.is, "pass");
});

/** What each of two engines is told at the gate, the second while the first is still in its transaction. */
async function atTheGateTogether(made: Awaited<ReturnType<typeof scene>>) {
  const [one, other] = await claimAll(made);
  assert.ok(one && other);
  const { first, asking } = await inTeam(made, async (by) => {
    const passages = await passGate(by, [one], { leave: null, seen: 0 });
    const next = gate(made, other);
    await Promise.race([next, untilOneWaits()]);
    return { first: passages.get(one.slot.id), asking: [next] };
  });
  const [second] = await Promise.all(asking);
  assert.equal(first?.is, "pass");
  return second?.is === "wait" && second.code;
}

const untilOneWaits = () => until(async () => (await countWaiting(world)) > 0);

test("of two engines at the gate with first emails to one company, the second counts after the first has let go", async () => {
  const made = await scene({ contacts: 2, mailbox: { ...NO_LIMITS } });
  const { account } = await made.team.api.accounts.create({ name: "Acme" });
  for (const id of made.contactIds) await made.team.api.contacts.update({ id, account_id: account.id });
  await made.team.api.teams.update({
    touch_limits: [{ scope: "company", counts: "new_contacts", most: 1, days: 1 }],
  });
  assert.equal(await atTheGateTogether(made), "limit:touches");
});

test("of two engines at the gate with emails to one domain, the second counts after the first has let go", async () => {
  const made = await scene({ contacts: 2, mailbox: { ...NO_LIMITS } });
  for (const [at, id] of made.contactIds.entries())
    await made.team.api.contacts.update({ id, email: `p${at}@one-company.example` });
  await made.team.api.teams.update({
    recipient_limits: [{ to: "domain", provider: null, most: 1, per: "hour" }],
  });
  assert.equal(await atTheGateTogether(made), "limit:recipients");
});

test("a contact who is merged while its mail is claimed is held with the one it has become", async () => {
  const made = await scene({ contacts: 1 });
  const [loser = ""] = made.contactIds;
  const [winner = ""] = await newPeople(made.team, 1);
  const claimed = await claim(made);
  await made.team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
  assert.equal(
    (await gate(made, claimed))?.is,
    "lost",
    "another contact was locked than the one who may be paused",
  );
});

test("what a server put off on Friday is composed and dated anew on Monday", async () => {
  const made = await scene();
  const first = await claim(made);
  assert.equal((await gate(made, first))?.is, "pass");
  const later = { kind: "refused", phase: "dot", permanent: false, code: 451, enhanced: null } as const;
  await ended(made, first, { ...later, serverSaid: "451 later" });
  await made.team.api.contacts.update({ id: made.contactIds[0] ?? "", first_name: "Monday" });
  world.advance({ hours: 72 });
  await planOnce(world.running);
  const second = await claim(made);
  assert.match(second.claim.bodyText ?? "", /Hello Monday/);
  assert.ok(first.claim.composedAt && second.claim.composedAt);
  assert.ok(second.claim.composedAt.since(first.claim.composedAt).total("hours") > 71);
  assert.equal(second.claim.internetMessageId, first.claim.internetMessageId);
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
  const [contactId = ""] = made.contactIds;
  const claimed = await claim(made);
  const before = claimed.claim.toEmail ?? "";
  await made.team.api.contacts.update({ id: contactId, email: "moved@elsewhere.example" });
  await made.team.api.suppressions.create({ value: before });
  const passage = await gate(made, claimed);
  assert.equal(passage?.is, "lost", "the one address was judged and the other written");
  await ended(made, claimed, { kind: "held_back" }, passage);
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
  await ended(made, claimed, outcome);
  await made.team.api.contacts.update({
    id: made.contactIds[0] ?? "",
    email: "moved@away.example",
  });
  world.advance({ minutes: 2 });
  await planOnce(world.running);
  assert.equal((await claim(made)).claim.toEmail, "moved@away.example");
});

test("an enrollment that is resumed while the outcome of its mail is recorded is planned again, every one", async () => {
  const made = await scene({ contacts: 96 });
  const claimed = [];
  for (let some = await claimAll(made); some.length > 0; some = await claimAll(made)) claimed.push(...some);
  assert.equal(claimed.length, 96);
  const id = made.sequenceId;
  await made.team.api.enrollments.pause({ id, contact_ids: made.contactIds });
  const passages = await gateAll(made, claimed);
  let isWritten = false;
  const planning = (async () => {
    while (!isWritten) await planOnce(world.running);
  })();
  const write = (one: ClaimedOutgoingMail, passage: GatePassage | null) =>
    ended(made, one, { kind: "held_back" }, passage);
  for (let n = 0; n < claimed.length; n += 4) {
    const some = claimed.slice(n, n + 4);
    await made.team.api.enrollments.resume({ id, contact_ids: some.map(({ slot }) => slot.contactId ?? "") });
    await Promise.all(some.map((one, k) => write(one, passages[n + k] ?? null)));
  }
  isWritten = true;
  await planning;
  world.advance({ seconds: 2 });
  while ((await planOnce(world.running)) > 0);
  const { rows } = await asOwner(world, (client) =>
    client.query("select delivery, count(*)::int from messages where team_id = $1 group by 1", [
      made.team.id,
    ]),
  );
  assert.deepEqual(rows, [{ delivery: "planned", count: 96 }]);
});

test("only an enrollment that an earlier version left waiting is looked at again", async () => {
  const made = await scene({ contacts: 2 });
  const [stuck] = made.contactIds;
  await asOwner(world, (client) =>
    client.query("update messages set delivery = 'cancelled', is_queued = false where contact_id = $1", [
      stuck,
    ]),
  );
  await sweep(world.running.app);
  assert.equal(await planOnce(world.running), 0, "they may be on their way");
  world.advance({ minutes: 11 });
  await sweep(world.running.app);
  const { rows } = await asOwner(world, (client) =>
    client.query("select contact_id from enrollments where team_id = $1 and plan_at is not null", [
      made.team.id,
    ]),
  );
  assert.deepEqual(rows, [{ contact_id: stuck }]);
  await planOnce(world.running);
  assert.equal((await claimAll(made)).length, 2);
});

test("an enrollment that is looked at while its step is being switched on is planned when it is", async () => {
  const made = await scene({ contacts: 2 });
  await asOwner(world, async (client) => {
    const switched = (isOn: boolean) =>
      client.query("update sequence_steps set is_on = $2 where sequence_id = $1", [made.sequenceId, isOn]);
    await switched(false);
    await client.query("update enrollments set plan_at = due_at where sequence_id = $1", [made.sequenceId]);
    await client.query("begin");
    await switched(true);
    assert.equal(await planOnce(world.running), 0, "nobody knows yet what the step will be");
    await client.query("commit");
  });
  assert.equal(await planOnce(world.running), 2);
  assert.equal((await claimAll(made)).length, 2);
});

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

test("what is said of a sequence between claim and gate holds for the mail that stands there", async () => {
  const changes: [string, (made: Awaited<ReturnType<typeof scene>>) => Promise<unknown>, string][] = [
    [
      "its day's limit",
      ({ team, sequenceId }) => team.api.sequences.update({ id: sequenceId, max_emails_per_day: 0 }),
      "limit:sequence_day",
    ],
    [
      "a step's limit",
      async ({ team, sequenceId }) => {
        const { emailer_steps } = await team.api.sequences.show({ id: sequenceId });
        return team.api.steps.update({ id: emailer_steps[0]?.id ?? "", max_emails_per_day: 0 });
      },
      "limit:step_day",
    ],
    [
      "the hours of its schedule",
      async ({ team }) => {
        const { emailer_schedules } = await team.api.schedules.list();
        const closed = world.running.app.now().toZonedDateTimeISO("UTC").dayOfWeek + 1;
        const schedule_hash = { [DAYS[closed % 7] as string]: [[0, 24]] }; // the day after tomorrow, wherever it is today
        for (const { id } of emailer_schedules) await team.api.schedules.update({ id, schedule_hash });
      },
      "outside_window",
    ],
    [
      "the limit in the team's rules",
      async ({ team }) => {
        const { sequence_rulesets: rulesets } = await team.api.rulesets.list();
        for (const { id } of rulesets) await team.api.rulesets.update({ id, max_emails_per_day: 0 });
      },
      "limit:sequence_day",
    ],
  ];
  for (const [what, change, code] of changes) {
    const made = await scene();
    const claimed = await claim(made);
    await change(made);
    const passage = await gate(made, claimed);
    assert.notEqual(passage?.is, "pass", what);
    await ended(made, claimed, { kind: "held_back" }, passage);
    assert.deepEqual(await claimAll(made), [], what);
    const [row] = await asOwner(world, async (client) => {
      const { rows } = await client.query("select hold_code from messages where team_id = $1", [
        made.team.id,
      ]);
      return rows;
    });
    assert.equal(row?.hold_code, code, what);
  }
});

test("nothing is read anew where nothing was changed, and a text that was changed is the one that goes", async () => {
  const made = await scene({ contacts: 2 });
  const [one, other] = await claimAll(made);
  assert.ok(one && other);
  assert.equal((await gate(made, one))?.is, "pass");
  await made.team.api.sequences.update({ id: made.sequenceId, name: "Another name" });
  const passage = await gate(made, other);
  assert.equal(passage?.is, "lost");
  await ended(made, other, { kind: "held_back" }, passage);
  assert.equal((await gate(made, await claim(made)))?.is, "pass");
});

test("a contact who moves to another zone between claim and gate has that zone's hours, and the mail says so", async () => {
  const made = await scene();
  await asOwner(world, (client) =>
    client.query("update schedules set use_contacts_time_zone = true where team_id = $1", [made.team.id]),
  );
  const claimed = await claim(made);
  await made.team.api.contacts.update({ id: made.contactIds[0] ?? "", time_zone: "Asia/Tokyo" });
  assert.equal((await gate(made, claimed))?.is, "pass");
  const [row] = await asOwner(world, async (client) => {
    const { rows } = await client.query("select schedule_tz from messages where team_id = $1", [
      made.team.id,
    ]);
    return rows;
  });
  assert.equal(row?.schedule_tz, "Asia/Tokyo");
});

test("of mails from several mailboxes that stand before the gate together, the first by rank gets a cap's last place", async () => {
  const made = await scene({ contacts: 4, mailboxes: 2, sequence: { max_emails_per_day: 1 } });
  const first = made.contactIds.at(-1);
  await asOwner(world, (client) =>
    client.query("update messages set rank = rank - 1440 where contact_id = $1", [first]),
  );
  const claimed: ClaimedOutgoingMail[] = [];
  for (const mailboxId of made.mailboxIds)
    claimed.push(...(await claimAll({ ...made, mailboxIds: [mailboxId] })));
  assert.equal(claimed.length, 4);
  assert.equal(new Set(claimed.map(({ slot }) => slot.mailboxId)).size, 2);
  const standing = [...claimed].sort((a, b) =>
    a.slot.contactId === first ? 1 : b.slot.contactId === first ? -1 : 0,
  );
  assert.equal(standing.at(-1)?.slot.contactId, first, "whose turn it is comes last");
  const passages = await gateAll(made, standing);
  assert.deepEqual(
    passages.map((passage) => passage?.is),
    ["wait", "wait", "wait", "pass"],
  );
});

test("whose step is removed while its mail is on its way waits for the next one from then", async () => {
  const thread = { subject: "Hello {{first_name}}", body_html: "<p>Hello</p>" };
  const step = (wait_time: number): shapes.NewStepInSequence => ({
    type: "auto_email",
    wait_time,
    wait_mode: "minute",
    emailer_touches: [{ status: "approved", type: "new_thread", emailer_template: thread }],
  });
  const made = await scene({ sequence: { emailer_steps: [step(0), step(60)] } });
  const claimed = await claim(made);
  assert.equal((await gate(made, claimed))?.is, "pass");
  await made.team.api.steps.remove({ id: claimed.slot.stepId ?? "", force: true });
  await ended(made, claimed, TAKEN);
  while ((await planOnce(world.running)) > 0);
  assert.deepEqual(await claimAll(made), [], "the next mail follows on the heels of this one");
  world.advance({ minutes: 61 });
  while ((await planOnce(world.running)) > 0);
  assert.equal((await claimAll(made)).length, 1);
});
