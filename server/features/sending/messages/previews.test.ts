// How mails that wait would read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantMessage } from "../../../testing/planted.ts";
import { MAIL_STEP, type Touch } from "../../../testing/sequenced.ts";
import { catchUpEngine, newPeople } from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function mailStep(subject: string, bodyHtml: string, rest: Partial<Touch> = {}) {
  const emailer_template = { subject, body_html: bodyHtml };
  return { ...MAIL_STEP, emailer_touches: [{ emailer_template, status: "approved" as const, ...rest }] };
}

const found = async (sequence: string) =>
  (await team.api.emailerMessages.search({ emailer_campaign_ids: [sequence] })).emailer_messages;

test("mails that wait are shown as they would read for their contact, in the list and one by one", async () => {
  const steps = [mailStep("For {{first_name}}", "<p>Dear {{first_name}},</p>")];
  const { sequence, contacts, mailbox } = await newPeople(team, steps, { count: 2 });
  const more = await newPeople(team, [mailStep("About {{company}}", "<p>Hi</p>")], {
    contact: { organization_name: "Norrland Kraft AB" },
  });
  await catchUpEngine(world);
  await plantMessage(world, team, sequence, {
    contact_id: contacts[0],
    mailbox_id: mailbox,
    subject: "Sent",
    body_html: "<p>x</p>",
    body_text: "x",
    completed_at: "2026-02-03T09:00:40Z",
  });
  const mails = await found(sequence);
  const names = new Map<string, string>();
  for (const id of contacts) names.set(id, (await team.api.contacts.get({ id })).contact.first_name ?? "");
  const waiting = mails.filter(({ status }) => status === "scheduled");
  assert.equal(waiting.length, 2);
  for (const mail of waiting) {
    const name = names.get(mail.contact_id ?? "");
    assert.deepEqual(
      [mail.subject, mail.body_html, mail.body_text, mail.is_preview, mail.needs_dynamic_assemble],
      [`For ${name}`, `<p>Dear ${name},</p>`, `Dear ${name},`, true, true],
    );
    const { emailer_message } = await team.api.emailerMessages.show({ id: mail.id });
    assert.equal(emailer_message.subject, mail.subject);
    assert.equal(emailer_message.body_html_loaded, true);
  }
  const [sent] = mails.filter(({ status }) => status === "completed");
  assert.deepEqual([sent?.subject, sent?.is_preview], ["Sent", false]);
  assert.equal((await found(more.sequence))[0]?.subject, "About Norrland Kraft");
  const stored = await asOwner(
    world,
    async (client) =>
      (
        await client.query("select subject from messages where sequence_id = $1 and delivery = 'planned'", [
          sequence,
        ])
      ).rows,
  );
  assert.ok(
    stored.every(({ subject }) => subject === null),
    "nothing of it is written down",
  );
});

test("an answer in the thread has the subject of what it answers, and days are told as of its time", async () => {
  const steps = [
    mailStep("First", "<p>Hi</p>"),
    {
      ...mailStep("", "<p>{{now_weekday}}</p>", { type: "reply_to_thread" }),
      wait_time: 20,
      wait_mode: "hour" as const,
    },
  ];
  const { sequence, contacts, mailbox, steps: ids } = await newPeople(team, steps);
  const now = world.running.app.now();
  const due = now.add({ hours: 20 });
  await asOwner(world, async (client) => {
    const { rows } = await client.query(
      `update enrollments set current_step_id = $2, due_at = $3 where sequence_id = $1 returning id`,
      [sequence, ids[1], due.toString()],
    );
    await plantMessage(world, team, sequence, {
      contact_id: contacts[0],
      mailbox_id: mailbox,
      enrollment_id: rows[0].id,
      step_id: ids[0],
      subject: "First",
      body_html: "<p>Hi</p>",
      completed_at: now.toString(),
      internet_message_id: "<a@b>",
    });
  });
  await catchUpEngine(world);
  const [mail] = (await found(sequence)).filter(({ status }) => status === "scheduled");
  const day = due.toZonedDateTimeISO("UTC").toLocaleString("en", { weekday: "long" });
  assert.deepEqual([mail?.subject, mail?.body_text, mail?.is_preview], ["Re: First", day, true]);
});

test("what cannot be composed is the template's subject as written, and no preview", async () => {
  const steps = [mailStep("Hello {% if %}", "<p>x</p>")];
  const { sequence } = await newPeople(team, steps);
  await catchUpEngine(world);
  const mails = await found(sequence);
  assert.deepEqual(
    mails.map(({ subject, is_preview, body_html }) => [subject, is_preview, body_html]),
    [["Hello {% if %}", false, null]],
  );
});

test("an unknown value leaves a gap", async () => {
  const { sequence } = await newPeople(team, [mailStep("Your {{title}} role", "<p>x</p>")]);
  await catchUpEngine(world);
  assert.equal((await found(sequence))[0]?.subject, "Your role");
});
