import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../../kernel/ids.ts";
import { mailed, plantIncoming } from "../../../testing/incoming.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const at = (hours: number) => world.running.app.now().add({ hours }).toString();

async function newTask(team: Team, due_at: string, user_id = team.owner.id) {
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler" });
  await team.api.tasks.create({ type: "call", user_id, opportunity_id: opportunity.id, due_at });
}

test("an empty team has nothing that waits", async () => {
  const team = await world.newTeam();
  const { counts } = await team.api.today.counts();
  assert.deepEqual(counts, {
    tasks: { overdue: 0, due_today: 0 },
    replies: { open: 0, questions: 0 },
    mails: {
      scheduled: 0,
      due_today: 0,
      due_next_day: 0,
      first_due_at: null,
      held: 0,
      unconfirmed: 0,
      failed: 0,
      drafted: 0,
    },
    failed_jobs: 0,
    sending_held: false,
    waits_for_standby: false,
    catches_mail: false,
    sample_coming: false,
    undeclared_proxy: null,
    set_aside: [],
    brakes: [],
    inboxes_behind: 0,
  });
  const { today } = await team.api.today.show({ days: 3 });
  assert.deepEqual([today.held, today.mailboxes, today.days.length], [[], [], 3]);
});

test("tasks, answers and mails are counted, of everybody or of one", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: "mate@today.example.no" });
  await newTask(team, at(-3));
  await newTask(team, at(2));
  await newTask(team, at(30));
  await newTask(team, at(2), user.id);
  const one = await plantIncoming(world, team);
  const plant = (row: object) =>
    plantMessage(world, team, one.sequenceId, {
      contact_id: one.contactId,
      mailbox_id: one.mailboxId,
      ...row,
    });
  await plant({ status: "drafted" });
  await plant({ status: "failed", failed_at: at(-1) });
  await plant({ status: "failed", failed_at: at(-24 * 30) });
  const soon = at(1);
  await plant({ status: "scheduled", due_at: soon });
  await plant({ status: "scheduled", due_at: at(12) });
  await plant({ status: "scheduled", due_at: at(35) });
  await plant({ status: "scheduled", due_at: at(-1), hold_code: "limit:mailbox_day" });
  const { counts } = await team.api.today.counts({ due_before: at(10) });
  assert.deepEqual(counts.tasks, { overdue: 1, due_today: 2 });
  assert.deepEqual(counts.replies, { open: 1, questions: 0 });
  const { first_due_at, ...mails } = counts.mails;
  assert.deepEqual(mails, {
    scheduled: 4,
    due_today: 2,
    due_next_day: 1,
    held: 1,
    unconfirmed: 0,
    failed: 1,
    drafted: 1,
  });
  assert.equal(Date.parse(first_due_at ?? ""), Date.parse(soon));
  const theirs = (await team.api.today.counts({ user_id: user.id, due_before: at(10) })).counts;
  assert.deepEqual([theirs.tasks.due_today, theirs.replies.open, theirs.mails.scheduled], [1, 0, 0]);
});

test("what waits for a user is shown, and what passes by itself is not", async () => {
  const team = await world.newTeam();
  const one = await mailed(world, team, { sequence: { name: "Nordic plants" } });
  const atMail = "update enrollments set current_step_id = $2 where id = $1";
  const [mailStep] = (await team.api.sequences.show({ id: one.sequenceId })).emailer_steps;
  await asOwner(world, (client) => client.query(atMail, [one.enrollmentId, mailStep?.id]));
  const { today: before } = await team.api.today.show();
  assert.ok(before.held.every(({ code }) => code !== "no_active_email_account"));
  await team.api.emailAccounts.disconnect({ id: one.mailboxId });
  const { today } = await team.api.today.show();
  const held = today.held.find(({ code }) => code === "no_active_email_account");
  assert.deepEqual([held?.contacts, held?.has_failed], [1, false]);
  assert.equal(held?.emailer_campaign_id, one.sequenceId);
  assert.deepEqual(
    today.mailboxes.map(({ id, state }) => [id, state]),
    [[one.mailboxId, "disconnected"]],
  );
});

