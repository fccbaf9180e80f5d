import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "@cadenza/sdk";
import { plantIncoming } from "../../../testing/incoming.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));
const now = () => world.running.app.now();
const ago = (hours: number) => now().subtract({ hours }).toString();

type Wish = NonNullable<Parameters<Client["today"]["news"]>[0]>;
const SINCE = () => ({ since: ago(30) });

/** Each line as [kind, group, count]. Behind each there are as many rows as it counts. */
async function news(api: Client, wish: Wish = SINCE()) {
  const { lines } = (await api.today.news(wish)).news;
  for (const { kind, group, count } of lines) {
    const { rows, pagination } = await api.today.newsRows({ ...wish, kind, group: group ?? "none" });
    assert.deepEqual([pagination.total_entries, rows.length], [count, count], kind);
  }
  return lines.map(({ kind, group, count }) => [kind, group, count]);
}

/** Planted contacts were added long ago. */
const forgetAdding = (team: Team) =>
  sql("update enrollments set added_at = $2 where team_id = $1", [team.id, ago(90)]);

async function colleague(team: Team, role: "member" | "admin" = "member") {
  const { user } = await team.api.users.invite({ email: `mate${team.id}@news.example.no`, role });
  const { api_key } = await team.api.apiKeys.create({ name: "m", master: true, user_id: user.id });
  return { id: user.id, api: world.client({ apiKey: api_key.key }) };
}

const happens = (team: Team, type: string, [subject_type, subject_id]: [string, string], rest: object = {}) =>
  plant(world, team, "events", {
    type,
    subject_type,
    subject_id,
    cause: "api",
    occurred_at: ago(2),
    ...rest,
  });

test("a team to which nothing happened has no lines, and the day begins with the previous working day", async () => {
  const team = await world.newTeam();
  const { news: found } = await team.api.today.news({ time_zone: "Europe/Oslo" });
  assert.deepEqual(found.lines, []);
  const since = Temporal.Instant.from(found.since).toZonedDateTimeISO("Europe/Oslo");
  assert.deepEqual([since.hour, since.minute, since.dayOfWeek <= 5], [0, 0, true]);
  assert.ok(
    Temporal.PlainDate.compare(since.toPlainDate(), now().toZonedDateTimeISO("Europe/Oslo").toPlainDate()) <
      0,
  );
});

test("replies are counted by their class, and those of before are not", async () => {
  const team = await world.newTeam();
  const mails = await Promise.all([1, 2, 3, 4].map(() => plantIncoming(world, team)));
  await forgetAdding(team);
  const [a, b, c, old] = mails.map(({ id }) => id);
  const classify = "update incoming_mails set reply_class = $2 where id = any($1::text[])";
  await sql(classify, [[a, b], "willing_to_meet"]);
  await sql(classify, [[c], "not_interested"]);
  await sql("update incoming_mails set received_at = $2 where id = $1", [old, ago(40)]);
  assert.deepEqual(await news(team.api), [
    ["replies", "willing_to_meet", 2],
    ["replies", "not_interested", 1],
  ]);
  const { rows } = await team.api.today.newsRows({ ...SINCE(), kind: "replies" });
  assert.deepEqual(new Set(rows.map(({ id }) => id)), new Set([a, b, c]));
  assert.ok(rows.every(({ contact_name }) => contact_name?.startsWith("Ines")));
});

test("meetings, bounces, opt-outs and contacts who finished without a reply are counted once each", async () => {
  const team = await world.newTeam();
  const one = await plantIncoming(world, team);
  await forgetAdding(team);
  await sql("update incoming_mails set counts = false where id = $1", [one.id]);
  const { contactId, enrollmentId, messageId } = one;
  await happens(team, "contact.meeting_booked", ["contact", contactId], { data: { title: "Intro" } });
  assert.deepEqual(await news(team.api), []); // the booking was cancelled since
  const booking = { program: "Cal.com", external_id: "b1", contact_id: contactId, message_id: messageId };
  await plant(world, team, "bookings", { ...booking, state: "booked", booked_at: ago(2) });
  await sql("update messages set has_bounced = true where id = $1", [messageId]);
  for (const type of ["message.bounced", "message.spam_blocked"])
    await happens(team, type, ["message", messageId]);
  await sql("update contacts set email_unsubscribed = true where id = $1", [contactId]);
  await happens(team, "contact.unsubscribed", ["contact", contactId]);
  const finish =
    "update enrollments set state = 'finished', inactive_reason = 'Completed last step', due_at = null where id = $1";
  await sql(finish, [enrollmentId]);
  await happens(team, "enrollment.finished", ["enrollment", enrollmentId]);
  assert.deepEqual(await news(team.api), [
    ["meetings", null, 1],
    ["bounces", null, 1],
    ["opt_outs", null, 1],
    ["finished", null, 1],
  ]);
  await sql("update enrollments set replied_at = $2 where id = $1", [enrollmentId, ago(1)]);
  await sql("update contacts set email_unsubscribed = null where id = $1", [contactId]);
  assert.deepEqual(
    (await news(team.api)).map(([kind]) => kind),
    ["meetings", "bounces"],
  );
});

