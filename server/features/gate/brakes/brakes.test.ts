// Brakes from the emails that a team has sent: set and lifted by the engine, told, held by and lifted through the API.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { batchOf } from "../../../engine/running/each-team.ts";
import { watchBrakesOnce } from "../../../engine/upkeep/watch-brakes.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { until } from "../../../testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { watchBrakes } from "./commands.ts";
import { sendingDays } from "./store.ts";

const PASSWORD = "a long sentence is a good password";
const world = useWorld({ role: "api", catcher: true });
const ago = (hours: number) => world.running.app.now().subtract({ hours }).toString();

/** So many emails of yesterday, of which some bounced. */
async function sent(
  team: Team,
  { emails, bounced, hours = 24 }: { emails: number; bounced: number; hours?: number },
  ids: Subjects,
) {
  for (let n = 0; n < emails; n++)
    await plantMessage(world, team, ids.sequence, {
      mailbox_id: ids.mailbox,
      completed_at: ago(hours),
      has_bounced: n < bounced,
    });
}

type Subjects = { mailbox: string; sequence: string };

async function newSubjects(team: Team): Promise<Subjects> {
  const { id: mailbox } = await newMailbox(team);
  return { mailbox, sequence: (await newSequence(team)).id };
}

async function member(team: Team) {
  const email = `member${Math.random()}@example.no`;
  const { invitation_url } = await team.api.users.invite({ email });
  const token = (invitation_url ?? "").split("#")[1] ?? "";
  await world.client().invitations.accept({ token, name: "Kari Lund", password: PASSWORD });
  return world.signIn(email, PASSWORD);
}

/** As if the next look were due. */
async function round() {
  await asOwner(world, (client) => client.query("delete from brake_looks"));
  await watchBrakesOnce({ app: world.running.app });
}

const brakesOf = async (team: Team) =>
  (await team.api.brakes.list()).brakes.map(({ scope, level, cause }) => `${scope} ${level} ${cause}`).sort();

test("too many bounces hold first emails, everywhere it is told with its figures, and it lifts itself", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 3 }, ids);
  const adding = { id: ids.sequence, send_email_from_email_account_id: [ids.mailbox] };
  const contact = await newContact(team);
  await team.api.joining.addContacts({ ...adding, contact_ids: [contact] });
  await round();
  assert.deepEqual(await brakesOf(team), [
    "mailbox first_steps bounces",
    "sequence first_steps bounces",
    "team first_steps bounces",
  ]);

  const { contact_campaign_statuses } = await team.api.enrollments.search({ contact_ids: [contact] });
  const { explain } = await team.api.explain.enrollment({ id: contact_campaign_statuses[0]?.id ?? "" });
  const hold = explain.held_by.find(({ code }) => code === "brake:mailbox");
  assert.match(hold?.rule ?? "", /holds first emails: 3 of 60 emails bounced in 7 days \(5%, limit 5%\)\./);
  const { standings } = await team.api.emailAccounts.standings();
  assert.ok(standings[0]?.held_by.some(({ code }) => code === "brake:mailbox"));
  const why = (await team.api.explain.sequence({ id: ids.sequence })).explain;
  assert.deepEqual(
    why.held_by.map(({ code }) => code).filter((code) => code.startsWith("brake:")),
    ["brake:sequence", "brake:team"],
  );
  const { emailer_campaign } = await team.api.sequences.show({ id: ids.sequence });
  assert.deepEqual(
    [
      emailer_campaign.auto_pause_enabled,
      emailer_campaign.auto_pause_warning_level,
      emailer_campaign.auto_paused_at,
    ],
    [true, "first_steps", null],
  );
  assert.equal(emailer_campaign.auto_pause_bounce_rate, 0.05);
  const { forecast } = await team.api.forecasts.create({ days: 7, emailer_campaign_ids: [ids.sequence] });
  assert.equal(forecast.totals.sends, 0);
  const { counts } = await team.api.today.counts();
  assert.equal(counts.brakes.length, 3);
  assert.match(counts.brakes[0]?.sentence ?? "", /sends no first emails/);

  await sent(team, { emails: 20, bounced: 0, hours: 2 }, ids);
  await round();
  assert.deepEqual(await brakesOf(team), []);
  const { audit_log } = await team.api.auditLog.list({ types: ["brake.set", "brake.lifted"] });
  assert.equal(audit_log.filter(({ type }) => type === "brake.set").length, 3);
  assert.equal(audit_log.filter(({ type }) => type === "brake.lifted").length, 3);
  assert.ok(audit_log.every(({ sentence }) => !/undefined|null|NaN/.test(sentence)));
});