test("a failed step is told with its reason, and a resting mailbox with until when", async () => {
  const team = await world.newTeam();
  const one = await mailed(world, team);
  await asOwner(world, async (client) => {
    await client.query(
      "update enrollments set state = 'failed', failure_reason = 'snippets_missing', failed_at = $2 where id = $1",
      [one.enrollmentId, at(-2)],
    );
    await client.query(
      "update mailboxes set backoff_until = $2, backoff_reason = '421 later' where id = $1",
      [one.mailboxId, at(1)],
    );
  });
  const { today } = await team.api.today.show();
  const [held] = today.held;
  assert.deepEqual([held?.code, held?.contacts, held?.has_failed], ["snippets_missing", 1, true]);
  assert.match(held?.sentence ?? "", /^A step failed: /);
  assert.deepEqual([today.mailboxes[0]?.state, today.mailboxes[0]?.says], ["resting", "421 later"]);
});

test("Home, the mailbox and explain judge a mailbox alike: one that hangs, is unread or is full is not ready", async () => {
  const team = await world.newTeam();
  const run = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));
  const [free, full, hangs, unread] = await Promise.all(
    [{}, { email_daily_threshold: 1 }, {}, {}].map(async (rest) => (await newMailbox(team, rest)).id),
  );
  const { id: sequence } = await newSequence(team);
  await plantMessage(world, team, sequence, { mailbox_id: full, completed_at: at(-2), released_at: at(-2) });
  const message = await plantMessage(world, team, sequence, {
    mailbox_id: hangs,
    delivery: "claimed",
    attempt_id: newId(),
  });
  await run(
    `insert into send_attempts (team_id, id, message_id, mailbox_id, started_at)
     select team_id, attempt_id, id, mailbox_id, $2 from messages where id = $1`,
    [message, world.running.app.now().subtract({ minutes: 3 }).toString()],
  );
  await run(
    `update mailboxes set imap_host = 'imap.example.net', imap_port = 993, imap_security = 'tls',
            inbox_fresh_until = $2, reading_error = 'timeout' where id = $1`,
    [unread, at(-1)],
  );
  const { today } = await team.api.today.show();
  const { standings } = await team.api.emailAccounts.standings();
  const home = new Map(today.mailboxes.map((box) => [box.id, box]));
  const page = new Map(standings.map((one) => [one.email_account_id, one.state]));
  const judged = [free, full, hangs, unread].map((id = "") => [home.get(id)?.state, page.get(id)]);
  assert.deepEqual(judged, [
    ["ready", "ready"],
    ["resting", "resting"],
    ["trouble", "resting"],
    ["trouble", "resting"],
  ]);
  assert.match(home.get(hangs ?? "")?.says ?? "", /has not answered since/);
  assert.match(home.get(unread ?? "")?.says ?? "", /inbox/i);
  assert.notEqual(home.get(full ?? "")?.resting_until, null);
  for (const box of today.mailboxes) {
    const { explain } = await team.api.explain.mailbox({ id: box.id });
    assert.equal(box.state === "ready", explain.state === "ready", box.email);
  }
});

test("a mailbox that was just connected is no trouble for five minutes, and then says to look for an engine", async () => {
  const team = await world.newTeam();
  const run = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));
  const { id } = await newMailbox(team, { email: "new@norrland.example" });
  const connected = (minutesAgo: number) =>
    run(
      `update mailboxes set imap_host = 'imap.example.net', imap_port = 993, imap_security = 'tls', inbox_read_at = null,
              inbox_fresh_until = null, reading_error = null, created_at = $2 where id = $1`,
      [id, world.running.app.now().subtract({ minutes: minutesAgo }).toString()],
    );
  const look = async () => {
    const { today } = await team.api.today.show();
    const { counts } = await team.api.today.counts({});
    const { explain } = await team.api.explain.mailbox({ id });
    const [box] = today.mailboxes;
    return {
      state: box?.state,
      says: box?.says ?? "",
      behind: counts.inboxes_behind,
      holds: explain.held_by,
    };
  };
  await connected(4);
  const fresh = await look();
  assert.deepEqual([fresh.state, fresh.behind], ["resting", 0]);
  assert.match(fresh.says, /^Reading the inbox of .* for the first time\./);
  assert.equal(fresh.holds[0]?.code, "inbox_unread", "no email goes out meanwhile");
  await connected(6);
  const old = await look();
  assert.deepEqual([old.state, old.behind], ["trouble", 1]);
  assert.match(old.says, /has not been read since it was connected on .*Check that an engine runs/);
  assert.equal(old.holds[0]?.code, "inbox_unread");
});

