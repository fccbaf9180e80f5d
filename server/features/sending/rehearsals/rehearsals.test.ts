// A sequence tried out before it runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { plantContact, plantEnrollment } from "../../../testing/planted.ts";
import { newSendingMailbox, useWitness } from "../../../testing/sending.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const witness = useWitness();
const world = useWorld({ mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

const MAIL = { subject: "{{first_name}}?", body_html: "<p>{{title}} at {{company}}</p>" };

async function newSequence(who: Team = team) {
  const { emailer_campaign, emailer_steps } = await who.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [{ emailer_template: MAIL }] },
      { type: "call", wait_time: 2, wait_mode: "day" },
    ],
  });
  return { id: emailer_campaign.id, steps: emailer_steps.map(({ id }) => id) };
}

test("each step has the date it would fall due, by the schedule, and steps not saved yet can be tried", async () => {
  const { id } = await newSequence();
  const schedule = (
    await team.api.schedules.create({
      name: "Office",
      time_zone: "UTC",
      use_contacts_time_zone: false,
      schedule_hash: { monday: [[9, 17]], tuesday: [[9, 17]], wednesday: [[9, 17]] },
    })
  ).emailer_schedule;
  await team.api.sequences.change({ id, emailer_schedule_id: schedule.id });
  const starts_at = "2026-11-20T08:00:00Z"; // a Friday
  const { rehearsal } = await team.api.rehearsals.dates({ id, starts_at });
  assert.equal(rehearsal.time_zone, "UTC");
  assert.deepEqual(
    rehearsal.steps.map(({ type, due_at }) => [type, due_at?.slice(0, 16)]),
    [
      ["auto_email", "2026-11-23T09:00"],
      ["call", "2026-11-25T09:00"],
    ],
  );
  assert.equal(rehearsal.uses_contact_time_zone, false);
  const [first] = rehearsal.steps;
  assert.equal(first?.unshifted_at?.slice(0, 16), "2026-11-20T08:00");
  assert.deepEqual(first?.shifts, [
    { reason: "no_hours", dates: ["2026-11-20", "2026-11-21", "2026-11-22"] },
  ]);
  assert.deepEqual([first.earliest_at, first.latest_at], [first.due_at, first.due_at]);
  const draft = await team.api.rehearsals.dates({
    id,
    starts_at,
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "day", enabled: false },
      { type: "call", wait_time: 1, wait_mode: "day" },
    ],
  });
  assert.deepEqual(
    draft.rehearsal.steps.map(({ due_at }) => due_at?.slice(0, 16) ?? null),
    [null, "2026-11-23T09:00"],
  );
});

test("a mail reads as it would for a contact, and says what it lacks", async () => {
  const { id } = await newSequence();
  const contact_id = await plantContact(world, team, {
    first_name: "Ines",
    title: null,
    organization_name: "Acme AB",
  });
  const { preview } = await team.api.rehearsals.mail({ id, contact_id, ...MAIL });
  assert.equal(preview.subject, "Ines?");
  assert.match(preview.body_html, /at Acme/);
  assert.deepEqual([preview.missing, preview.fault, preview.contact.id], [["title"], null, contact_id]);
});

test("without a choice it is a contact of the sequence, else of the team, else an invented one", async () => {
  const alone = await world.newTeam("Alone");
  const { id } = await newSequence(alone);
  const invented = await alone.api.rehearsals.mail({ id, ...MAIL });
  assert.deepEqual([invented.preview.contact.id, invented.preview.subject], [null, "Ines?"]);
  const member = await plantContact(world, alone, { first_name: "Mona", email: "mona@company.example" });
  const other = await plantContact(world, alone, { first_name: "Lars", email: "lars@company.example" });
  assert.equal((await alone.api.rehearsals.mail({ id, ...MAIL })).preview.contact.id !== null, true);
  await plantEnrollment(world, alone, id, { contact_id: member });
  assert.notEqual(member, other);
  assert.equal((await alone.api.rehearsals.mail({ id, ...MAIL })).preview.subject, "Mona?");
});