test("who got an email of the sequence gets the next one while the first level is on", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  const contact = await newContact(team);
  await team.api.joining.addContacts({
    id: ids.sequence,
    send_email_from_email_account_id: [ids.mailbox],
    contact_ids: [contact],
  });
  const { contact_campaign_statuses } = await team.api.enrollments.search({ contact_ids: [contact] });
  const enrollment = contact_campaign_statuses[0]?.id ?? "";
  await sent(team, { emails: 60, bounced: 4 }, ids);
  await round();
  const holds = async () =>
    (await team.api.explain.enrollment({ id: enrollment })).explain.held_by.filter(({ code }) =>
      code.startsWith("brake:"),
    ).length;
  assert.equal(await holds(), 3);
  await asOwner(world, (client) =>
    client.query("delete from messages where enrollment_id = $1 and delivery = 'planned'", [enrollment]),
  );
  await plantMessage(world, team, ids.sequence, {
    mailbox_id: ids.mailbox,
    contact_id: contact,
    enrollment_id: enrollment,
    completed_at: ago(30),
  });
  assert.equal(await holds(), 0);
});

test("a pause stays until an admin or the owner lifts it, and what was sent before counts no longer", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 12 }, ids);
  await round();
  await round();
  const { brakes } = await team.api.brakes.list();
  const brake = brakes.find(({ scope }) => scope === "mailbox");
  assert.deepEqual([brake?.level, brake?.percent, brake?.emails], ["paused", 20, 60]);
  const { standings } = await team.api.emailAccounts.standings();
  assert.equal(standings[0]?.state, "resting");
  const { emailer_campaign } = await team.api.sequences.show({ id: ids.sequence });
  assert.notEqual(emailer_campaign.auto_paused_at, null);

  const other = await member(team);
  await assert.rejects(other.api.brakes.lift({ id: brake?.id ?? "" }), /Only an admin/);
  for (const { id } of brakes) assert.equal((await team.api.brakes.lift({ id })).brake.end_reason, "user");
  await round();
  assert.deepEqual(await brakesOf(team), []);
});

test("a mailbox that goes on bouncing after a lift is braked again on the same day", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 12 }, ids);
  await round();
  for (const { id } of (await team.api.brakes.list()).brakes) await team.api.brakes.lift({ id });
  await sent(team, { emails: 49, bounced: 12, hours: 0 }, ids);
  await round();
  assert.deepEqual(await brakesOf(team), [], "too few since then");
  await sent(team, { emails: 1, bounced: 0, hours: 0 }, ids);
  await round();
  assert.equal((await brakesOf(team)).length, 3);
  const [again] = (await team.api.brakes.list()).brakes;
  assert.deepEqual([again?.emails, again?.count], [50, 12]);
});

test("a brake of a sequence is for those who see the sequence, and its owner lifts it", async () => {
  const team = await world.newTeam();
  const other = await member(team);
  const { id: mailbox } = await newMailbox(team);
  const hidden = await newSequence(team);
  await team.api.sequences.update({ id: hidden.id, sharing_permission: { visibility: "restricted" } });
  const ids = { mailbox, sequence: hidden.id };
  await sent(team, { emails: 60, bounced: 4 }, ids);
  await round();
  assert.equal((await team.api.brakes.list()).brakes.length, 3);
  const seen = (await other.api.brakes.list()).brakes;
  assert.deepEqual(seen.map(({ scope }) => scope).sort(), ["mailbox", "team"]);
  const brake = (await team.api.brakes.list()).brakes.find(({ scope }) => scope === "sequence");
  await assert.rejects(other.api.brakes.lift({ id: brake?.id ?? "" }), /not found|does not exist/i);

  const { emailer_campaign: own } = await other.api.sequences.create({ name: "Theirs" });
  await sent(team, { emails: 60, bounced: 4 }, { mailbox, sequence: own.id });
  await round();
  const theirs = (await other.api.brakes.list()).brakes.find(({ subject_id }) => subject_id === own.id);
  const { brake: lifted } = await other.api.brakes.lift({ id: theirs?.id ?? "" });
  assert.equal(lifted.end_reason, "user");
});

test("two engines that count at once set each brake once", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 4 }, ids);
  await asOwner(world, (client) => client.query("delete from brake_looks"));
  const { app } = world.running;
  const counting = () => batchOf(app, team.id, (by) => watchBrakes(by));
  const counts = await Promise.all([counting(), counting(), counting()]);
  assert.deepEqual(counts.toSorted(), [0, 0, 3]);
  assert.equal((await brakesOf(team)).length, 3);
});

