// How often anybody is touched: what is beyond the team's limits waits, over all sequences and mails by hand, and says so.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../../testing/sending.ts";
import { CALL_STEP, MAIL_STEP, newContact, newSequence, type StepWish } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const witness = useWitness();
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK });
let team: Team;
let hours: string;
let mailbox: string;

beforeEach(async () => {
  team = await world.newTeam();
  hours = await alwaysOpen(team);
  mailbox = (await newSendingMailbox(team, witness)).id;
});

type Limit = {
  scope: "person" | "company" | "domain";
  counts: "emails" | "touches" | "new_contacts";
  most: number;
  days: number;
};
const allow = (...touch_limits: Limit[]) => team.api.teams.update({ touch_limits });

async function enrol(contactIds: string[], steps: StepWish[] = [MAIL_STEP]) {
  const { id } = await newSequence(team, { emailer_schedule_id: hours, emailer_steps: steps });
  const answer = await team.api.joining.addContacts({
    id,
    contact_ids: contactIds,
    send_email_from_email_account_id: [mailbox],
    sequence_active_in_other_campaigns: true,
    sequence_finished_in_other_campaigns: true,
    sequence_same_company_in_same_campaign: true,
    sequence_unverified_email: true,
  });
  return "enrollments" in answer ? answer.enrollments.map((one) => one.id) : [];
}

type Mail = {
  id: string;
  delivery: string;
  hold_code: string | null;
  next_check_at: Date | null;
  to_email: string;
};
const mails = () =>
  asOwner(world, async (client) => {
    const found = await client.query<Mail>(
      "select id, delivery, hold_code, next_check_at, to_email from messages where team_id = $1 order by created_at, id",
      [team.id],
    );
    return found.rows;
  });
const sent = async () => (await mails()).filter(({ delivery }) => delivery === "sent").length;
const held = async () => (await mails()).filter(({ hold_code }) => hold_code === "limit:touches").length;
const waits = (count: number) => until(async () => (await held()) === count);
const arrives = (count: number) => until(async () => (await sent()) === count);

test("of two sequences that mail the same person one waits until the days have passed, and every page says why", async () => {
  await allow({ scope: "person", counts: "emails", most: 1, days: 7 });
  const ann = await newContact(team);
  await enrol([ann]);
  await arrives(1);
  const [second = ""] = await enrol([ann]);
  await waits(1);
  const { explain } = await team.api.explain.enrollment({ id: second });
  const [hold] = explain.held_by;
  assert.equal(hold?.code, "limit:touches");
  assert.equal(
    hold?.rule,
    "The team has reached a contact frequency limit: 1 of 1 email to one contact within 7 days.",
  );
  const { touch_limits: own } = await team.api.contacts.touchLimits({ id: ann });
  assert.deepEqual(
    own.map(({ touches, most, days, free_at }) => [touches, most, days, free_at === hold?.until]),
    [[1, 1, 7, true]],
  );
  assert.equal(own[0]?.sentence, "This contact: 1 of 1 email in 7 days.");
  world.advance({ hours: 7 * 24 - 1 });
  await until(async () => (await team.api.contacts.touchLimits({ id: ann })).touch_limits[0]?.touches === 1);
  assert.equal(await sent(), 1);
  world.advance({ hours: 1, minutes: 5 });
  await arrives(2);
});

test("colleagues share what their company and their domain may get, and a copy counts for the domain", async () => {
  await allow(
    { scope: "company", counts: "emails", most: 2, days: 3 },
    { scope: "domain", counts: "emails", most: 3, days: 3 },
  );
  const { account } = await team.api.accounts.create({ name: "Acme" });
  const at = (name: string, account_id?: string) =>
    newContact(team, { email: `${name}@acme.example`, ...(account_id && { account_id }) });
  const colleagues = [];
  for (const name of ["a", "b", "c"]) colleagues.push(await at(name, account.id));
  await enrol(colleagues);
  await arrives(2);
  await waits(1);
  const other = await newContact(team, { email: "x@gmail.com" });
  const { touch_limits: free } = await team.api.contacts.touchLimits({ id: other });
  assert.deepEqual(
    free.map(({ scope }) => scope),
    ["domain"].slice(1), // free mail belongs to no company and no domain
  );
  const standing = await team.api.contacts.touchLimits({ id: colleagues[2] ?? "" });
  assert.deepEqual(
    standing.touch_limits.map(({ scope, touches, domain }) => [scope, touches, domain]),
    [
      ["company", 2, null],
      ["domain", 2, "acme.example"],
    ],
  );
});

