// Contacts who finished a sequence and do not reply.

import assert from "node:assert/strict";
import { test } from "node:test";
import { markOnce } from "../../../engine/planning/mark-unresponsive.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { type MemberRow, newSequence, plantMembers } from "../../../testing/members.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { byCaller } from "../../events/events/store.ts";

let team: Team;
let stages: Record<string, string>;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { contact_stages } = await team.api.contactStages.list();
  stages = Object.fromEntries(contact_stages.map(({ name, id }) => [name, id]));
});

async function through(rest: Parameters<typeof newSequence>[1] = {}) {
  const sequence = await newSequence(team, {
    contact_email_event_to_stage_mapping: { unresponsive: stages.Unresponsive },
    ...rest,
  });
  const [row] = await plantMembers(world, team, sequence.id, 1, { current_step_id: sequence.steps[2] });
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  await actFor(world.running.app, onBehalf, (act) =>
    happened(byCaller(act), [{ enrollmentId: row?.id ?? "", what: { is: "completedLastStep" } }]),
  );
  return row as MemberRow;
}

async function later(days: number) {
  world.advance({ hours: 24 * days });
  while ((await markOnce(world.running)) > 0);
}

async function stageOf(row: MemberRow) {
  const { contact } = await team.api.contacts.get({ id: row.contact_id });
  return Object.keys(stages).find((name) => stages[name] === contact.contact_stage_id) ?? null;
}

test("a contact who does not reply for as many days as the rule says moves to the stage named for it, and the feed records it", async () => {
  const row = await through();
  await later(4);
  assert.notEqual(await stageOf(row), "Unresponsive");
  await later(1);
  assert.equal(await stageOf(row), "Unresponsive");
  const { audit_log } = await team.api.auditLog.list({ subject_id: row.contact_id });
  assert.equal(audit_log.filter(({ type }) => type === "contact.stage_changed").length, 1);
  await team.api.contacts.update({ id: row.contact_id, contact_stage_id: stages.Approaching as string });
  await later(30);
  assert.equal(await stageOf(row), "Approaching", "once, and not again");
});

test("the sequence's own number of days counts before the ruleset's", async () => {
  const row = await through({ days_to_wait_before_mark_as_response: 12 });
  await later(11);
  assert.notEqual(await stageOf(row), "Unresponsive");
  await later(1);
  assert.equal(await stageOf(row), "Unresponsive");
});

test("a reply to any of our mails since then counts; an out-of-office reply does not", async () => {
  const [answered, absent, before] = [await through(), await through(), await through()];
  const mail = (row: MemberRow, replyClass: string | null, at: string) =>
    asOwner(world, (client) =>
      client.query(
        `insert into messages (team_id, id, type, delivery, contact_id, replied_at, reply_class, created_at, updated_at)
         values ($1, new_ident(), 'outreach_automatic_email', 'sent', $2, now() + $4::interval, $3, now(), now())`,
        [team.id, row.contact_id, replyClass, at],
      ),
    );
  await mail(answered, "willing_to_meet", "1 day");
  await mail(absent, "out_of_office", "1 day");
  await mail(before, null, "-1 day");
  await later(5);
  assert.notEqual(await stageOf(answered), "Unresponsive");
  assert.equal(await stageOf(absent), "Unresponsive");
  assert.equal(await stageOf(before), "Unresponsive");
});

test("contacts who are in another sequence, are suppressed, or were moved by a user keep their stage", async () => {
  const [elsewhere, barred, lost] = [await through(), await through(), await through()];
  const other = await newSequence(team);
  await asOwner(world, (client) =>
    client.query(
      `insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at)
       values ($1, new_ident(), $2, $3, 'active', now(), now())`,
      [team.id, other.id, elsewhere.contact_id],
    ),
  );
  await team.api.contacts.update({ id: barred.contact_id, do_not_contact: true });
  await team.api.contacts.update({
    id: lost.contact_id,
    contact_stage_id: stages["Not Interested"] as string,
  });
  await later(5);
  for (const row of [elsewhere, barred]) assert.notEqual(await stageOf(row), "Unresponsive");
  assert.equal(await stageOf(lost), "Not Interested");
});

test("where no stage is named for it no contact moves, nor out of a stage that automatic moves leave alone", async () => {
  const unnamed = await through({ contact_email_event_to_stage_mapping: {} });
  const before = await stageOf(unnamed);
  const { contact_stage } = await team.api.contactStages.create({
    name: "By hand only",
    category: "in_progress",
    ignore_trigger_override: true,
  });
  const kept = await through();
  await team.api.contacts.update({ id: kept.contact_id, contact_stage_id: contact_stage.id });
  await later(5);
  assert.equal(await stageOf(unnamed), before);
  const { contact } = await team.api.contacts.get({ id: kept.contact_id });
  assert.equal(contact.contact_stage_id, contact_stage.id);
});