test("what a user lifts while the figures are counted is not told as lifted by itself", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 4 }, ids);
  await round();
  await sent(team, { emails: 30, bounced: 12, hours: 2 }, ids);
  const { brakes } = await team.api.brakes.list();
  await asOwner(world, async (client) => {
    // The user's call has written, and commits while the loop waits for its rows.
    await client.query("delete from brake_looks");
    await client.query("begin");
    await client.query(
      "update brakes set ended_at = now(), end_reason = 'user' where team_id = $1 and ended_at is null",
      [team.id],
    );
    const counting = watchBrakesOnce({ app: world.running.app });
    const waiting =
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update brakes%'";
    await until(() => asOwner(world, async (beside) => ((await beside.query(waiting)).rowCount ?? 0) > 0));
    await client.query("commit");
    await counting;
  });
  assert.equal(brakes.length, 3);
  assert.deepEqual(await brakesOf(team), [], "nor is a pause set for what was sent before");
  const { audit_log } = await team.api.auditLog.list({ types: ["brake.lifted"] });
  assert.equal(audit_log.length, 0);
});

test("a clock that was set back does not keep brakes from being watched", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 4 }, ids);
  await asOwner(world, (client) => client.query("delete from brake_looks"));
  await asOwner(world, (client) =>
    client.query("insert into brake_looks (team_id, look_at) values ($1, $2)", [team.id, ago(-48)]),
  );
  await watchBrakesOnce({ app: world.running.app });
  assert.equal((await brakesOf(team)).length, 3);
});

test("the emails of a window are found by an index", async () => {
  const team = await world.newTeam();
  const { app } = world.running;
  await asOwner(world, async (client) => {
    // A year of emails, of which the window is a small part.
    await client.query(
      `insert into messages (team_id, id, type, delivery, completed_at, released_at, created_at, updated_at)
       select $1, new_ident(), 'outreach_automatic_email', 'sent', at, at, at, at
         from (select now() - n * interval '1 hour' as at from generate_series(1, 20000) n) hours`,
      [team.id],
    );
    await client.query("analyze messages");
  });
  const plan = await app.db.inTeam(team.id, (db) => {
    const asking: Pick<Db, "rows"> = { rows: (sql, values) => db.rows(`explain ${sql}`, values) };
    return sendingDays(asking as Db, team.id, { now: app.now(), days: 48 });
  });
  assert.match(plan.map((line) => Object.values(line).join()).join("\n"), /messages_went/);
});

test("a mailbox is shown with the brake that was on at a past moment", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 12 }, ids);
  await round();
  const { brakes } = await team.api.brakes.list();
  const then = world.running.app.now().toString();
  for (const { id } of brakes) await team.api.brakes.lift({ id });
  const { as_of } = await team.api.emailAccounts.asOf({ id: ids.mailbox, at: then });
  assert.ok(
    as_of.held_by.some(({ code }) => code === "brake:mailbox"),
    JSON.stringify(as_of),
  );
  const after = world.running.app.now().toString();
  const now = (await team.api.emailAccounts.asOf({ id: ids.mailbox, at: after })).as_of;
  assert.ok(!now.held_by.some(({ code }) => code.startsWith("brake:")));
});

test("spam reports, blocks and refused emails count too", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 240, bounced: 0 }, ids);
  for (const n of [1, 2]) {
    const message_id = await plantMessage(world, team, ids.sequence, {
      mailbox_id: ids.mailbox,
      completed_at: ago(20),
    });
    await plant(world, team, "incoming_mails", {
      mailbox_id: ids.mailbox,
      message_id,
      kind: "complaint",
      certainty: "sure",
      content_key: `${message_id} ${n}`,
      folder: "INBOX",
      uid: n,
      received_at: ago(1),
      processed_at: ago(1),
    });
  }
  await round();
  assert.deepEqual((await brakesOf(team))[0], "mailbox paused complaints");

  const blocked = await world.newTeam();
  const those = await newSubjects(blocked);
  await sent(blocked, { emails: 60, bounced: 0 }, those);
  for (let n = 0; n < 5; n++)
    await plantMessage(world, blocked, those.sequence, {
      status: "failed",
      mailbox_id: those.mailbox,
      failed_at: ago(3),
      is_spam_blocked: true,
    });
  await round();
  assert.deepEqual((await brakesOf(blocked))[0], "mailbox first_steps blocks");
});

