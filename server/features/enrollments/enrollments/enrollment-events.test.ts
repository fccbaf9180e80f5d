// What happens to enrollments without a user's wish.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import {
  type MemberRow,
  memberOf,
  membersOf,
  newSequence,
  plantMembers,
  toldOf,
} from "../../../testing/members.ts";
import { plant } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { byCaller } from "../../events/events/store.ts";
import { type EventOfEnrollment, happened, type What } from "./enrollment-events.ts";

let team: Team;
let stages: Record<string, string>;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { contact_stages } = await team.api.contactStages.list();
  stages = Object.fromEntries(contact_stages.map(({ name, id }) => [name, id]));
});

function happens(...list: EventOfEnrollment[]) {
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  return actFor(world.running.app, onBehalf, (act) => happened(byCaller(act), list));
}

async function standingOf(row: MemberRow | undefined) {
  const { state, inactive_reason, failure_reason } = await memberOf(world, row?.id ?? "");
  return [state, inactive_reason, failure_reason];
}

function trigger(sequenceId: string, event: string, stage: string) {
  return asOwner(world, (client) =>
    client.query(
      "insert into sequence_stage_triggers (team_id, sequence_id, event, stage_id) values ($1, $2, $3, $4)",
      [team.id, sequenceId, event, stages[stage]],
    ),
  );
}

async function stageOf(row: MemberRow | undefined) {
  const { contact } = await team.api.contacts.get({ id: row?.contact_id ?? "" });
  return contact.contact_stage_id;
}

const until = Temporal.Instant.from("2031-01-01T00:00:00Z");
const ROWS: [what: What, expected: [string, string | null, string | null], event: string][] = [
  [{ is: "replied", messageId: null }, ["finished", "replied", null], "enrollment.finished"],
  [{ is: "interested" }, ["finished", "interested", null], "enrollment.finished"],
  [{ is: "outOfOffice", until }, ["paused", "out of office", null], "enrollment.paused"],
  [{ is: "unsubscribed" }, ["finished", "unsubscribed", null], "enrollment.finished"],
  [{ is: "completedLastStep" }, ["finished", "Completed last step", null], "enrollment.finished"],
  [{ is: "hardBounced" }, ["failed", "bounced", "bounced"], "enrollment.failed"],
  [{ is: "spamBlocked" }, ["failed", "spam blocked", "spam_blocked"], "enrollment.failed"],
  [
    { is: "notSent", code: "contact_stage_safeguard" },
    ["failed", null, "contact_stage_safeguard"],
    "enrollment.failed",
  ],
  [{ is: "userDeleted" }, ["failed", "User deleted", "user_deleted"], "enrollment.failed"],
];

for (const [what, expected, event] of ROWS) {
  test(`${what.is}: ${expected.filter(Boolean).join(", ")}, told as ${event}, and counted`, async () => {
    const { id, steps } = await newSequence(team);
    const [row] = await plantMembers(world, team, id, 1, { current_step_id: steps[1] });
    const { changed } = await happens({ enrollmentId: row?.id ?? "", what });
    assert.equal(changed.length, 1);
    assert.deepEqual(await standingOf(row), expected);
    const told = await toldOf(world, id);
    assert.deepEqual(
      told.map(({ type, cause, data }) => [type, cause, data.step_position, data.reason]),
      [[event, "engine", 2, expected[1] ?? expected[2]]],
    );
    const { emailer_campaign, emailer_steps } = await team.api.sequences.show({ id });
    const bucket = expected[0] as "active" | "paused" | "finished" | "failed";
    assert.equal(emailer_campaign.contact_statuses[bucket], 1);
    assert.equal(emailer_steps[1]?.counts[bucket], 1);
    assert.equal(emailer_campaign.contact_statuses.not_sent, what.is === "notSent" ? 1 : 0);
  });
}