test("a call waits where touches are counted and not where mails are, and once done it counts", async () => {
  await allow({ scope: "person", counts: "touches", most: 1, days: 2 });
  const ann = await newContact(team);
  await enrol([ann]);
  await arrives(1);
  const [calling = ""] = await enrol([ann], [{ ...CALL_STEP, wait_time: 0, wait_mode: "minute" }]);
  await until(async () => {
    const { explain } = await team.api.explain.enrollment({ id: calling });
    return explain.held_by.some(({ code }) => code === "limit:touches");
  });
  const open = async () =>
    (await team.api.tasks.search({ contact_id: ann, open_factor_names: ["task_is_pending"] })).tasks;
  assert.deepEqual(await open(), []);
  await allow({ scope: "person", counts: "emails", most: 1, days: 2 }); // what waited is looked at again at once
  const [task] = await until(async () => ((await open()).length > 0 ? open() : false));
  await team.api.tasks.complete({ id: task?.id ?? "" });
  await allow({ scope: "person", counts: "touches", most: 2, days: 2 });
  const { touch_limits: own } = await team.api.contacts.touchLimits({ id: ann });
  assert.equal(own[0]?.touches, 2);
});

test("a text message that was sent counts as a touch, and an action item does not", async () => {
  await allow({ scope: "person", counts: "touches", most: 1, days: 7 });
  const contact = await newContact(team);
  const touches = async () => {
    const { touch_limits } = await team.api.contacts.touchLimits({ id: contact });
    return touch_limits[0]?.touches;
  };
  const complete = async (type: "action_item" | "sms" | "whatsapp") => {
    const { task } = await team.api.tasks.create({ type, contact_id: contact, user_id: team.owner.id });
    await team.api.tasks.complete({ id: task.id });
  };
  await complete("action_item");
  assert.equal(await touches(), 0);
  await complete("sms");
  await complete("whatsapp");
  assert.equal(await touches(), 2);
});

test("a logged call counts once, whether a task asked for it or not, and one that came in does not", async () => {
  await allow({ scope: "person", counts: "touches", most: 9, days: 1 });
  const ann = await newContact(team);
  const now = world.running.app.now().toString();
  const call = {
    contact_id: ann,
    to_number: "+4670000000",
    start_time: now,
    status: "completed" as const,
    logged: true,
  };
  await team.api.phoneCalls.create(call);
  await team.api.phoneCalls.create({ ...call, inbound: true });
  const { touch_limits: own } = await team.api.contacts.touchLimits({ id: ann });
  assert.equal(own[0]?.touches, 1);
});

test("a person may send one mail beyond the limit, and says why", async () => {
  await allow({ scope: "person", counts: "emails", most: 1, days: 7 });
  const ann = await newContact(team);
  await enrol([ann]);
  await arrives(1);
  const draft = async () =>
    (
      await team.api.emailerMessages.create({
        contact_id: ann,
        subject: "As promised",
        body_html: "<p>Here it is</p>",
        email_account_id: mailbox,
      })
    ).emailer_message.id;
  const first = await draft();
  await assert.rejects(team.api.emailerMessages.sendNow({ id: first }), (error: { code?: string }) => {
    return error.code === "touch_limit";
  });
  await team.api.emailerMessages.sendNow({ id: first, touch_limit_reason: "They asked for it on the phone" });
  await arrives(2);
  await feedSettles(world);
  const { events } = await team.api.events.list({ types: ["message.limit_overridden"] });
  assert.deepEqual(
    events.map(({ subject, data }) => [subject.id, data.contact_id, data.limit, data.sent]),
    [[first, ann, 1, 1]],
  );
  assert.ok(!JSON.stringify(events).includes("phone"), "what was written of a person is with the mail");

  // One that waits already is let go in the same way.
  const second = await draft();
  await team.api.emailerMessages.update({
    id: second,
    due_at: world.running.app.now().add({ seconds: 1 }).toString(),
  });
  world.advance({ seconds: 5 });
  await waits(1);
  await team.api.emailerMessages.sendNow({ id: second, touch_limit_reason: "Urgent" });
  await arrives(3);
});