test("a template that cannot be read says why, and is not sent", async () => {
  const { id } = await newSequence();
  const broken = { subject: "Hi", body_html: "<p>{{first_name</p>" };
  const { preview } = await team.api.rehearsals.mail({ id, ...broken });
  assert.ok(preview.fault?.sentence);
  assert.equal(preview.fault?.in, "body");
  await newSendingMailbox(team, witness);
  await assert.rejects(team.api.rehearsals.sendTest({ id, ...broken }), { code: "test_mail_unreadable" });
});

test("a test mail goes only to the caller, and a dry run sends none", async () => {
  const sending = await world.newTeam("Sending");
  const { id } = await newSequence(sending);
  await assert.rejects(sending.api.rehearsals.sendTest({ id, ...MAIL }), {
    code: "test_mail_without_mailbox",
  });
  const mailbox = await newSendingMailbox(sending, witness);
  await plantContact(world, sending, { first_name: "Ines", title: "Boss", organization_name: "Acme" });
  await sending.api.rehearsals.sendTest({ id, ...MAIL }, { dryRun: true });
  assert.equal(witness.lines().length, 0);
  const { test: sent } = await sending.api.rehearsals.sendTest({ id, ...MAIL });
  assert.deepEqual([sent.to, sent.email_account?.id], [sending.owner.email, mailbox.id]);
  const [line] = await witness.waitFor(1);
  assert.match(JSON.stringify(line), new RegExp(sending.owner.email));
  const found = await sending.api.emailerMessages.search({});
  assert.equal(found.emailer_messages.length, 0);
});

test("problems name the variable, how many lack it, and only of those who have yet to get the mail", async () => {
  const { id, steps } = await newSequence();
  const plantMember = async (row: Record<string, unknown>, step: string | undefined) => {
    const contact_id = await plantContact(world, team, { organization_name: "Acme", title: "Boss", ...row });
    await plantEnrollment(world, team, id, { contact_id, current_step_id: step });
    return contact_id;
  };
  const nameless = await plantMember({ first_name: null }, steps[0]);
  await plantMember({ first_name: "Ines" }, steps[0]);
  await plantMember({ first_name: null }, steps[1]);
  const found = await team.api.rehearsals.problems({ id });
  assert.deepEqual([found.looked_at, found.people], [3, 3]);
  assert.deepEqual(found.missing, [
    {
      emailer_step_id: steps[0],
      position: 1,
      variable: "first_name",
      count: 1,
      contact_ids: [nameless],
    },
  ]);
});

test("what a mail may name is listed, with the team's own fields", async () => {
  await team.api.customFields.create({ modality: "contact", label: "Favourite Sport", type: "string" });
  const { variables } = await team.api.rehearsals.variables();
  const names = variables.map(({ name }) => name);
  assert.ok(names.includes("first_name") && names.includes("contact.favourite_sport"));
  const others = (await stranger.api.rehearsals.variables()).variables.map(({ name }) => name);
  assert.ok(!others.includes("contact.favourite_sport"));
});

test("another team's sequence is not there", async () => {
  const { id } = await newSequence();
  for (const ask of [
    () => stranger.api.rehearsals.dates({ id }),
    () => stranger.api.rehearsals.mail({ id }),
    () => stranger.api.rehearsals.problems({ id }),
    () => stranger.api.rehearsals.sendTest({ id, ...MAIL }),
    () => stranger.api.rehearsals.mails({ id }),
  ])
    await assert.rejects(ask(), { status: 404 });
});

test("a name that no variable and no field has is told, with the one that is probably meant", async () => {
  const own = await world.newTeam("Misspelt");
  await own.api.customFields.create({ name: "Renewal date", type: "date", modality: "contact" });
  const { id } = await newSequence(own);
  const ask = async (subject: string, body_html = "<p>Hi</p>") =>
    (await own.api.rehearsals.mail({ id, subject, body_html })).preview.unknown_variables;
  assert.deepEqual(
    await ask("{{frist_name}}?", "<p>{{compny|there}} {{renewal_date}} {{wholly_different}}</p>"),
    [
      { name: "frist_name", meant: "first_name" },
      { name: "compny", meant: "company" },
      { name: "wholly_different", meant: null },
    ],
  );
  assert.deepEqual(await ask("{{first_name}} {{contact.renewal_date}} {{now_day}}"), []);
  assert.deepEqual(await ask("{{first_name"), []);
});
