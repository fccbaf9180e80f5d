// A reminder makes a task where an email got no reply in the days that its writer chose.

import assert from "node:assert/strict";
import { test } from "node:test";
import { remindOnce } from "../../../engine/planning/remind.ts";
import { mailed, plantIncoming } from "../../../testing/incoming.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const sql = (text: string, params: unknown[]) =>
  asOwner(world, async (client) => (await client.query(text, params)).rows);

/** Every engine there is looks as often as it has something to do. */
async function remindAll() {
  const looping = { app: world.running.app };
  const rounds = async () => {
    while ((await remindOnce(looping)) > 0);
  };
  await Promise.all([rounds(), rounds()]);
}

/** An email that left so many days ago, whose writer wants to be reminded after two. */
async function sentBefore(own: Team, days: number) {
  const one = await mailed(world, own);
  await sql(
    "update messages set delivery = 'sent', completed_at = now() - $2::int * interval '24 hours', subject = 'Your offer' where id = $1",
    [one.messageId, days],
  );
  await sql("insert into reply_reminders (team_id, message_id, user_id, after_days) values ($1, $2, $3, 2)", [
    ...[own.id, one.messageId, own.owner.id],
  ]);
  return one;
}

const tasksOf = async ({ api }: Team) => (await api.tasks.search({})).tasks;

test("a draft says after how many days its writer is reminded, until that is taken away", async () => {
  const own = await world.newTeam("Drafts");
  const contact_id = await newContact(own, { first_name: "Ines", email: "ines@drafts.example" });
  const wish = { contact_id, subject: "Offer", body_html: "<p>Hello</p>" };
  const { emailer_message } = await own.api.emailerMessages.create({ ...wish, remind_after_days: 3 });
  assert.equal(emailer_message.remind_after_days, 3);
  const { id } = emailer_message;
  const shown = async () => (await own.api.emailerMessages.show({ id })).emailer_message.remind_after_days;
  await own.api.emailerMessages.update({ id, subject: "Another offer" });
  assert.equal(await shown(), 3);
  await own.api.emailerMessages.update({ id, remind_after_days: 7 });
  assert.equal(await shown(), 7);
  await own.api.emailerMessages.update({ id, remind_after_days: null });
  assert.equal(await shown(), null);
  for (const remind_after_days of [0, 91])
    assert.equal((await refused(own.api.emailerMessages.update({ id, remind_after_days }))).status, 422);
});

test("an email without a reply becomes one task of its writer, however many engines look", async () => {
  const own = await world.newTeam("Silence");
  const due = await sentBefore(own, 3);
  const young = await sentBefore(own, 1);
  await remindAll();
  await remindAll();
  const tasks = await tasksOf(own);
  assert.deepEqual(
    tasks.map((task) => [task.contact_id, task.user_id, task.type, task.status, task.created_from]),
    [[due.contactId, own.owner.id, "action_item", "scheduled", "reminder"]],
  );
  assert.match(tasks[0]?.title ?? "", /^No reply from Ines Okafor/);
  assert.equal(
    tasks[0]?.note,
    "“Your offer” was sent 2 days ago and has no reply. You asked to be reminded.",
  );
  const left = await sql("select message_id from reply_reminders where team_id = $1", [own.id]);
  assert.deepEqual(
    left.map((row) => row.message_id),
    [young.messageId],
  );
});

test("a reply ends it, and an absence note does not", async () => {
  const own = await world.newTeam("Answered");
  for (const kind of ["reply", "unsubscribe", "out_of_office", "bounce"]) {
    const one = await sentBefore(own, 3);
    const came = await plantIncoming(world, own);
    await sql("update incoming_mails set kind = $2, contact_id = $3, received_at = now() where id = $1", [
      ...[came.id, kind, one.contactId],
    ]);
  }
  await remindAll();
  assert.equal((await tasksOf(own)).length, 2);
});

test("what did not leave reminds of nothing, and a deleted contact of nothing either", async () => {
  const own = await world.newTeam("Unsent");
  const unsent = await sentBefore(own, 3);
  await sql("update messages set delivery = 'draft', completed_at = null where id = $1", [unsent.messageId]);
  const gone = await sentBefore(own, 3);
  await own.api.contacts.delete({ id: gone.contactId });
  await remindAll();
  assert.deepEqual(await tasksOf(own), []);
});

test("where the writer has left the team, the contact's owner is reminded, and else an admin", async () => {
  const own = await world.newTeam("Left");
  const { user: writer } = await own.api.users.invite({ email: "writer@left.example" });
  const { user: owner } = await own.api.users.invite({ email: "owner@left.example" });
  const owned = await sentBefore(own, 3);
  await own.api.contacts.update({ id: owned.contactId, owner_id: owner.id });
  const free = await sentBefore(own, 3);
  await sql("update contacts set owner_id = null where id = $1", [free.contactId]);
  await sql("update reply_reminders set user_id = $2 where team_id = $1", [own.id, writer.id]);
  await own.api.users.deactivate({ id: writer.id });
  await remindAll();
  assert.deepEqual(
    new Map((await tasksOf(own)).map((task) => [task.contact_id, task.user_id])),
    new Map([
      [owned.contactId, owner.id],
      [free.contactId, own.owner.id],
    ]),
  );
});