test("rules say whether a reply, an interest, a click or an absence changes anything; their stages come anyway", async () => {
  const off = {
    mark_finished_if_reply: false,
    mark_finished_if_interested: false,
    mark_paused_if_ooo: false,
  };
  const { id } = await newSequence(team, off);
  for (const [event, stage] of [
    ["replied", "Replied"],
    ["clicked", "Interested"],
  ] as const)
    await trigger(id, event, stage);
  const rows = await plantMembers(world, team, id, 4);
  const whats: What[] = [
    { is: "replied", messageId: null },
    { is: "interested" },
    { is: "clicked" },
    { is: "outOfOffice", until },
  ];
  const { changed, left } = await happens(
    ...rows.map((row, n) => ({ enrollmentId: row.id, what: whats[n] as What })),
  );
  assert.deepEqual(
    [changed.length, left.map(({ code }) => code)],
    [0, ["rule_off", "rule_off", "rule_off", "rule_off"]],
  );
  assert.deepEqual(await stageOf(rows[0]), stages.Replied);
  assert.deepEqual(await stageOf(rows[2]), stages.Interested);
  await team.api.sequences.update({ id, mark_finished_if_click: true });
  await happens({ enrollmentId: rows[2]?.id ?? "", what: { is: "clicked" } });
  assert.deepEqual(await standingOf(rows[2]), ["finished", "clicked", null]);
});

test("a stage trigger moves the contact once, and the history says from where to where", async () => {
  const { id } = await newSequence(team);
  await trigger(id, "bounced", "Bad Data");
  await trigger(id, "not_sent", "Unresponsive");
  const rows = await plantMembers(world, team, id, 2, {});
  await team.api.contacts.updateStages({
    contact_ids: [rows[0]?.contact_id ?? ""],
    contact_stage_id: stages.Approaching ?? "",
  });
  await happens(
    { enrollmentId: rows[0]?.id ?? "", what: { is: "hardBounced" } },
    { enrollmentId: rows[1]?.id ?? "", what: { is: "hardBounced" } },
    { enrollmentId: rows[1]?.id ?? "", what: { is: "notSent", code: "x" } },
  );
  assert.deepEqual(
    [await stageOf(rows[0]), await stageOf(rows[1])],
    [stages["Bad Data"], stages["Bad Data"]],
  );
  const { audit_log } = await team.api.auditLog.list({ subject_id: rows[0]?.contact_id ?? "" });
  const [first] = audit_log.filter(({ type }) => type === "contact.stage_changed");
  assert.deepEqual(first?.data, { from: stages.Approaching, to: stages["Bad Data"] });
});

test("a contact who unsubscribes, or must not be contacted, finishes in every sequence", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  await trigger(second.id, "unsubscribed", "Do Not Contact");
  const [row] = await plantMembers(world, team, first.id, 1);
  const contact_id = row?.contact_id ?? "";
  const join = (sequence: string, state: string) =>
    asOwner(world, (client) =>
      client.query(
        "insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at) values ($1, new_ident(), $2, $3, $4, now(), now())",
        [team.id, sequence, contact_id, state],
      ),
    );
  await join(second.id, "paused");
  const third = await newSequence(team);
  await join(third.id, "failed");
  await team.api.contacts.update({ id: contact_id, email_unsubscribed: true });
  const states = async (sequence: string) =>
    (await membersOf(world, sequence)).map(({ state, inactive_reason }) => [state, inactive_reason]);
  assert.deepEqual(await states(first.id), [["finished", "unsubscribed"]]);
  assert.deepEqual(await states(second.id), [["finished", "unsubscribed"]]);
  assert.deepEqual(await states(third.id), [["failed", null]], "what has ended already stays as it ended");
  assert.equal(await stageOf(row), stages["Do Not Contact"]);
  assert.deepEqual(
    (await toldOf(world, first.id)).map(({ type, user_id }) => [type, user_id]),
    [["enrollment.finished", team.owner.id]],
  );

  const others = await plantMembers(world, team, first.id, 2);
  await team.api.contacts.bulkUpdate({
    contact_ids: others.map((one) => one.contact_id),
    do_not_contact: true,
  });
  assert.deepEqual((await states(first.id)).slice(1), [
    ["finished", "do not contact"],
    ["finished", "do not contact"],
  ]);
});

