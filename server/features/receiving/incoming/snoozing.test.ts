// Emails of the inbox that wait until a time, and those that a teammate is to answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantIncoming } from "../../../testing/incoming.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const idsOf = (answer: { incoming_mails: { id: string }[] }) => answer.incoming_mails.map(({ id }) => id);
const inDays = (days: number) =>
  world.running.app
    .now()
    .add({ hours: 24 * days })
    .toString();

const inbox = async ({ api }: Pick<Team, "api">) =>
  idsOf(await api.incomingMails.list({ is_open: true, snoozed: false }));

test("a snoozed email leaves the inbox and the counts, and comes back at its time by itself", async () => {
  const own = await world.newTeam("Snoozing");
  const { id } = await plantIncoming(world, own);
  const other = await plantIncoming(world, own);
  const until = inDays(2);
  assert.deepEqual(await own.api.incomingMails.bulkSnooze({ incoming_mail_ids: [id, other.id], until }), {
    incoming_mail_ids: [id, other.id].sort(),
    left: [],
  });
  await own.api.incomingMails.bulkSnooze({ incoming_mail_ids: [other.id], until: null });
  assert.deepEqual(await inbox(own), [other.id]);
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ snoozed: true })), [id]);
  assert.equal((await own.api.today.counts()).counts.replies.open, 1);
  const { incoming_mail } = await own.api.incomingMails.get({ id });
  assert.deepEqual(
    [Date.parse(incoming_mail.snoozed_until ?? ""), incoming_mail.is_open],
    [Date.parse(until), true],
  );
  await asOwner(world, (client) =>
    client.query("update incoming_mails set snoozed_until = now() - interval '1 second' where id = $1", [id]),
  );
  assert.deepEqual((await inbox(own)).sort(), [id, other.id].sort());
  assert.equal((await own.api.today.counts()).counts.replies.open, 2);
});

test("handling a snoozed email ends that, and snoozing twice tells it once", async () => {
  const own = await world.newTeam("Once");
  const { id } = await plantIncoming(world, own);
  const wish = { incoming_mail_ids: [id], until: inDays(1) };
  await own.api.incomingMails.bulkSnooze(wish);
  assert.deepEqual(await own.api.incomingMails.bulkSnooze(wish), { incoming_mail_ids: [], left: [] });
  await own.api.incomingMails.handle({ id });
  await own.api.incomingMails.handle({ id, handled: false });
  assert.deepEqual(await inbox(own), [id]);
  const { audit_log } = await own.api.auditLog.list({ subject_id: id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["incoming_mail.reopened", "incoming_mail.handled", "incoming_mail.snoozed"],
  );
});

test("what cannot be snoozed is named: the past, years ahead, what is handled, what does not exist", async () => {
  const own = await world.newTeam("Refusing");
  const { id } = await plantIncoming(world, own);
  const done = await plantIncoming(world, own);
  await own.api.incomingMails.handle({ id: done.id });
  for (const until of [inDays(-1), inDays(400)])
    assert.equal(
      (await refused(own.api.incomingMails.bulkSnooze({ incoming_mail_ids: [id], until }))).code,
      "snooze_time",
    );
  const unknown = "0123456789abcdef01234567";
  const { incoming_mail_ids, left } = await own.api.incomingMails.bulkSnooze({
    incoming_mail_ids: [id, done.id, unknown],
    until: inDays(1),
  });
  assert.deepEqual(incoming_mail_ids, [id]);
  assert.deepEqual(
    left.map((one) => [one.id, one.code]),
    [
      [done.id, "incoming_mail_not_open"],
      [unknown, "record_not_found"],
    ],
  );
});

test("snoozing lifts no hold: the contact waits until a person decides", async () => {
  const own = await world.newTeam("Holding");
  const { id, contactId } = await plantIncoming(world, own);
  await asOwner(world, (client) =>
    client.query(
      `insert into answer_holds (team_id, id, incoming_mail_id, contact_id, reason, since)
       select team_id, new_ident(), id, contact_id, 'maybe_opted_out', now() from incoming_mails where id = $1`,
      [id],
    ),
  );
  await own.api.incomingMails.bulkSnooze({ incoming_mail_ids: [id], until: inDays(1) });
  assert.deepEqual(idsOf(await own.api.incomingMails.list({ holds: true })), [id]);
  assert.ok(contactId);
  assert.deepEqual(await inbox(own), []);
});

test("an assigned email moves to the inbox of the teammate, until they leave the team", async () => {
  const own = await world.newTeam("Assigning");
  const { user: colleague } = await own.api.users.invite({ email: "mate@assigning.example", role: "admin" });
  const { id } = await plantIncoming(world, own);
  const of = async (userId: string) =>
    idsOf(await own.api.incomingMails.list({ is_open: true, user_id: userId }));
  assert.deepEqual([await of(own.owner.id), await of(colleague.id)], [[id], []]);
  await own.api.incomingMails.bulkAssign({ incoming_mail_ids: [id], user_id: colleague.id });
  assert.deepEqual([await of(own.owner.id), await of(colleague.id)], [[], [id]]);
  const { incoming_mail } = await own.api.incomingMails.get({ id });
  assert.equal(incoming_mail.assigned_to_user_id, colleague.id);
  await own.api.users.deactivate({ id: colleague.id });
  assert.deepEqual(await of(own.owner.id), [id]);
  const wish = { incoming_mail_ids: [id], user_id: colleague.id };
  assert.equal((await refused(own.api.incomingMails.bulkAssign(wish))).code, "user_deactivated");
  await own.api.incomingMails.bulkAssign({ incoming_mail_ids: [id], user_id: null });
  await own.api.users.reactivate({ id: colleague.id });
  assert.deepEqual([await of(own.owner.id), await of(colleague.id)], [[id], []]);
});

test("assigning shows nobody what they may not see", async () => {
  const own = await world.newTeam("Sight");
  const { user: member } = await own.api.users.invite({ email: "mate@sight.example", role: "member" });
  const { id } = await plantIncoming(world, own);
  await asOwner(world, async (client) => {
    await client.query(
      "update messages set sequence_id = null, user_id = $2 where id = (select message_id from incoming_mails where id = $1)",
      [id, own.owner.id],
    );
  });
  const { incoming_mail_ids, left } = await own.api.incomingMails.bulkAssign({
    incoming_mail_ids: [id],
    user_id: member.id,
  });
  assert.deepEqual([incoming_mail_ids, left.map(({ code }) => code)], [[], ["assignee_cannot_see"]]);
  assert.equal((await own.api.incomingMails.get({ id })).incoming_mail.assigned_to_user_id, null);
  const stranger = await world.newTeam("Strangers");
  const theirs = { incoming_mail_ids: [id], user_id: stranger.owner.id };
  assert.equal((await refused(own.api.incomingMails.bulkAssign(theirs))).code, "unknown_id");
});