test("a day's mail is what went out and what came back that day, where the reader is", async () => {
  const team = await world.newTeam();
  await plantIncoming(world, team);
  const one = await mailed(world, team);
  await asOwner(world, (client) =>
    client.query("update messages set released_at = completed_at where mailbox_id = $1", [one.mailboxId]),
  );
  const { today } = await team.api.today.show({ days: 2, time_zone: "Europe/Oslo" });
  assert.equal(today.days.length, 2);
  const sum = (key: "sent" | "replied") => today.days.reduce((all, day) => all + day[key], 0);
  assert.equal(sum("replied"), 1);
  assert.ok(sum("sent") >= 1);
});

test("emails of a sequence are for its owner too, from any mailbox, on Home as in the outbox", async () => {
  const team = await world.newTeam();
  const { user: mate } = await team.api.users.invite({ email: "mate@owns.example.no" });
  const { user: other } = await team.api.users.invite({ email: "other@owns.example.no" });
  const { id: mailboxId } = await newMailbox(team, { user_id: mate.id });
  const owned = await newSequence(team, { user_id: other.id });
  const elsewhere = await newSequence(team);
  // Who wrote it is not known of each, and it is their mailbox all the same.
  const plant = (sequence: string, user_id: string | null) =>
    plantMessage(world, team, sequence, {
      contact_id: null,
      mailbox_id: mailboxId,
      user_id,
      delivery: "planned",
      due_at: at(1),
    });
  const one = await plant(owned.id, mate.id);
  const two = await plant(elsewhere.id, null);
  const seenBy = async (user_id: string) => {
    const { counts } = await team.api.today.counts({ user_id, due_before: at(2) });
    const { emailer_messages } = await team.api.emailerMessages.search({
      for_user_ids: [user_id],
      emailer_message_stats: ["scheduled"],
    });
    const ids = emailer_messages.map(({ id }) => id).sort();
    assert.deepEqual([counts.mails.scheduled, counts.mails.due_today], [ids.length, ids.length]);
    return ids;
  };
  assert.deepEqual(await seenBy(mate.id), [one, two].sort());
  assert.deepEqual(await seenBy(other.id), [one]);
  assert.deepEqual(await seenBy(team.owner.id), [two]);
  const { emailer_messages } = await team.api.emailerMessages.search({ user_ids: [other.id] });
  assert.deepEqual(emailer_messages, [], "Apollo's own parameter still means the sender");
});

test("a member is told nothing of sequences they may not see", async () => {
  const team = await world.newTeam();
  const one = await mailed(world, team);
  await asOwner(world, (client) =>
    client.query("update enrollments set state = 'failed', failed_at = $2 where id = $1", [
      ...[one.enrollmentId, at(-2)],
    ]),
  );
  assert.equal((await team.api.today.show()).today.held.length, 1);
  const { user } = await team.api.users.invite({ email: "member@today.example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "m", master: true, user_id: user.id });
  const { today } = await world.client({ apiKey: api_key.key }).today.show();
  assert.deepEqual(today.held, []);
});

test("a stranger sees nothing of it", async () => {
  const team = await world.newTeam();
  await plantIncoming(world, team);
  const stranger = await world.newTeam();
  assert.equal((await stranger.api.today.counts()).counts.replies.open, 0);
  assert.equal((await stranger.api.today.counts({ user_id: team.owner.id })).counts.replies.open, 0);
});