test("an opt-out that comes with a merge ends what the winner was in; what the loser leaves is told", async () => {
  const { id } = await newSequence(team);
  const [winner, loser] = await plantMembers(world, team, id, 2);
  await asOwner(world, (client) =>
    client.query("update contacts set email_unsubscribed = true where id = $1", [loser?.contact_id]),
  );
  await team.api.contacts.merge({
    winner_id: winner?.contact_id ?? "",
    loser_ids: [loser?.contact_id ?? ""],
  });
  assert.deepEqual(await standingOf(winner), ["finished", "unsubscribed", null]);
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type, subject_id }) => [type, subject_id]),
    [
      ["enrollment.removed", loser?.id],
      ["enrollment.finished", winner?.id],
    ],
  );
});

test("a deleted contact leaves its sequences, and the history says so", async () => {
  const { id, steps } = await newSequence(team);
  const rows = await plantMembers(world, team, id, 2, { current_step_id: steps[0] });
  await plantMembers(world, team, id, 1);
  await team.api.contacts.delete({ id: rows[0]?.contact_id ?? "" });
  await team.api.contacts.bulkDelete({ contact_ids: [rows[1]?.contact_id ?? "", rows[0]?.contact_id ?? ""] });
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type, subject_id, data }) => [
      type,
      subject_id,
      data.reason,
      data.step_position,
    ]),
    rows.map((row) => ["enrollment.removed", row.id, "contact deleted", 1]),
  );
  assert.equal((await team.api.sequences.show({ id })).emailer_campaign.num_contacts, 1);
});