test("forged reports, copies, emails of the test inbox and a retried refusal set no brake", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 240, bounced: 0 }, ids);
  const original = await plantMessage(world, team, ids.sequence, {
    mailbox_id: ids.mailbox,
    completed_at: ago(20),
  });
  for (const n of [1, 2, 3])
    await plant(world, team, "incoming_mails", {
      mailbox_id: ids.mailbox,
      message_id: await plantMessage(world, team, ids.sequence, {
        mailbox_id: ids.mailbox,
        completed_at: ago(20),
      }),
      kind: "complaint",
      certainty: "probable",
      content_key: `forged ${n}`,
      folder: "INBOX",
      uid: n,
      received_at: ago(1),
      processed_at: ago(1),
    });
  for (let n = 0; n < 40; n++)
    await plantMessage(world, team, ids.sequence, {
      mailbox_id: ids.mailbox,
      completed_at: ago(20),
      copy_of: original,
      has_bounced: true,
    });
  const { id: catcher } = await newMailbox(team, { type: "catcher", smtp: undefined });
  await sent(team, { emails: 60, bounced: 30 }, { ...ids, mailbox: catcher });
  // Blocked 60 days ago, tried again yesterday and taken.
  for (let n = 0; n < 40; n++)
    await plantMessage(world, team, ids.sequence, {
      mailbox_id: ids.mailbox,
      completed_at: ago(20),
      failed_at: ago(24 * 60),
      is_spam_blocked: true,
    });
  await round();
  assert.deepEqual(await brakesOf(team), []);
});

test("what a team sent before there were brakes stops nothing", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 60, bounced: 12, hours: 48 }, ids);
  const from = (at: string | null) =>
    asOwner(world, (client) =>
      client.query("update teams set brakes_from = $2 where id = $1", [team.id, at]),
    );
  await from(ago(24));
  await round();
  assert.deepEqual(await brakesOf(team), []);
  await from(ago(24 * 5));
  await round();
  assert.equal((await brakesOf(team)).length, 3);
});

test("two admins who save at once keep what each of them changed", async () => {
  const team = await world.newTeam();
  const saves = [
    { cause: "bounces" as const, first_steps_at_percent: 4 },
    { cause: "blocks" as const, days: 9 },
  ];
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select from teams where id = $1 for update", [team.id]);
    const saving = saves.map((rule) => team.api.brakes.update({ rules: [rule] }));
    const waiting =
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%brake_rules%'";
    await until(() => asOwner(world, async (beside) => ((await beside.query(waiting)).rowCount ?? 0) > 1));
    await client.query("commit");
    await Promise.all(saving);
  });
  const { rules } = await team.api.brakes.list();
  const of = (cause: string) => rules.find((one) => one.cause === cause);
  assert.deepEqual([of("bounces")?.first_steps_at_percent, of("blocks")?.days], [4, 9]);
  const kept = await asOwner(world, (client) =>
    client.query("select brake_rules from teams where id = $1", [team.id]),
  );
  assert.deepEqual(kept.rows[0].brake_rules, { bounces: { first: 4 }, blocks: { days: 9 } });
});

test("admins change the rules after they saw what would have happened", async () => {
  const team = await world.newTeam();
  const ids = await newSubjects(team);
  await sent(team, { emails: 100, bounced: 4, hours: 24 * 20 }, ids);
  const wish = { rules: [{ cause: "bounces" as const, first_steps_at_percent: 4 }] };
  const { with_these_rules, with_current_rules } = await team.api.brakes.simulate(wish);
  assert.deepEqual(with_current_rules, []);
  const [mailbox] = with_these_rules.filter(({ scope }) => scope === "mailbox");
  assert.deepEqual([mailbox?.days_on, mailbox?.emails_sent], [7, 100]);
  assert.equal((await team.api.brakes.list()).rules[0]?.first_steps_at_percent, 5, "nothing was changed");

  await sent(team, { emails: 100, bounced: 4 }, ids);
  await round();
  assert.deepEqual(await brakesOf(team), []);
  assert.equal((await team.api.brakes.update(wish)).rules[0]?.first_steps_at_percent, 4);
  await watchBrakesOnce({ app: world.running.app });
  assert.equal((await brakesOf(team)).length, 3);
  await team.api.brakes.update({ rules: [{ cause: "bounces", enabled: false }] });
  await watchBrakesOnce({ app: world.running.app });
  assert.deepEqual(await brakesOf(team), []);

  const misordered = { rules: [{ cause: "bounces" as const, pause_at_percent: 1 }] };
  await assert.rejects(team.api.brakes.update(misordered), /would pause at a lower percentage/);
  const other = await member(team);
  await assert.rejects(other.api.brakes.update(wish), /admin/);
});
