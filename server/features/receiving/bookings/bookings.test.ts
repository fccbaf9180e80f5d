// A booking that Cal.com or Calendly reports to a workflow's address ends the sequences of the contact who booked, and counts as a meeting.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mailed } from "../../../testing/incoming.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner } from "../../../testing/wire.ts";
import { onWorkflow } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld({ engineLoops: 1 });

const sql = (text: string, params: unknown[] = []) =>
  asOwner(world, async (client) => (await client.query(text, params)).rows);

/** Where a booking program reports to, and the contact of an email that was sent. */
async function withHook(name: string) {
  const team = await world.newTeam(name);
  const { secrets } = await onWorkflow(team, {
    trigger: { type: "webhook" },
    actions: [{ type: "notify", text: "A meeting was booked" }],
  });
  const url = (secrets.hook_url ?? "").replace(/^https?:\/\/[^/]+/, world.url);
  const one = await mailed(world, team);
  await sql("update messages set delivery = 'sent', completed_at = now() where id = $1", [one.messageId]);
  const report = async (body: object) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, String(answer.status));
  };
  return { team, report, ...one };
}

const cal = (triggerEvent: string, email: string, uid: string, rest: object = {}) => ({
  triggerEvent,
  payload: {
    uid,
    title: "Thirty minutes",
    startTime: "2099-12-01T09:00:00Z",
    attendees: [{ email: email.toUpperCase(), name: "Ines Okafor" }],
    ...rest,
  },
});

const countsMeeting = async (messageId: string) =>
  (await sql("select demoed_at is not null as is_counted from messages where id = $1", [messageId]))[0]
    ?.is_counted;

const toldOf = async (team: Team) =>
  (await team.api.auditLog.list({ limit: 100 })).audit_log.flatMap(({ type, sentence }) =>
    type.startsWith("contact.meeting") ? [sentence] : [],
  );

test("who books a meeting finishes the sequence, moves to its stage, and the last email counts it once", async () => {
  const { team, email, report, contactId, messageId, enrollmentId, sequenceId } = await withHook("Booked");
  const { contact_stage } = await team.api.contactStages.create({ name: "Meeting" });
  await team.api.sequences.update({
    id: sequenceId,
    contact_email_event_to_stage_mapping: { demoed: contact_stage.id },
  });
  await report(cal("BOOKING_CREATED", email, "one"));
  await report(cal("BOOKING_CREATED", email, "one")); // programs repeat themselves
  await until(async () => (await countsMeeting(messageId)) === true);
  const { contact_campaign_status } = await team.api.enrollments.show({ id: enrollmentId });
  assert.deepEqual(
    [contact_campaign_status.status, contact_campaign_status.inactive_reason],
    ["finished", "meeting booked"],
  );
  await until(async () => (await sql("select from workflow_payloads where taken_at is null")).length === 0);
  const { contact } = await team.api.contacts.get({ id: contactId });
  assert.deepEqual(await toldOf(team), [
    `${contact.name} booked a meeting: Thirty minutes, 2099-12-01 09:00 UTC (Cal.com)`,
  ]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: enrollmentId });
  assert.equal(
    audit_log.find(({ type }) => type === "enrollment.finished")?.sentence,
    "Cadenza marked a contact as finished in a sequence: the contact booked a meeting",
    "and not the owner of the workflow",
  );
  assert.equal(contact.contact_stage_id, contact_stage.id);
});

test("a cancelled meeting is no longer counted, in whatever order that is reported; a moved one still is", async () => {
  const { team, email, report, messageId } = await withHook("Cancelled");
  await report(cal("BOOKING_CREATED", email, "one"));
  await until(async () => (await countsMeeting(messageId)) === true);
  await report(cal("BOOKING_RESCHEDULED", email, "two", { rescheduleUid: "one" }));
  await until(async () => (await sql("select from bookings where team_id = $1", [team.id])).length === 2);
  assert.equal(await countsMeeting(messageId), true);
  await report(cal("BOOKING_CANCELLED", email, "two"));
  await until(async () => (await countsMeeting(messageId)) === false);
  await report(cal("BOOKING_CANCELLED", email, "three"));
  await report(cal("BOOKING_CREATED", email, "three"));
  await until(async () => (await sql("select from workflow_payloads where taken_at is null")).length === 0);
  assert.equal(await countsMeeting(messageId), false, "it had been cancelled before");
  assert.deepEqual(
    (
      await sql("select external_id, state from bookings where team_id = $1 order by external_id", [team.id])
    ).map((row) => [row.external_id, row.state]),
    [
      ["one", "cancelled"],
      ["three", "cancelled"],
      ["two", "cancelled"],
    ],
  );
});

test("Calendly's report works the same, and a booking of a stranger changes nothing", async () => {
  const { team, email, report, messageId } = await withHook("Calendly");
  const invitee = (address: string, n: number) => ({
    event: "invitee.created",
    payload: {
      uri: `https://api.calendly.com/invitees/${n}`,
      email: address,
      name: "Ines Okafor",
      scheduled_event: { name: "15 Minute Meeting", start_time: "2099-12-01T09:00:00Z" },
    },
  });
  await report(invitee("stranger@nowhere.example", 1));
  await report(invitee(email, 2));
  await until(async () => (await countsMeeting(messageId)) === true);
  const told = await toldOf(team);
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /booked a meeting: 15 Minute Meeting, 2099-12-01 09:00 UTC \(Calendly\)$/);
});
