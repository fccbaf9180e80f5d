// Weeks of a sandbox pass in moments, with the engine, the servers and the mails that every installation has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inSandbox, SANDBOX_BEGINS } from "../../testing/sandboxed.ts";
import { alwaysOpen, newSendingMailbox, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../testing/world.ts";

/** A real mail server, to which nothing may come. */
const trap = useWitness();
let team: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  team = await opened.newTeam();
});

const LATER = { ...MAIL_STEP, wait_time: 3, wait_mode: "day" as const };

/** Three emails, three days apart, from a mailbox whose servers are the trap. */
async function newJourney() {
  const mailbox = await newSendingMailbox(team, trap, {
    imap: { host: "127.0.0.1", port: trap.port, security: "none", username: "u", password: "p" },
  });
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, LATER, LATER],
  });
  const add = (contact_ids: string[]) =>
    team.api.joining.addContacts({
      id: sequence.id,
      contact_ids,
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    });
  return { mailbox, sequence, add };
}

const mailsTo = async (to: string) =>
  (await team.api.catcher.list({ to, limit: 200 })).messages.map(({ at }) => at).reverse();

/** To the minute. */
const hoursBetween = (from: string, to: string) =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to)).round("minutes").total("hours");

test("the time stands still until it is moved", async () => {
  const { clock } = await team.api.sandbox.clock();
  assert.deepEqual(clock, { now: "2027-01-04T09:00:00.000Z", state: "stopped", speed: 0, goal: null });
  assert.deepEqual((await team.api.sandbox.clock()).clock, clock);
});

test("emails go out at their own times, once each, and reach nobody outside", async () => {
  const { add } = await newJourney();
  const email = "ola@kund.example";
  await add([await newContact(team, { email })]);
  const { clock, is_done, from, happened } = await team.api.sandbox.advance({ days: 10 });
  assert.deepEqual([is_done, clock.now, clock.state], [true, "2027-01-14T09:00:00.000Z", "stopped"]);
  assert.equal(from, "2027-01-04T09:00:00.000Z");
  assert.equal(happened.find(({ type }) => type === "message.sent")?.count, 3);
  assert.deepEqual(
    (await mailsTo(email)).map((at) => at.slice(0, 16)),
    ["2027-01-04T09:00", "2027-01-07T09:00", "2027-01-10T09:00"],
  );
  assert.deepEqual(trap.lines(), []);
});

test("what was done just before the time was asked to move comes first, also while the engine was looking", async () => {
  const { sandbox } = world.running.app;
  if (!sandbox) return assert.fail();
  const { add } = await newJourney();
  const email = "late@kund.example";
  const contact = await newContact(team, { email });
  const begun = sandbox.now();
  const arrival = Promise.withResolvers<void>();
  let isDone = false;
  // The engine has found nothing to do, and is about to ask how far the time may go.
  sandbox.alsoDo(async () => {
    if (!isDone) {
      isDone = true;
      await add([contact]);
      const advance = await sandbox.startAdvance(begun.add({ hours: 48 }));
      void advance?.done.then(arrival.resolve);
    }
    return { did: 0, next: null };
  });
  await arrival.promise;
  sandbox.alsoDo(async () => ({ did: 0, next: null }));
  const [first = ""] = await mailsTo(email);
  assert.equal(hoursBetween(`${begun}`, first), 0);
});

test("contacts do what the list says, at its time, and are understood", async () => {
  await team.api.sandbox.setProspects({
    prospects: [
      {
        match: { email: "me@replies.example", step: 2 },
        does: "reply",
        after: "PT3H",
        text: "Yes, call me.",
      },
      { match: { domain: "dead.example" }, does: "hard_bounce", after: "PT1M" },
      {
        match: { email: "me@away.example", step: 1 },
        does: "out_of_office",
        after: "PT1M",
        until: "2027-02-01",
      },
      { match: { email: "me@out.example" }, does: "one_click", after: "PT5H" },
      { match: { email: "me@spam.example" }, does: "complain", after: "PT2H" },
    ],
  });
  const { add, sequence } = await newJourney();
  const emails = [
    "me@replies.example",
    "someone@dead.example",
    "me@away.example",
    "me@out.example",
    "me@spam.example",
    "me@silent.example",
  ];
  const ids: Record<string, string> = {};
  for (const email of emails) ids[email] = await newContact(team, { email });
  const begun = (await team.api.sandbox.clock()).clock.now;
  await add(Object.values(ids));
  await team.api.sandbox.advance({ days: 12 });
  const counts: Record<string, number> = {};
  for (const email of emails) counts[email] = (await mailsTo(email)).length;
  assert.deepEqual(counts, {
    "me@replies.example": 2,
    "someone@dead.example": 1,
    "me@away.example": 1,
    "me@out.example": 1,
    "me@spam.example": 1,
    "me@silent.example": 3,
  });
  const { contact_campaign_statuses } = await team.api.enrollments.search({
    emailer_campaign_ids: [sequence.id],
  });
  const stateOf = (email: string) => {
    const one = contact_campaign_statuses.find(({ contact_id }) => contact_id === ids[email]);
    return [one?.status, one?.inactive_reason ?? one?.failure_reason];
  };
  assert.equal(stateOf("me@away.example")[0], "paused");
  assert.equal(stateOf("me@silent.example")[0], "finished");
  const [second] = (await mailsTo("me@replies.example")).slice(-1);
  const answered = (await team.api.catcher.list({ to: "me@replies.example" })).messages[0]?.answers[0];
  assert.equal(
    Temporal.Instant.from(second ?? "")
      .until(Temporal.Instant.from(answered?.at ?? ""))
      .total("hours"),
    3,
  );
  assert.ok(begun < (second ?? ""));
  assert.deepEqual(trap.lines(), []);
});

test("one advances to the next thing that happens", async () => {
  const { add } = await newJourney();
  const email = "me@next.example";
  await team.api.sandbox.setProspects({ prospects: [] });
  await add([await newContact(team, { email })]);
  await team.api.sandbox.advance({});
  assert.equal((await mailsTo(email)).length, 1);
  while ((await mailsTo(email)).length < 2) await team.api.sandbox.advance({ next: true });
  const [first = "", second = ""] = await mailsTo(email);
  assert.equal(hoursBetween(first, second), 3 * 24);
});

test("the time never goes back, and not too far", async () => {
  assert.equal(
    (await refused(team.api.sandbox.advance({ until: SANDBOX_BEGINS }))).code,
    "sandbox_time_backwards",
  );
  assert.equal(
    (await refused(team.api.sandbox.advance({ until: "2127-01-01" }))).code,
    "sandbox_time_too_far",
  );
  assert.equal(
    (await refused(team.api.sandbox.advance({ days: 1, next: true }))).code,
    "sandbox_goal_unclear",
  );
});

test("a contact may change several times in one moment of a time that stands still", async () => {
  const { api } = team;
  const mailbox = await newSendingMailbox(team, trap);
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, LATER],
    active: false,
  });
  const contact = await newContact(team);
  const id = sequence.id;
  const contact_ids = [contact];
  await api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [mailbox.id] });
  await api.sequences.approve({ id });
  await api.enrollments.pause({ id, contact_ids });
  await api.enrollments.resume({ id, contact_ids });
  await api.sandbox.advance({ days: 5 });
  const { contact_campaign_statuses: statuses } = await api.enrollments.search({
    emailer_campaign_ids: [id],
  });
  assert.deepEqual(
    statuses.map(({ status }) => status),
    ["finished"],
  );
});