test("contacts added to sequences are counted by the user who added them", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team, "admin");
  const { id } = await newSequence(team);
  const add = async (by: Pick<Team, "api">, contact_ids: string[]) => {
    const box = await newMailbox(by);
    await by.api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [box.id] });
  };
  await add(team, await newContacts(team, 2));
  await add(mate, await newContacts(team, 3));
  assert.deepEqual(await news(team.api), [
    ["added", mate.id, 3],
    ["added", team.owner.id, 2],
  ]);
  const { lines } = (await team.api.today.news(SINCE())).news;
  assert.match(lines[0]?.group_name ?? "", /mate/);
});

test("deals are counted once, by where they are now", async () => {
  const team = await world.newTeam();
  const { opportunity_stages: stages } = await team.api.opportunityStages.list();
  const won = stages.find(({ is_won }) => is_won)?.id ?? "";
  const lost = stages.find(({ is_won, is_closed }) => is_closed && !is_won)?.id ?? "";
  const [first, second] = stages.filter(({ is_closed, is_won }) => !is_closed && !is_won).map(({ id }) => id);
  const deal = async (...path: (string | undefined)[]) => {
    const { opportunity } = await team.api.opportunities.create({
      name: "Boiler",
      opportunity_stage_id: first ?? "",
    });
    for (const stage of path)
      await team.api.opportunities.update({ id: opportunity.id, opportunity_stage_id: stage ?? "" });
  };
  await deal();
  await deal(second);
  await deal(second, won);
  await deal(lost);
  assert.deepEqual(await news(team.api), [
    ["deals_won", null, 1],
    ["deals_lost", null, 1],
    ["deals_moved", null, 1],
  ]);
});

test("tasks that colleagues completed or assigned to the caller are counted, and the caller's own are not", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  const contact = await newContact(team);
  const task = async (api: Client, user_id: string) =>
    (await api.tasks.create({ type: "call", user_id, contact_id: contact, due_at: ago(-2) })).task.id;
  const done = await task(team.api, mate.id);
  await mate.api.tasks.complete({ id: done });
  await team.api.tasks.complete({ id: await task(team.api, team.owner.id) });
  await task(mate.api, team.owner.id);
  assert.deepEqual(await news(team.api), [
    ["tasks_completed", mate.id, 1],
    ["tasks_assigned", mate.id, 1],
  ]);
  assert.deepEqual(await news(mate.api, { ...SINCE(), user_id: mate.id }), [
    ["tasks_assigned", team.owner.id, 1],
  ]);
});

test("a mailbox counts by the last thing that happened to it", async () => {
  const team = await world.newTeam();
  const boxes = await Promise.all([1, 2, 3].map(async () => (await newMailbox(team)).id));
  const [lost = "", back = "", recent = ""] = boxes;
  await sql("update mailboxes set created_at = $2 where id = any($1::text[])", [[lost, back], ago(90)]);
  await happens(team, "email_account.disconnected", ["email_account", lost], { occurred_at: ago(-1) });
  await happens(team, "email_account.disconnected", ["email_account", back], { occurred_at: ago(-1) });
  await happens(team, "email_account.signed_in", ["email_account", back], { occurred_at: ago(-2) });
  await happens(team, "email_account.connected", ["email_account", recent]);
  assert.deepEqual(await news(team.api), [
    ["mailboxes_lost", null, 1],
    ["mailboxes_back", null, 1],
  ]);
});

test("a member counts nothing of sequences they may not see, and a stranger nothing at all", async () => {
  const team = await world.newTeam();
  const mate = await colleague(team);
  const { sequenceId, messageId } = await plantIncoming(world, team);
  await plantMessage(world, team, sequenceId, { has_bounced: true });
  await sql("update messages set has_bounced = true where id = $1", [messageId]);
  await happens(team, "message.bounced", ["message", messageId]);
  await sql("update sequences set visibility = 'restricted' where id = $1", [sequenceId]);
  const kinds = async (api: Client) => (await news(api)).map(([kind]) => kind);
  assert.deepEqual(await kinds(team.api), ["replies", "bounces", "added"]);
  assert.deepEqual(await kinds(mate.api), []);
  const stranger = await world.newTeam();
  assert.deepEqual(await kinds(stranger.api), []);
  assert.deepEqual(await news(stranger.api, { ...SINCE(), user_id: team.owner.id }), []);
});

test("news of more than 31 days is refused", async () => {
  const team = await world.newTeam();
  assert.equal((await refused(team.api.today.news({ since: ago(24 * 32) }))).status, 422);
});