test("so many contacts of one company get their first email in a day, and later emails go on", async () => {
  await allow({ scope: "company", counts: "new_contacts", most: 1, days: 1 });
  const { account } = await team.api.accounts.create({ name: "Acme" });
  const at = (email: string) => newContact(team, { email, account_id: account.id });
  const [ann, ben] = [await at("ann@acme.example"), await at("ben@other.example")];
  const free = [
    await newContact(team, { email: "a@gmail.com" }),
    await newContact(team, { email: "b@gmail.com" }),
  ];
  const later = { ...MAIL_STEP, wait_time: 60, wait_mode: "minute" as const };
  await enrol([ann], [MAIL_STEP, later]);
  await arrives(1);
  const [second = ""] = await enrol([ben]);
  await waits(1);
  const { explain } = await team.api.explain.enrollment({ id: second });
  const [hold] = explain.held_by;
  assert.deepEqual(
    [hold?.code, hold?.rule],
    [
      "limit:touches",
      "The team has reached a contact frequency limit: 1 of 1 first email of sequences to one company within 1 day.",
    ],
  );
  const { touch_limits: own } = await team.api.contacts.touchLimits({ id: ben });
  assert.deepEqual(
    own.map(({ sentence, free_at }) => [sentence, free_at === hold?.until]),
    [["This company: 1 of 1 first email in 1 day.", true]],
  );

  await enrol(free); // whose domain is no company's
  await arrives(3);
  world.advance({ minutes: 61 });
  await arrives(4); // the next step of the same contact
  assert.equal(await held(), 1);
  const { emailer_message: written } = await team.api.emailerMessages.create({
    contact_id: ben,
    subject: "By hand",
    body_html: "<p>By hand</p>",
    email_account_id: mailbox,
  });
  await team.api.emailerMessages.sendNow({ id: written.id });
  await arrives(5);

  const { id } = await newSequence(team, { emailer_schedule_id: hours, emailer_steps: [MAIL_STEP] });
  const preview = await team.api.joining.addContacts(
    { id, contact_ids: [await at("cy@acme.example")], send_email_from_email_account_id: [mailbox] },
    { dryRun: true },
  );
  assert.deepEqual("warnings" in preview ? preview.warnings?.map(({ code }) => code) : [], ["touch_limit"]);
  world.advance({ hours: 23, minutes: 5 });
  await arrives(6);
  assert.equal(await held(), 0);
});

test("who has been touched enough is told of before they are added", async () => {
  await allow({ scope: "person", counts: "emails", most: 1, days: 7 });
  const [ann, ben] = [await newContact(team), await newContact(team)];
  await enrol([ann]);
  await arrives(1);
  const { id } = await newSequence(team, { emailer_schedule_id: hours, emailer_steps: [MAIL_STEP] });
  const answer = await team.api.joining.addContacts(
    {
      id,
      contact_ids: [ann, ben],
      send_email_from_email_account_id: [mailbox],
      sequence_active_in_other_campaigns: true,
      sequence_finished_in_other_campaigns: true,
      sequence_unverified_email: true,
    },
    { dryRun: true },
  );
  const warnings = "warnings" in answer ? answer.warnings : [];
  assert.deepEqual(
    warnings?.map(({ contact_id, code, evidence }) => [contact_id, code, evidence.touches, evidence.limit]),
    [[ann, "touch_limit", 1, 1]],
  );
});

test("limits are a few, and each makes sense", async () => {
  await assert.rejects(allow({ scope: "person", counts: "emails", most: 0, days: 7 }));
  await assert.rejects(allow({ scope: "person", counts: "emails", most: 1, days: 0 }));
  const one: Limit = { scope: "person", counts: "emails", most: 1, days: 1 };
  await assert.rejects(allow(one, one, one, one, one, one, one));
  const { team: kept } = await team.api.teams.current();
  assert.deepEqual(kept.touch_limits, []);
});

test("a reader who is deleted leaves the allowances of their company and address used", async () => {
  await allow({ scope: "company", counts: "emails", most: 1, days: 7 });
  const email = "first@stays.example";
  const first = await newContact(team, { email });
  await enrol([first]);
  await arrives(1);
  await team.api.contacts.delete({ id: first });
  await enrol([await newContact(team, { email: "second@stays.example" })]);
  await waits(1);
  await allow({ scope: "person", counts: "emails", most: 1, days: 7 });
  await arrives(2);
  await enrol([await newContact(team, { email })]);
  await waits(1);
});

test("what goes to one company in a day counts readers who are deleted", async () => {
  await team.api.teams.update({ max_emails_per_recipient_domain_per_day: 1 });
  const first = await newContact(team, { email: "first@counted.example" });
  await enrol([first]);
  await arrives(1);
  await team.api.contacts.delete({ id: first });
  await enrol([await newContact(team, { email: "second@counted.example" })]);
  await until(async () => (await mails()).some(({ hold_code }) => hold_code === "limit:domain_day"));
});

test("a mailbox that is connected again by another user goes on counting from where it was", async () => {
  const box = { email: "shared.box@norrland.example", email_daily_threshold: 1 };
  mailbox = (await newSendingMailbox(team, witness, box)).id;
  await enrol([await newContact(team, { email: "first@boxes.example" })]);
  await arrives(1);
  await team.api.emailAccounts.disconnect({ id: mailbox });
  const { user } = await team.api.users.invite({
    email: `other-${mailbox}@norrland.example`,
    role: "member",
  });
  mailbox = (await newSendingMailbox(team, witness, { ...box, user_id: user.id })).id;
  await enrol([await newContact(team, { email: "second@boxes.example" })]);
  await until(async () => {
    const { explain } = await team.api.explain.mailbox({ id: mailbox });
    return explain.held_by.some(({ code }) => code === "limit:mailbox_day");
  });
  assert.equal(await sent(), 1);
});