test("when a user leaves, enrollments in their mailboxes or sequences fail, until they are moved", async () => {
  const { user } = await team.api.users.invite({ email: "leaver@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "leaver", master: true, user_id: user.id });
  const leaver = world.client({ apiKey: api_key.key });
  const theirs = await leaver.sequences.create({
    name: "Theirs",
    emailer_steps: [{ type: "call", wait_time: 0, wait_mode: "day" }],
    active: true,
  });
  const ours = await newSequence(team);
  const at = new Date();
  const box = (user_id: string) =>
    plant(world, team, "mailboxes", {
      user_id,
      email: `b${Math.random()}@example.no`,
      type: "smtp",
      created_at: at,
      updated_at: at,
    });
  const [leaving, staying] = [await box(user.id), await box(team.owner.id)];
  const due_at = new Date(Date.now() + 86_400_000 * 400);
  const [fromTheirs] = await plantMembers(world, team, ours.id, 1, {
    mailbox_id: leaving,
    due_at,
    current_step_id: ours.steps[0],
  });
  const [fromOurs] = await plantMembers(world, team, ours.id, 1, { mailbox_id: staying });
  const [paused] = await plantMembers(world, team, ours.id, 1, {
    mailbox_id: leaving,
    state: "paused",
    inactive_reason: "manually paused",
  });
  const [inTheirs] = await plantMembers(world, team, theirs.emailer_campaign.id, 1, { mailbox_id: staying });
  await team.api.users.deactivate({ id: user.id });
  assert.deepEqual(await standingOf(fromTheirs), ["failed", "User deleted", "user_deleted"]);
  assert.deepEqual(await standingOf(inTheirs), ["failed", "User deleted", "user_deleted"]);
  assert.deepEqual((await standingOf(fromOurs))[0], "active");
  assert.deepEqual((await standingOf(paused))[0], "paused");

  const contact_ids = [fromTheirs?.contact_id ?? "", paused?.contact_id ?? ""];
  const retry = await team.api.enrollments.retry({ id: ours.id, contact_ids });
  assert.deepEqual("skipped_contact_ids" in retry && retry.skipped_contact_ids, {
    [contact_ids[0] ?? ""]: "user_deleted",
    [contact_ids[1] ?? ""]: "not_failed",
  });
  await team.api.enrollments.move({ id: ours.id, contact_ids, send_email_from_email_account_id: staying });
  await team.api.enrollments.retry({ id: ours.id, contact_ids });
  assert.deepEqual(await standingOf(fromTheirs), ["active", null, "user_deleted"]);
  const { due_at: due } = await memberOf(world, fromTheirs?.id ?? "");
  assert.ok(due && due >= due_at, "what was left of the wait is left");
});

test("a sequence that is switched on again skips enrollments that depend on a user who has left", async () => {
  const { user } = await team.api.users.invite({ email: "gone@example.no", role: "member" });
  const sequence = await newSequence(team);
  const at = new Date();
  const mailbox_id = await plant(world, team, "mailboxes", {
    user_id: user.id,
    email: "gone@example.no",
    type: "smtp",
    created_at: at,
    updated_at: at,
  });
  const [theirs] = await plantMembers(world, team, sequence.id, 1, { mailbox_id });
  const [ours] = await plantMembers(world, team, sequence.id, 1);
  await team.api.sequences.abort({ id: sequence.id });
  await team.api.users.deactivate({ id: user.id });
  await team.api.sequences.approve({ id: sequence.id });
  assert.deepEqual(await standingOf(theirs), ["failed", "User deleted", "user_deleted"]);
  assert.deepEqual(await standingOf(ours), ["active", null, null]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: sequence.id });
  assert.equal(audit_log.find(({ type }) => type === "sequence.approved")?.data.resumed, 1);
});

test("an enrollment that depends on a leaver twice, by the sequence and by the mailbox, fails once", async () => {
  const { user } = await team.api.users.invite({ email: "twice@example.no", role: "member" });
  const { id } = await newSequence(team);
  await team.api.sequences.update({ id, user_id: user.id });
  const at = new Date();
  const box = { user_id: user.id, email: "twice@example.no", type: "smtp", created_at: at, updated_at: at };
  const mailbox_id = await plant(world, team, "mailboxes", box);
  await plantMembers(world, team, id, 2_100, { mailbox_id });
  await team.api.users.deactivate({ id: user.id });
  assert.ok(
    (await membersOf(world, id)).every(({ state, revision }) => state === "failed" && revision === 2),
  );
  assert.equal((await toldOf(world, id)).length, 2_100);
});

test("a contact moved by a merge counts for the company they belong to now", async () => {
  const { id } = await newSequence(team);
  const people = await plantMembers(world, team, id, 2);
  const [own, borrowed] = people.map(({ contact_id }) => contact_id) as [string, string];
  const company = async (name: string) => (await team.api.accounts.create({ name })).account.id;
  const [lost, kept] = [await company("Lost"), await company("Kept")];
  const person = async (email: string, account_id?: string) =>
    (await team.api.contacts.create({ email, ...(account_id && { account_id }) })).contact.id;
  for (const loser of [own, borrowed]) await team.api.contacts.update({ id: loser, account_id: lost });
  const winners = [await person("w1@example.se", kept), await person("w2@example.se")] as const;
  await team.api.contacts.merge({ winner_id: winners[0], loser_ids: [own] });
  await team.api.contacts.merge({ winner_id: winners[1], loser_ids: [borrowed] });
  const { rows } = await asOwner(world, (client) =>
    client.query<{ key: string }>(
      "select company_key as key from enrollments where sequence_id = $1 order by contact_id = $2 desc",
      [id, winners[0]],
    ),
  );
  assert.deepEqual(
    rows.map(({ key }) => key),
    [`account ${kept}`, `account ${lost}`],
  );
});
